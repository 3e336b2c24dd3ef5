"""Questions about imports: one of them, its files, and what it did for each of its cameras."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.coverage.queries import LIVE, RECOVERED, stretches
from hokanko.coverage.spans import Span, common, total, united
from hokanko.errors import Conflict, Missing
from hokanko.footage.models import Footage
from hokanko.imports.models import Import, ImportFile
from hokanko.imports.words import BROKEN, TAKEN, WAITING
from hokanko.intake.models import Arrival
from hokanko.people import numbering

DAY = timedelta(days=1)  # no piece of a recorder is longer


@dataclass(frozen=True, slots=True)
class Filled:
    """What an import brought of one camera: from when to when, how much of it was missing here.

    `recovered` had no recording of one's own; `twice` has one: both are kept, and it counts once.
    """

    camera: Camera
    pieces: int
    unknown: int
    begun: datetime | None
    ended: datetime | None
    length: timedelta
    recovered: timedelta
    twice: timedelta


def next_number(org: str, at: datetime) -> str:
    """The next number of a year: "MIDORI-I-2026-0001". Call it inside the transaction."""
    return numbering.next_number(Import, org, f"I-{clock.day_of(at):%Y}")


def import_of(number: str) -> Import:
    """The import of that number. Raises Missing."""
    rows = Import.objects.select_related("org__parent", "begun_by")
    found = rows.filter(number=number).first()
    if found is None:
        raise Missing(f"持込み「{number}」はありません。", f"There is no import {number}.")
    return found


def require_open(lot: Import) -> None:
    """Raises Conflict once it has ended."""
    if lot.ended_at is not None:
        raise ended()


def ended() -> Conflict:
    """How it is told that nothing can be added any more."""
    return Conflict("この持込みは、もう終えています。", "This import has ended already.")


def imports_at(org: str) -> QuerySet[Import]:
    """The imports of an organisation, newest first."""
    rows = Import.objects.filter(org=org).annotate(count=Count("files"))
    return rows.order_by("-begun_at", "-number")


def tally(lot: Import) -> dict[str, int]:
    """How many files stand in which state."""
    rows = lot.files.values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def is_moving(lot: Import) -> bool:
    """Whether a file of it is being sealed at this moment."""
    copying = Arrival.objects.filter(org=lot.org_id, state="copying").order_by("pk")
    return any(arrival.origin.get("import") == lot.number for arrival in copying)


def files(lot: Import, most: int) -> list[ImportFile]:
    """Its files: what went wrong or waits first, then by path."""
    rows = lot.files.select_related("footage__camera")
    first = rows.filter(state__in=(BROKEN, WAITING)).order_by("path", "pk")[:most]
    rest = rows.exclude(state__in=(BROKEN, WAITING)).order_by("path", "pk")[:most]
    return [*first, *rest][:most]


def filled(lot: Import) -> list[Filled]:
    """Camera by camera, what its pieces are worth."""
    pieces = Footage.objects.filter(pk__in=lot.files.filter(state=TAKEN).values("footage"))
    cameras = Camera.objects.filter(pk__in=pieces.values("camera")).order_by("number", "pk")
    return [_of(camera, pieces.filter(camera=camera)) for camera in cameras]


def _of(camera: Camera, pieces: QuerySet[Footage]) -> Filled:
    mine = united(_spans(pieces))
    known = pieces.exclude(captured=None).count()
    if not mine:
        none = timedelta()
        return Filled(camera, pieces.count(), pieces.count() - known, None, None, none, none, none)
    frame = Span(mine[0].begun, mine[-1].ended)
    recovered = [each.span for each in stretches(camera, frame) if each.kind == RECOVERED]
    return Filled(
        camera,
        pieces.count(),
        pieces.count() - known,
        frame.begun,
        frame.ended,
        total(mine),
        total(common(mine, recovered)),
        total(common(mine, _live(camera, mine))),
    )


def _live(camera: Camera, around: list[Span]) -> list[Span]:
    """What the recorder here made of a camera in that time; erased pieces were there too."""
    begun, ended = around[0].begun - DAY, around[-1].ended
    rows = Footage.objects.filter(camera=camera, captured__range=(begun, ended))
    return _spans(row for row in rows.order_by("pk") if row.origin.get("via") == LIVE)


def _spans(pieces: Iterable[Footage]) -> list[Span]:
    return [
        Span(each.captured, each.captured + timedelta(milliseconds=each.duration_ms))
        for each in pieces
        if each.captured is not None and each.duration_ms
    ]
