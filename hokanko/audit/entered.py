"""How a clause stands by the entries of its registers, and by what is noted elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hokanko.audit.life import Finding, Interval, Owed, Piece, Shown, Term, stand, terms
from hokanko.audit.scope import Scope, shown, wanted
from hokanko.rules.rows import Clause

FOR_GOOD = Interval()
LOOK_BACK = {"review", "inspection"}  # registers of what happened since the last entry


def stands(
    scope: Scope,
    clause: Clause,
    noted: Iterable[Shown] = (),
    *,
    pieces: Sequence[Piece] | None = None,
    interval: Interval | None = None,
    looks_back: bool = False,
) -> Finding:
    """By the entries for a clause and by what is `noted` elsewhere.

    For each of the pieces and for the interval that the clause asks for, unless others are given.
    """
    asked = clause.asked
    return stand(
        scope.pieces(asked) if pieces is None else pieces,
        [*noted, *shown(scope.shown_for(clause))],
        interval or scope.interval(asked),
        scope.today,
        wanted(asked),
        looks_back=looks_back,
    )


def by_records(
    scope: Scope, clause: Clause, noted: Iterable[Shown], pieces: Sequence[Piece]
) -> Finding:
    """By what is `noted` elsewhere alone: no entry stands in for the thing's own record."""
    asked = replace(wanted(clause.asked), form="")
    return stand(pieces, noted, FOR_GOOD, scope.today, asked)


def entries(scope: Scope, clause: Clause) -> Finding:
    """By the registers: due again after its interval, for each thing it is about."""
    return stands(scope, clause, looks_back=clause.asked.form in LOOK_BACK)


def entries_by_piece(scope: Scope, clause: Clause) -> list[Term]:
    """The same, piece by piece."""
    asked, rows = clause.asked, shown(scope.shown_for(clause))
    looks_back = asked.form in LOOK_BACK
    return terms(scope.pieces(asked), rows, scope.interval(asked), looks_back=looks_back)


def entries_only(scope: Scope, clause: Clause) -> Finding:
    """At events that only the registers know of: what is entered is all there is."""
    last = last_entry(scope, clause)
    return Finding(last=last, arises=last is not None)


def on_a_day(scope: Scope, clause: Clause) -> Finding:
    """On the date that the document itself names."""
    due, last = date.fromisoformat(clause.asked.due), last_entry(scope, clause)
    if last is not None:
        return Finding(last=last)
    late = Owed("期日までの記録がありません", "nothing by the day it was due", due, clause.owners)
    is_late = due < scope.today
    return Finding((late,) if is_late else (), None, due, is_late)


def last_entry(scope: Scope, clause: Clause) -> date | None:
    """The day that the latest entry for a clause speaks of."""
    return max((row.spoken_of for row in scope.shown_for(clause)), default=None)
