"""点検・保守の予定: what is due when, from the intervals of the rules in force, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hokanko.audit import board
from hokanko.audit.board import Row
from hokanko.audit.life import Interval, Owed
from hokanko.audit.scope import Scope
from hokanko.audit.sources import terms_of
from hokanko.people.models import Organisation

SOON = timedelta(days=30)
EVENTS = {"each-removal", "each-disposal", "each-maintenance", "each-contract"}
WORK = {"removal", "disposal", "inspection", "contract", "measure"}  # what a fact calls for


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing to be done: what, by when, when it was done last, and how often it is due."""

    row: Row
    what: Owed
    due: date
    last: date | None
    interval: Interval
    is_late: bool


def plans(org: Organisation) -> list[Plan]:
    """Everything periodic, and the work that removals, disposals and contracts call for.

    The earliest first; what is late stands before what is not.
    """
    scope = Scope(org)
    found = [plan for row in board.rows(org) for plan in _of(scope, row)]
    return sorted(found, key=lambda plan: (not plan.is_late, plan.due, plan.row.clause.id))


def _of(scope: Scope, row: Row) -> Iterator[Plan]:
    asked = row.clause.evidence
    if asked is None or scope.owed_below(row.clause):
        return
    periodic = bool(asked.every_days or asked.every_months_of)
    interval = scope.interval(asked) if periodic else Interval()
    if not periodic and asked.due not in EVENTS and not _calls_for_work(row):
        return
    for each in row.owed:
        due, is_late = each.due or scope.today, not each.before_use
        yield Plan(row, each, due, row.finding.last, interval, is_late)
    yield from _coming(scope, row, interval)


def _coming(scope: Scope, row: Row, interval: Interval) -> Iterator[Plan]:
    """What is not late: each piece by its own day, or the clause by its next."""
    asked = row.clause.evidence
    assert asked is not None, "asked for by whoever calls"
    late, found = {each.about for each in row.owed}, terms_of(scope, row.clause)
    for term in found:
        if term.piece.about not in late and term.due != date.max:
            ja, en = f"{term.piece.ja}{asked.what_ja}", f"{term.piece.en}{asked.what_en}"
            what = Owed(ja, en, term.due, asked.owners, term.piece.about, asked.form)
            yield Plan(row, what, term.due, term.last, interval, is_late=False)
    if not found and not row.owed and row.due is not None:
        what = Owed(asked.what_ja, asked.what_en, row.due, asked.owners, "", asked.form)
        yield Plan(row, what, row.due, row.finding.last, interval, is_late=False)


def _calls_for_work(row: Row) -> bool:
    return any(each.form in WORK for each in row.owed)
