"""Weighing the purposes that somebody states, against the closed list of the rulebook."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hokanko.rules.decide import adopted_book
from hokanko.rules.rows import Purpose

CRIME, COMMERCE = "crime", "commerce"  # what a camera films for


def weigh(
    org: str, purposes: Sequence[str], note: str, filmed_for: Collection[str] = ()
) -> dict[str, object]:
    """The context fields that the law is told: which, whether known, whether a text is missing.

    `filmed_for` says what the footage in question was filmed for, where it is known already. That
    consents are on record, `footage.consents` finds; here there are none.
    """
    known = {purpose.id: purpose for purpose in adopted_book(org).purposes}
    stated = [known[p] for p in purposes if p in known]
    return {
        "purposes": list(purposes),
        "unknown_purpose": any(p not in known for p in purposes),
        "note_missing": any(_is_unsaid(purpose, note) for purpose in stated),
        "foreign_purpose": is_foreign(org, purposes, filmed_for),
        "consent_lacking": "none" if needs_consent(org, purposes) else "",
    }


def _is_unsaid(purpose: Purpose, note: str) -> bool:
    """Whether the text lacks what this purpose asks for: any at all, or one of several things."""
    said = note.strip().casefold()
    lacking = any(not any(word in said for word in words) for words in purpose.says)
    return purpose.needs_text and (not said or lacking)


def needs_consent(org: str, purposes: Collection[str]) -> bool:
    """Whether a purpose is one for which the persons filmed must have consented before."""
    return any(p.needs_consent for p in adopted_book(org).purposes if p.id in purposes)


def is_foreign(org: str, purposes: Sequence[str], filmed_for: Collection[str]) -> bool:
    """Whether a purpose is one for which not all of it was filmed (shop-qa-1-12-origin)."""
    bound = {p.only_for for p in adopted_book(org).purposes if p.id in purposes and p.only_for}
    return any(asked != filmed for asked in bound for filmed in filmed_for)
