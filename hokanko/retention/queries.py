"""Questions about the ends of footage: what dies when, what is certified, who asks for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.ledger.models import Entry
from hokanko.people.models import Organisation
from hokanko.retention.models import Erasure, ErasureCase

HORIZON = 90  # days that the calendar looks ahead
SOON = 7


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends with one civil day: how many pieces, how many bytes."""

    day: date
    count: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a grid of weeks from Monday; None where nothing is asked of a day."""

    first: date
    weeks: tuple[tuple[Ending | None, ...], ...]


def units(org: Organisation) -> list[Organisation]:
    """An organisation and the units under it."""
    return [org, *Organisation.objects.filter(parent=org).order_by("code")]


def endings(org: str, start: date, days: int = HORIZON) -> list[Ending]:
    """Every day from `start` on, with what ends at its close."""
    last = start + timedelta(days=days - 1)
    held = Footage.objects.filter(org=org, state="held", last_day__range=(start, last))
    rows = held.values("last_day").annotate(count=Count("pk"), total=Sum("bytes"))
    found = {row["last_day"]: Ending(row["last_day"], row["count"], row["total"]) for row in rows}
    every = (start + timedelta(days=offset) for offset in range(days))
    return [found.get(day, Ending(day)) for day in every]


def months(ends: Iterable[Ending]) -> list[Month]:
    """The same days as calendar sheets."""
    by_day = {end.day: end for end in ends}
    firsts = sorted({day.replace(day=1) for day in by_day})
    return [Month(first, _weeks(first, by_day)) for first in firsts]


def _weeks(first: date, by_day: dict[date, Ending]) -> tuple[tuple[Ending | None, ...], ...]:
    monday, weeks = first - timedelta(days=first.weekday()), []
    while monday < first or monday.month == first.month:
        days = [monday + timedelta(days=offset) for offset in range(7)]
        if any(day in by_day and day.month == first.month for day in days):
            weeks.append(tuple(by_day.get(d) if d.month == first.month else None for d in days))
        monday += timedelta(days=7)
    return tuple(weeks)


def certified(org: str) -> QuerySet[Erasure]:
    """Erasures with a certificate, newest first."""
    rows = Erasure.objects.filter(org=org, stage="certified").select_related("org", "case")
    return rows.order_by("-certified_at")


def erasure(name: str | UUID) -> Erasure:
    """The certified erasure of that id. Raises Missing."""
    rows = Erasure.objects.filter(stage="certified")
    found = rows.select_related("org", "case__decided_by").filter(pk=name).first()
    if found is None:
        raise Missing("この消去証明書はありません。", "There is no such certificate of erasure.")
    return found


def is_owed(name: str) -> bool:
    """Whether the ledger says that the sealed original of that name should be held."""
    try:
        about = f"footage:{UUID(name)}"
    except ValueError:
        return False
    kinds = set(Entry.objects.filter(about=about).values_list("kind", flat=True))
    return "intake.taken_in" in kinds and "retention.erased" not in kinds


def cases(org: str) -> QuerySet[ErasureCase]:
    """Requests for exceptional erasure, the undecided first, then the newest."""
    rows = ErasureCase.objects.filter(org=org)
    return rows.select_related("footage", "asked_by", "org").order_by("state", "-asked_at")


def case(name: str | UUID) -> ErasureCase:
    """The request of that id. Raises Missing."""
    found = (
        ErasureCase.objects.select_related(
            "org", "footage__org", "footage__camera", "footage__wearer", "asked_by", "decided_by"
        )
        .filter(pk=name)
        .first()
    )
    if found is None:
        raise Missing("この消去の申請はありません。", "There is no such request for erasure.")
    return found
