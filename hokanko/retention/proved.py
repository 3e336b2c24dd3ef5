"""What of a camera's footage outlived its day, or died before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Min, QuerySet

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.coverage.queries import cameras
from hokanko.footage.models import Footage
from hokanko.footage.space import promised
from hokanko.ledger.models import Entry
from hokanko.ledger.read import Act, acts
from hokanko.people.models import Organisation
from hokanko.retention.models import ErasureCase
from hokanko.rules.decide import adoption

PROVED = "retention.proved"
AGAIN = timedelta(days=7)


def due() -> Iterator[tuple[Camera, int]]:
    """Every recorded camera that was not looked at for a week, with the days promised."""
    since = clock.now() - AGAIN
    for org in Organisation.objects.order_by("code"):
        days = promised(org.pk) if adoption(org.pk) else None
        if days is None:
            continue
        for camera in _kept(org.pk):
            lines = Entry.objects.filter(about=thing(camera).name, kind=PROVED)
            if not lines.filter(at__gt=since).exists():
                yield camera, days


def proofs(org: str) -> list[tuple[Camera, Act | None]]:
    """Each recorded camera there, with its newest proof; None before the first."""
    return [(camera, _newest(camera)) for camera in _kept(org)]


def _kept(org: str) -> Iterator[Camera]:
    """Its recorded cameras; one taken down as long as footage of it is held."""
    return (each for each in cameras(org) if each.retired_at is None or oldest(each))


def _newest(camera: Camera) -> Act | None:
    lines = Entry.objects.filter(about=thing(camera).name, kind=PROVED).order_by("-pk")
    return next(iter(acts(lines.prefetch_related("openings")[:1])), None)


def oldest(camera: Camera) -> date | None:
    """The day of the oldest footage of it that is held."""
    held = Footage.objects.filter(camera=camera, state="held")
    first = held.aggregate(first=Min("created"))["first"]
    return clock.day_of(first) if first else None


def too_old(camera: Camera) -> QuerySet[Footage]:
    """What is held though its last day is over."""
    return Footage.objects.filter(camera=camera, state="held", last_day__lt=clock.today())


def gone_early(camera: Camera) -> QuerySet[Footage]:
    """What was erased before its last day had ended, and by no decision of the rulebook's (I7)."""
    erased = Footage.objects.filter(camera=camera, state="erased")
    decided = ErasureCase.objects.exclude(decided_at=None).values("footage")
    return erased.filter(erased_at__date__lte=F("last_day")).exclude(pk__in=decided)
