"""Verbs of urgent reports (即報): told along the chain, and taken at headquarters."""

from __future__ import annotations

from datetime import datetime

from hokanko import clock
from hokanko.casebook.models import Case, CaseReport
from hokanko.casebook.reports import MEANS, Stage, stages
from hokanko.casebook.texts import Told, seal_told
from hokanko.errors import Conflict
from hokanko.people.models import Person
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("incident.report")
def report(
    case: Case, *, whom: str, means: str, at: datetime, text: str, person: Person, by: Actor
) -> CaseReport:
    """Record that the next report along the chain was made: who, when, to whom, by what means."""
    stage = _next_stage(case)
    permit = require(
        by,
        "incident.report",
        thing_of_org(case.org),
        onward=stage.leg.onward,
        untold=not stage.waiting,
    )
    _require_told(case, stage, whom, means, at)
    told = Told(whom=whom.strip(), text=text.strip())
    sent = CaseReport.objects.create(
        case=case,
        leg=stage.leg.number,
        at=at,
        by=person,
        to=stage.leg.to,
        means=means,
        text=seal_told(case, stage.leg.number, told),
    )
    if case.state == "open":
        case.state = "answered"
        case.save(update_fields=["state"])
    permit.write(
        "incident.reported",
        about=f"case:{case.pk}",
        facts={
            "number": case.number,
            "leg": sent.leg,
            "told_to": sent.to,
            "told_at": clock.iso(at),
            "means": means,
        },
        private={"whom": told.whom, "text": told.text},
    )
    return sent


@verb("incident.receive")
def receive(case: Case, *, person: Person, by: Actor) -> None:
    """Record at headquarters that the unit's report was taken: the second clock starts."""
    permit = require(by, "incident.receive", thing_of_org(case.org))
    sent = CaseReport.objects.filter(case=case, leg=1).first()
    if sent is None:
        raise Conflict("所属からの即報がまだありません。", "The unit has not reported it yet.")
    if sent.received_at is not None:
        raise Conflict("この即報は、もう受けています。", "This report has been taken already.")
    sent.received_at, sent.received_by = clock.now(), person
    sent.save(update_fields=["received_at", "received_by"])
    permit.write(
        "incident.received",
        about=f"case:{case.pk}",
        facts={"number": case.number, "leg": sent.leg},
    )


def _next_stage(case: Case) -> Stage:
    """The report that comes next. Raises Conflict where there is none."""
    every = stages(case)
    if case.kind != "incident" or not every:
        raise Conflict(
            "この事案に、段階を踏む即報はありません。", "This case has no chain of urgent reports."
        )
    found = next((stage for stage in every if stage.report is None), None)
    if found is None:
        raise Conflict("即報はすべて記録されています。", "Every report has been recorded.")
    return found


def _require_told(case: Case, stage: Stage, whom: str, means: str, at: datetime) -> None:
    if not whom.strip():
        raise Conflict("報告した相手を書いてください。", "State to whom it was reported.")
    if means not in MEANS:
        raise Conflict(f"「{means}」という手段はありません。", f"No such means: {means}")
    before = case.recognised_at if stage.leg.number == 1 else _told_before(case)
    if at > clock.now() or (before is not None and at < before):
        raise Conflict(
            "報告した日時が、認知（前の報告）より前か、先の日時です。",
            "The report lies before the incident was known, or in future.",
        )


def _told_before(case: Case) -> datetime | None:
    first = CaseReport.objects.filter(case=case, leg=1).first()
    return first.at if first else case.recognised_at
