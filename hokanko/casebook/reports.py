"""The chain of urgent reports (即報): its legs, when each clock starts, and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.casebook.models import Case, CaseReport
from hokanko.casebook.queries import INCIDENT, chain, is_head
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter

HOURS = ("incident.report_hours", "incident.onward_hours")
MEANS: dict[str, Promise] = {
    "phone": _("電話"),
    "person": _("口頭（対面）"),
    "paper": _("文書"),
    "mail": _("電子メール・ファクシミリ"),
    "other": _("その他"),
}


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of the chain at an organisation: which post tells whom, within how many hours."""

    number: int
    sender: str
    to: str
    hours: int

    @property
    def onward(self) -> bool:
        """Whether it is headquarters that owes it."""
        return self.number > 1


@dataclass(frozen=True, slots=True)
class Stage:
    """How one leg of one incident stands. `due` is None until its clock has started."""

    leg: Leg
    due: datetime | None
    report: CaseReport | None

    @property
    def late(self) -> bool:
        """Whether the hours have passed without the report."""
        return self.report is None and self.due is not None and self.due < clock.now()

    @property
    def waiting(self) -> bool:
        """Whether the report is owed now."""
        return self.report is None and self.due is not None


def legs(org: str) -> tuple[Leg, ...]:
    """The legs of the chain; none where the document has no chain with clocks."""
    hours = [parameter(org, name) for name in HOURS]
    posts = chain(org)
    if not all(hours) or len(posts) <= len(hours):
        return ()
    return tuple(
        Leg(at, posts[at - 1], posts[at], int(each)) for at, each in enumerate(hours, start=1)
    )


def along(org: Organisation) -> tuple[Leg, ...]:
    """The legs that an organisation's own incidents take: those of headquarters, the last only."""
    return tuple(leg for leg in legs(org.pk) if leg.onward or not is_head(org))


def stages(case: Case) -> list[Stage]:
    """Each leg of an incident in order: the first clock starts when it was recognised, the
    second at headquarters' receipt (or when it was told, while nobody has recorded that)."""
    told = {report.leg: report for report in case.reports.all()}
    start, found = case.recognised_at, []
    for leg in along(case.org):
        report = told.get(leg.number)
        found.append(Stage(leg, start + timedelta(hours=leg.hours) if start else None, report))
        start = (report.received_at or report.at) if report else None
    return found


def chained(orgs: Sequence[str]) -> QuerySet[Case]:
    """The incidents of organisations that have the chain, the newest first."""
    having = [org for org in orgs if legs(org)]
    rows = Case.objects.filter(kind=INCIDENT, org__in=having)
    return rows.select_related("org__parent").prefetch_related("reports__by").order_by("-number")


def owing(actor: Actor, orgs: Sequence[str]) -> list[tuple[Case, Stage]]:
    """What the actor's posts owe along the chain now: a report each."""
    found: list[tuple[Case, Stage]] = []
    for case in chained(orgs).annotate(made=Count("reports")).filter(made__lt=len(HOURS)):
        posts = actor.posts_at(case.org_id, case.org.parent_id or "")
        mine = (s for s in stages(case) if s.waiting and s.leg.sender in posts)
        found.extend((case, stage) for stage in mine)
    return found


def untaken(orgs: Sequence[str]) -> QuerySet[CaseReport]:
    """The first legs whose receipt headquarters has not recorded."""
    rows = CaseReport.objects.filter(leg=1, received_at=None, case__org__in=orgs)
    return rows.order_by("at", "id")
