"""Questions about cases: which are open, which are late, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Case as When
from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models import When as Where

from hokanko import clock
from hokanko.casebook.models import Case, CaseStep
from hokanko.casebook.reports import along
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.noted import KINDS
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter

EFFORT = "effort"


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the list; `late` counts the days past its due day."""

    case: Case
    late: int

    @property
    def kind(self) -> object:
        """The kind of case, in words."""
        return KINDS[self.case.kind]


def case(name: str) -> Case:
    """The case of that id or number. Raises Missing."""
    every = Case.objects.select_related("org__parent", "footage")
    try:
        found = every.filter(pk=UUID(name)).first()
    except ValueError:
        found = every.filter(number=name).first()
    if found is None:
        raise Missing(
            f"「{name}」という受付はありません。",
            f"There is no case {name}.",
            mend_ja="受付番号を確かめてください（hokanko case list）。",
            mend_en="Check the number (hokanko case list).",
        )
    return found


def listing(org: str) -> list[Row]:
    """The cases of an organisation: what is open first, by due day; then the closed, newest."""
    today = clock.today()
    waiting = When(
        Where(state="closed", then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    rows = Case.objects.filter(org=org).select_related("org", "footage").annotate(done=waiting)
    return [
        Row(each, days_late(each, today))
        for each in rows.order_by("done", F("closed_at").desc(nulls_first=True), "due_on", "number")
    ]


def days_late(case: Case, today: date) -> int:
    """Days past the due day without an answer; 0 where it is in time or answered."""
    return max(0, (today - case.due_on).days) if case.state == "open" else 0


def owed_by(actor: Actor) -> QuerySet[Case]:
    """The open cases whose answer one of the actor's posts owes."""
    mine = Case.objects.none()
    for org, post in actor.holdings:
        mine |= Case.objects.filter(org=org, state="open", owner=post)
    return mine


def is_effort(org: str) -> bool:
    """Whether the document asks for an effort only: a late answer is then worth attention."""
    return bool(parameter(org, "complaint.strength") == EFFORT)


def footage_at(org: str, camera: str, at: datetime) -> Footage:
    """What a camera filmed at a moment. Raises Missing."""
    rows = Footage.objects.filter(org=org, camera__number=camera, captured__lte=at)
    for found in rows.select_related("org__parent", "camera").order_by("-captured", "-number")[:20]:
        lasted = timedelta(milliseconds=found.duration_ms or 0)
        if found.captured and at <= found.captured + lasted:
            return found
    raise Missing(
        f"カメラ{camera}の {at:%Y-%m-%d %H:%M} の映像は見つかりません。",
        f"There is no footage of camera {camera} at {at:%Y-%m-%d %H:%M}.",
        mend_ja="日時を確かめるか、映像を指定せずに受け付けてください。",
        mend_en="Check the time, or record the case without footage.",
    )


def was(case: Case, kind: str) -> bool:
    """Whether a step of that kind stands in the case."""
    return CaseStep.objects.filter(case=case, kind=kind).exists()


def is_reported(case: Case) -> bool:
    """Whether an incident's first report stands: along the chain, where the document has one."""
    if first := along(case.org)[:1]:
        return case.reports.filter(leg=first[0].number).exists()
    return was(case, "reported")


def confirmed_by_another(case: Case, closer: UUID) -> bool:
    """Whether somebody else than the one who closes has confirmed a refusal."""
    return CaseStep.objects.filter(case=case, kind="confirmed").exclude(by=closer).exists()
