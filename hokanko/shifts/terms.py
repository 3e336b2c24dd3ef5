"""What the rulebook in force says about shifts: its minutes, grounds and classes of place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hokanko.rules.decide import parameter, rules_at
from hokanko.rules.spoken import spoken, words
from hokanko.shifts.gaps import Marks

PLACES = "capture.places"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for a pause with its full wording, as the document has it."""

    id: str
    words: str
    article: str


def marks(org: str) -> Marks:
    """From how long on something is asked about."""

    rules = rules_at(org)
    values = rules.book.effective(rules.values)

    def minutes(name: str) -> timedelta:
        return timedelta(minutes=int(str(values[f"shift.{name}_minutes"])))

    return Marks(
        late=minutes("late_start"),
        early=minutes("early_stop"),
        pause=minutes("pause"),
        long_pause=minutes("long_pause"),
        silence=minutes("silence"),
    )


def grounds(org: str) -> list[Ground]:
    """The grounds for a pause: each is a clause of its own, after the one that lists them."""
    book = rules_at(org).book
    row = book.parameter("capture.pause_grounds")
    ids = tuple(str(each) for each in parameter(org, row.name))
    clauses = [book.clause(name) for name in row.clauses[1:]]
    return [
        Ground(id_, spoken(clause), clause.article)
        for id_, clause in zip(ids, clauses, strict=True)
    ]


def places(org: str) -> dict[str, str]:
    """The classes of place, by code, in the reader's language."""
    row = rules_at(org).book.parameter(PLACES)
    return {str(code): words(*row.choices[str(code)]) for code in parameter(org, PLACES)}


def is_outside(org: str, place: str) -> bool:
    """Whether the rules do not have such a place filmed (police-6.1)."""
    return place in parameter(org, "capture.places_outside")


def is_managed(org: str, place: str) -> bool:
    """Whether a third party manages such a place (police-6.3.4)."""
    return place in parameter(org, "capture.places_managed")
