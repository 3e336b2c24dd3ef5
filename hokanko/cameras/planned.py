"""Questions about the times in which a camera need not record (計画停止)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.models import Camera, PlannedOff
from hokanko.errors import Missing

DAY = timedelta(days=1)
REASONS: dict[str, Promise] = {
    "closed": _("閉店・閉館の時間"),
    "upkeep": _("保守点検・工事"),
    "blackout": _("計画停電"),
    "event": _("催し・取り外し"),
}


def times_off(camera: Camera, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The planned times that touch a stretch, each as begun and ended."""
    rows = PlannedOff.objects.filter(camera=camera, begun__lt=until).order_by("begun", "pk")
    times = (each for row in rows for each in _times(row, until))
    return [(begun, ended) for begun, ended in times if ended > since]


def is_planned_off(camera: Camera, at: datetime) -> bool:
    """Whether it need not record at that moment."""
    return any(begun <= at < ended for begun, ended in times_off(camera, at, at + DAY))


def plans(camera: Camera) -> QuerySet[PlannedOff]:
    """What is declared and not over, the next first."""
    rows = PlannedOff.objects.filter(camera=camera, dropped_at=None)
    alive = rows.filter(ended__gt=clock.now()) | rows.filter(last_day__gte=clock.today())
    return alive.select_related("by").order_by("begun", "pk")


def plan(pk: UUID) -> PlannedOff:
    """The plan of that id. Raises Missing."""
    row = PlannedOff.objects.select_related("camera__org__parent").filter(pk=pk).first()
    if row is None:
        raise Missing("この計画停止はありません。", "There is no such planned time.")
    return row


def _times(row: PlannedOff, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Day after day until its last one, or until it was dropped."""
    begun, ended = row.begun, row.ended
    last = row.last_day or clock.day_of(row.begun)
    while begun < until and clock.day_of(begun) <= last:
        stops = min(ended, row.dropped_at) if row.dropped_at else ended
        if stops > begun:
            yield begun, stops
        begun, ended = begun + DAY, ended + DAY
