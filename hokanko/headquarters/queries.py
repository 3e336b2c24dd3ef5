"""Questions of headquarters: statistics of all units, reports, and what the project owes when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max

from hokanko import clock
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.formats.statistics import Statistics, Unit
from hokanko.headquarters.models import ProjectReport
from hokanko.ledger.announced import NOTIFIED, consulted, is_announced, notified
from hokanko.ledger.numbers import monthly
from hokanko.people.models import Organisation
from hokanko.people.queries import with_units
from hokanko.rules.decide import adopted_book, rules_at

NOTICES = NOTIFIED  # the register that tells what separate notices ask for


@dataclass(frozen=True, slots=True)
class Project:
    """The days of the project as the rulebook has them; None where no day is set."""

    start: date | None
    end: date | None
    valid_until: date | None
    retention_days: int


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that the project owes: by when, and whether it is done (None: a mere day)."""

    name: str
    day: date | None
    done: bool | None

    @property
    def state(self) -> str:
        """done, late, due or day: what the calendar says in words."""
        if self.done is None:
            return "day"
        if self.done:
            return "done"
        return "late" if self.day and self.day < clock.today() else "due"


def project(org: Organisation) -> Project:
    """When the project of an organisation begins and ends (police-notice-2)."""
    rules = rules_at(org.pk)
    values = rules.book.effective(rules.values)
    start, end = _day(values.get("project.start")), _day(values.get("project.end"))
    months = values.get("project.months")
    if end is None and start and months:
        end = clock.add_months(start, int(str(months))) - timedelta(days=1)
    return Project(
        start, end, _day(values.get("doc.valid_until")), int(str(values.get("retention.days") or 0))
    )


def calendar(org: Organisation) -> list[Duty]:
    """What is due when, in the order of the days; what has no day comes last."""
    days, circle = project(org), {org.pk, org.parent_id or org.pk}
    issued = set(
        ProjectReport.objects.filter(org=org)
        .exclude(number="")
        .values_list("kind", flat=True)
        .order_by("kind")
    )
    before = days.start - timedelta(days=1) if days.start else None
    kept = days.end + timedelta(days=days.retention_days) if days.end else None
    held = Footage.objects.filter(org__in=with_units(org)).aggregate(last=Max("last_day"))["last"]
    rows = [
        Duty("consult", before, consulted(circle) is not None),
        Duty("publish", before, is_announced(circle)),
        Duty("start", days.start, None),
        Duty("end", days.end, None),
        Duty("valid", days.valid_until, None),
        Duty("results", notified(org.pk) or days.end, "results" in issued),
        Duty("commission", days.end, "commission" in issued),
        Duty("publication", days.end, "publication" in issued),
        Duty("kept", max(filter(None, (kept, held)), default=None), None),
    ]
    return sorted(rows, key=lambda row: row.day or date.max)


def notices(org: Organisation) -> str:
    """The clause whose day and items come by separate notice, if the rules have one."""
    found = (c for c in adopted_book(org.pk).clauses if c.evidence)
    return next((c.id for c in found if c.evidence and c.evidence.dated_by == NOTIFIED), "")


def period(org: Organisation) -> tuple[date, date]:
    """The days that a report tells of unless asked otherwise: the project, until today at most."""
    days, today = project(org), clock.today()
    start = days.start or date(today.year, 1, 1)
    if start > today:
        return today, today
    return start, min(days.end or today, today)


def statistics(org: Organisation, since: date, until: date) -> Statistics:
    """The numbers of a headquarters and its units, by unit and month."""
    names = {org.pk: org.name} | dict(org.units.order_by("code").values_list("code", "name"))
    found = monthly(with_units(org), since, until)
    units = tuple(
        Unit(org.pk, code, names[code], month, {name: n for name, n in numbers.items() if n})
        for (code, month), numbers in found.items()
    )
    return Statistics({org.pk: org.name}, since, until, units)


def reports(org: Organisation) -> list[ProjectReport]:
    """The reports of an organisation, the newest draft first."""
    return list(
        ProjectReport.objects.filter(org=org)
        .select_related("drafted_by", "issued_by")
        .order_by("-drafted_at", "pk")
    )


def report(pk: UUID) -> ProjectReport:
    """One report. Raises Missing."""
    found = (
        ProjectReport.objects.filter(pk=pk)
        .select_related("org__parent", "drafted_by", "issued_by")
        .first()
    )
    if found is None:
        raise Missing("この報告書はありません。", "There is no such report.")
    return found


def published(code: str) -> ProjectReport | None:
    """What an organisation has published last; None where it has published nothing."""
    found = ProjectReport.objects.filter(org=code, kind="publication").exclude(number="")
    return found.select_related("org").order_by("-issued_at", "pk").first()


def _day(value: object) -> date | None:
    if isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None
