"""The hourly statement on the ledger that recording runs: seconds recorded of those due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from hokanko import clock
from hokanko.cameras.models import Camera, Hearing, Silence
from hokanko.coverage.queries import (
    ASKED,
    LIVE,
    OFF,
    RECORDED,
    RECOVERED,
    cameras,
    in_service,
    stretches,
)
from hokanko.coverage.spans import Span, common, total, united, without
from hokanko.intake.models import Arrival
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.people.models import Organisation

HOUR: Final = timedelta(hours=1)
SETTLED: Final = timedelta(minutes=5)  # a piece that ended in the hour has been filed by then
LONGEST_BACK: Final = 24  # hours that are stated late, after the machine was off
SHOWN: Final = 24
KIND: Final = "camera.hour_stated"


@dataclass(frozen=True, slots=True)
class Hour:
    """One organisation's hour; `short` names the cameras of which a minute or more is missing."""

    begun: datetime
    cameras: int
    seconds: int
    due: int
    short: tuple[str, ...]


def measure(org: Organisation, begun: datetime) -> Hour:
    """The hour from that moment, as far as it is recorded now."""
    frame = Span(begun, begun + HOUR)
    mine = [
        (camera, *_of_camera(camera, service, frame))
        for camera in cameras(org.pk)
        if (service := in_service(camera, frame))
    ]
    return Hour(
        begun,
        len(mine),
        sum(int(got.total_seconds()) for _, got, _ in mine),
        sum(int(due.total_seconds()) for _, _, due in mine),
        tuple(camera.number for camera, got, due in mine if due - got >= ASKED),
    )


def last_hours(org: Organisation) -> list[Hour]:
    """The last ones as they stand on the ledger, the newest first."""
    return [
        Hour(
            datetime.fromisoformat(act.facts["from"]),
            act.facts["cameras"],
            act.facts["seconds"],
            act.facts["wanted"],
            tuple(act.facts["short"]),
        )
        for act in acts(_stated(org).prefetch_related("openings")[:SHOWN])
    ]


def _stated(org: Organisation) -> QuerySet[Entry]:
    return Entry.objects.filter(kind=KIND, org=org.pk).order_by("-at", "-id")


def owed_hours(org: Organisation) -> Iterator[datetime]:
    """The whole hours that nobody has stated yet, in order."""
    settled = clock.now() - SETTLED
    last = settled.replace(minute=0, second=0, microsecond=0) - HOUR
    before = last_hours(org)[:1]
    begun = max(before[0].begun + HOUR, last - LONGEST_BACK * HOUR) if before else last
    while begun <= last:
        yield begun
        begun += HOUR


def _of_camera(camera: Camera, service: Span, frame: Span) -> tuple[timedelta, timedelta]:
    """How long it was recorded, and how long it was to be."""
    known = stretches(camera, frame)
    there = [each.span for each in known if each.kind in (RECORDED, RECOVERED)]
    got = total(common([*there, *_running(camera, service)], [service]))
    off = total(each.span for each in known if each.kind == OFF)
    return got, max(service.length - off, got)


def _running(camera: Camera, service: Span) -> list[Span]:
    """The pieces that are being recorded, as far as bytes came."""
    heard = Hearing.objects.filter(camera=camera).first()
    if heard is None or heard.heard_at is None:
        return []
    open_ = Arrival.objects.filter(camera=camera, state="copying", origin__via=LIVE)
    spans = [Span(row.begun_at, heard.heard_at) for row in open_.order_by("begun_at", "pk")]
    silences = Silence.objects.filter(camera=camera, since__lt=service.ended).order_by(
        "since", "pk"
    )
    silent = [Span(row.since, row.until or clock.now()) for row in silences]
    return without(united(spans), silent)
