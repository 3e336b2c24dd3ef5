"""What one line of the ledger must be: itself, readable, and as its columns and openings say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeAlias

from django.db.models import QuerySet

from hokanko.errors import HokankoError, Unsound
from hokanko.formats import canon
from hokanko.formats.merkle import leaf_hash
from hokanko.keyring.texts import Unseal, opener
from hokanko.ledger.append import commitment
from hokanko.ledger.models import Entry, Opening

COLUMNS = ("id", "place", "body", "leaf", "kind", "org", "about", "at")
AT_ONCE = 5_000
MILLISECOND = timedelta(milliseconds=1)  # a body tells no finer time

Row: TypeAlias = tuple[int, int | None, bytes, bytes, str, str, str, datetime]
Sealed: TypeAlias = tuple[str, bytes, bytes]  # field, salt, sealed text


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold, for a person: what, and where."""

    kind: str
    index: int | None
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A line that was looked at: the leaf hash of its body, and what is wrong."""

    place: int | None
    leaf: bytes
    problems: tuple[Problem, ...]


def checked(lines: QuerySet[Entry]) -> Iterator[Checked]:
    """Look at lines in the order of the query, some thousands at a time."""
    unseal = opener()
    rows = lines.values_list(*COLUMNS).iterator(AT_ONCE)
    while batch := list(islice(rows, AT_ONCE)):
        openings = _openings(batch)
        for row in batch:
            leaf = leaf_hash(bytes(row[2]))
            yield Checked(row[1], leaf, tuple(_problems(row, leaf, openings[row[0]], unseal)))


def _openings(batch: Sequence[Row]) -> defaultdict[int, list[Sealed]]:
    """What is still open of these lines, by the line's id."""
    ids = [row[0] for row in batch]
    rows = Opening.objects.filter(entry__gte=min(ids), entry__lte=max(ids))
    found: defaultdict[int, list[Sealed]] = defaultdict(list)
    for number, field, salt, sealed in rows.values_list("entry_id", "field", "salt", "sealed"):
        found[number].append((field, bytes(salt), bytes(sealed)))
    return found


def _problems(row: Row, leaf: bytes, openings: list[Sealed], unseal: Unseal) -> Iterator[Problem]:
    _, place, body, kept, kind, org, about, at = row
    if leaf != bytes(kept):
        yield Problem(
            "changed", place, f"{place}行目が改変されています。", f"Line {place} was changed."
        )
        return
    try:
        said: Any = canon.decode(bytes(body))
        told = (said["kind"], said["org"], said["about"])
        since = at - datetime.fromisoformat(said["at"])
        hidden = said["private"] | {"person": said["by"]["person"]}
    except (HokankoError, KeyError, TypeError, ValueError):
        yield Problem(
            "changed", place, f"{place}行目を読めません。", f"Line {place} is unreadable."
        )
        return
    if told != (kind, org, about) or not timedelta() <= since < MILLISECOND:
        yield Problem(
            "column",
            place,
            f"{place}行目の索引が本文と違います。",
            f"The columns of line {place} differ from its body.",
        )
    for field, salt, sealed in openings:
        if _opened(salt, sealed, f"{leaf.hex()}/{field}", unseal) != hidden.get(field, ""):
            yield Problem(
                "opening",
                place,
                f"{place}行目の個人欄（{field}）が合いません。",
                f"The personal field {field} of line {place} does not match.",
            )


def _opened(salt: bytes, sealed: bytes, context: str, unseal: Unseal) -> str | None:
    """What the line must have committed to; None where nothing opens."""
    try:
        return commitment(salt, unseal(sealed, context).decode())
    except Unsound:
        return None
