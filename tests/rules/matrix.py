"""Every post against every verb: what a rulebook answers at the one door, as a table to read.

A cell is ○ or × and the clause that the answer cites, without the book's own prefix; 既定 where it
is the software's default.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.rules import book as books
from hokanko.rules.actor import HOME, Actor, Thing, machine
from hokanko.rules.decide import require
from hokanko.rules.models import Adoption
from hokanko.rules.verbs import IN_ORDER, VERBS

ORG, ELSEWHERE = "HERE", "ELSE"
DEFAULT = "既定"
TABLES = Path(__file__).parent / "tables"


def adopt(code: str, values: Mapping[str, object] | None = None) -> None:
    """Put a rulebook in force at the organisation that the questions are about."""
    Adoption.objects.create(
        org=ORG,
        book=code,
        fingerprint=books.load(code).fingerprint,
        values=dict(values or {}),
        since=clock.now(),
    )


def holder(*posts: str, org: str = ORG, sworn: bool = True, trained: bool = True) -> Actor:
    """Somebody who holds these posts now; without any, a registered person."""
    name = "・".join(posts) or "職員"
    held = frozenset((org, post) for post in posts)
    return Actor("somebody", name, org, held, sworn=sworn, trained=trained)


TECHNICIAN = holder("システム管理者", org=HOME)


def program() -> Actor:
    """The part of the program that acts by itself."""
    return machine("night", ORG)


def question(verb: str, told: Mapping[str, object]) -> dict[str, object]:
    """A verb's context with everything in order; `told` has what differs, by field."""
    neutral = {"String": "", "Set<String>": []}
    return {
        field: told.get(field, neutral.get(kind, field in IN_ORDER))
        for field, kind in VERBS[verb].context.items()
    }


def answer(
    code: str, who: Actor, verb: str, told: Mapping[str, object] | None = None, **thing: bool
) -> str:
    """One cell: what the book says to one person about one verb."""
    about = Thing(VERBS[verb].thing, "1", ORG, "", tuple(thing.items()))
    try:
        mark, clause = "○", require(who, verb, about, **question(verb, told or {})).clause
    except Refusal as refusal:
        mark, clause = "×", refusal.clause
    return mark + (clause.removeprefix(f"{code}-") if clause else DEFAULT)


def answers(
    code: str, columns: Mapping[str, Actor], told: Mapping[str, object]
) -> dict[str, dict[str, str]]:
    """The whole table: verb, then column, then cell."""
    return {
        verb: {name: answer(code, who, verb, told) for name, who in columns.items()}
        for verb in VERBS
    }


def table(code: str) -> dict[str, dict[str, str]]:
    """A rulebook's table as written by hand: `#` begins a remark, the first line names columns."""
    lines = (TABLES / f"{code}.txt").read_text("utf-8").splitlines()
    head, *rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {verb: dict(zip(head, cells, strict=True)) for verb, *cells in rows}
