"""Verbs of time planned off: a camera need not record, declared before it begins, and dropped."""

from __future__ import annotations

from datetime import date, datetime

from hokanko import clock
from hokanko.cameras.models import Camera, PlannedOff
from hokanko.cameras.planned import DAY, REASONS
from hokanko.cameras.queries import thing
from hokanko.errors import Conflict
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.plan_off")
def plan_off(
    camera: Camera,
    begun: datetime,
    ended: datetime,
    reason: str,
    *,
    last_day: date | None = None,
    planner: Person,
    by: Actor,
) -> PlannedOff:
    """Declare ahead that it is off from … to …, on that day or at the same hours until `last_day`.

    Raises Conflict for what has begun already: that is an outage, to be accounted for.
    """
    permit = require(by, "camera.plan_off", thing(camera))
    _require_ahead(begun, ended, reason, last_day)
    row = PlannedOff.objects.create(
        camera=camera,
        begun=begun,
        ended=ended,
        last_day=last_day,
        reason=reason,
        at=clock.now(),
        by=planner,
    )
    permit.write("camera.planned_off", facts=_facts(row))
    return row


@verb("camera.plan_off")
def drop_plan(row: PlannedOff, *, by: Actor) -> None:
    """From now on it is to record again at those hours; what is over stays as it was planned."""
    permit = require(by, "camera.plan_off", thing(row.camera))
    now = clock.now()
    if not PlannedOff.objects.filter(pk=row.pk, dropped_at=None).update(dropped_at=now):
        raise Conflict("もう取りやめられています。", "It has been dropped already.")
    permit.write("camera.plan_dropped", facts=_facts(row))


def _require_ahead(begun: datetime, ended: datetime, reason: str, last_day: date | None) -> None:
    if reason not in REASONS:
        raise Conflict("理由を一覧から選んでください。", "Choose the reason from the list.")
    if begun <= clock.now():
        raise Conflict(
            "もう始まっている時間は、計画として届けられません。",
            "A time that has begun is not planned.",
            mend_ja="録画のない時間として、理由を記してください。",
            mend_en="Account for it as an outage.",
        )
    if ended <= begun:
        raise Conflict("終わりが始めより前です。", "The end is not after the beginning.")
    if last_day is not None and (last_day < clock.day_of(begun) or ended - begun > DAY):
        raise Conflict(
            "毎日繰り返す計画は、1日より短い時間と、始めの日より後の末日で届けてください。",
            "A plan for every day is shorter than a day, and its last day is not before its first.",
        )


def _facts(row: PlannedOff) -> dict[str, str]:
    return {
        "number": row.camera.number,
        "from": clock.iso(row.begun),
        "to": clock.iso(row.ended),
        "until": row.last_day.isoformat() if row.last_day else "",
        "reason": row.reason,
    }
