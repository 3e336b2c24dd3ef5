"""Finding footage in an organisation's list: filters, and the pages of a long list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.footage.queries import listing

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is None or "" does not narrow the list."""

    day: date | None = None  # of capture, or of creation where no capture time is known
    camera: UUID | None = None
    wearer: UUID | None = None
    flag: str = ""
    state: str = ""


def find(org: str, wanted: Wanted) -> QuerySet[Footage]:
    """An organisation's footage, narrowed, newest first."""
    rows = listing(org, state=wanted.state or None)
    if wanted.day is not None:
        start = datetime.combine(wanted.day, time(), clock.TOKYO)
        within = (start, start + timedelta(days=1))
        rows = rows.filter(
            Q(captured__gte=within[0], captured__lt=within[1])
            | Q(captured=None, created__gte=within[0], created__lt=within[1])
        )
    if wanted.camera is not None:
        rows = rows.filter(camera=wanted.camera)
    if wanted.wearer is not None:
        rows = rows.filter(wearer=wanted.wearer)
    if wanted.flag:  # the list of codes as text: SQLite knows no other way to look into JSON
        words = rows.annotate(flags_text=Cast("flags", TextField()))
        rows = words.filter(flags_text__contains=f'"{wanted.flag}"')
    return rows


def page(rows: QuerySet[Footage], after: str) -> tuple[list[Footage], str]:
    """One page of a list, beginning below the footage numbered `after`; and its own last number.

    The second value is "" on the last page. Keys instead of page numbers: what is taken in
    meanwhile shifts nothing.
    """
    edge = Footage.objects.filter(number=after).first() if after else None
    if edge is not None:
        same = Q(created=edge.created, number__lt=edge.number)
        rows = rows.filter(Q(created__lt=edge.created) | same)
    found = list(rows[: PAGE + 1])
    more = len(found) > PAGE
    return found[:PAGE], found[PAGE - 1].number if more else ""
