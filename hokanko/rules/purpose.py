"""Weighing the purposes that somebody states, against the closed list of the rulebook."""

from __future__ import annotations

from collections.abc import Sequence

from hokanko.rules.decide import adopted_book


def weigh(org: str, purposes: Sequence[str], note: str) -> dict[str, object]:
    """The context fields that the law is told: which, whether known, whether a text is missing."""
    known = {purpose.id: purpose for purpose in adopted_book(org).purposes}
    needs_text = any(known[p].needs_text for p in purposes if p in known)
    return {
        "purposes": list(purposes),
        "unknown_purpose": any(p not in known for p in purposes),
        "note_missing": needs_text and not note.strip(),
    }
