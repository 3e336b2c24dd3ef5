"""The board's sources on worn cameras: check-outs with their ticks, returns, and the count."""

from __future__ import annotations

from datetime import date

from hokanko import clock
from hokanko.audit.entered import stands
from hokanko.audit.life import Finding, Owed, Shown
from hokanko.audit.scope import Scope
from hokanko.cameras.out import count, overdue, taken_unrecorded
from hokanko.rules.rows import Clause

CLERK = "運用担当者"


def checkouts(scope: Scope, clause: Clause) -> Finding:
    """At each check-out, which is refused without its tick: the last one is the evidence."""
    days = _days(scope, clause, "camera.issued")
    return Finding(last=max(days, default=None), arises=bool(days))


def returns(scope: Scope, clause: Clause) -> Finding:
    """Every camera is back on the charger by the end of its shift, or owed (police-7.1.1)."""
    who = (*clause.owners, CLERK)
    owed = tuple(
        Owed(
            f"カメラ {late.camera.number} が返却されていません",
            f"Camera {late.camera.number} has not been returned",
            clock.day_of(late.due_at),
            who,
            f"camera:{late.camera_id}",
        )
        for late in overdue(scope.org.pk)
    )
    days = _days(scope, clause, "camera.returned")
    return Finding(owed, max(days, default=None), None, bool(owed or days))


def counts(scope: Scope, clause: Clause) -> Finding:
    """The daily count, by its verb's line or an entry; and no camera that nobody accounts for.

    Before the first count, only what was seen to leave the charger is missing.
    """
    org, counted = scope.org.pk, scope.last("camera.counted")
    lines = [Shown("", "", counted)] if counted else []
    daily = stands(scope, clause, lines)
    missing = tuple(
        Owed(
            f"カメラ {camera.number} が、充電器にも持ち出し簿にもありません",
            f"Camera {camera.number} is neither on the charger nor checked out",
            scope.today,
            clause.owners,
            f"camera:{camera.pk}",
        )
        for camera in (count(org).unaccounted if lines else [c for c, _ in taken_unrecorded(org)])
    )
    return Finding((*missing, *daily.owed), daily.last, daily.due, daily.arises)


def _days(scope: Scope, clause: Clause, kind: str) -> list[date]:
    """The last day of a line of this kind, and the days of the entries for the clause."""
    newest = scope.last(kind)
    days = [row.spoken_of for row in scope.shown_for(clause)]
    return [*days, newest] if newest else days
