"""What one edition changes about another: in the words that are printed, and in the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from hokanko.rules import text
from hokanko.rules.decide import Rules
from hokanko.rules.rows import Parameter


@dataclass(frozen=True, slots=True)
class Reworded:
    """A paragraph before and after; one of them is empty where it is new, or gone."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Revalued:
    """A parameter before and after, in words; `before` is empty where it is new."""

    parameter: Parameter
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changes."""

    words: tuple[Reworded, ...]
    values: tuple[Revalued, ...]


def difference(old: Rules, new: Rules) -> Difference:
    """What `new` changes about `old`."""
    return Difference(tuple(_words(old, new)), tuple(_values(old, new)))


def _words(old: Rules, new: Rules) -> Iterator[Reworded]:
    before, after = _paragraphs(old), _paragraphs(new)
    for kind, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for row in range(max(b - a, d - c)):
            gone = before[a + row] if a + row < b else ""
            come = after[c + row] if c + row < d else ""
            yield Reworded(gone, come)


def _paragraphs(rules: Rules) -> list[str]:
    found = text.paragraphs(rules.book, rules.values)
    return [paragraph.text.lstrip("#").strip() for paragraph in found]


def _values(old: Rules, new: Rules) -> Iterator[Revalued]:
    known = {row.name: row for row in old.book.parameters}
    before, after = old.book.effective(old.values), new.book.effective(new.values)
    for row in new.book.parameters:
        was = text.told(known[row.name], before[row.name]) if row.name in known else ""
        now = text.told(row, after[row.name])
        if was != now:
            yield Revalued(row, was, now)
