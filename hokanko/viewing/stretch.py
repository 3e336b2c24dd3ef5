"""A stretch of time of one to four cameras: its pieces on one clock, and where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.coverage.spans import Span, common, without
from hokanko.errors import Conflict
from hokanko.footage.flags import AT_REST
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.formats.canon import JSON
from hokanko.rules.actor import Thing
from hokanko.viewing.models import Viewing

MOST_CAMERAS = 4  # two by two on one screen
LONGEST = timedelta(hours=6)  # software default: as much as somebody looks through at once
MS = timedelta(milliseconds=1)
LONGEST_PIECE = timedelta(days=1)
SEAM = timedelta(seconds=1)  # as exact as the beginnings are kept: two pieces so near are one


@dataclass(frozen=True, slots=True)
class Piece:
    """Footage, and what of it is shown: from `span.begun` to `span.ended` on the wall clock.

    `zero` is where its first picture stands.
    """

    footage: Footage
    span: Span
    zero: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without a recording; `everywhere` if no other camera of the stretch has one either."""

    span: Span
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Track:
    """One camera of a stretch: what is there and what is not, in order."""

    camera: Camera
    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]


def span_of(viewing: Viewing) -> Span | None:
    """The stretch that a viewing is of; None for one of a whole piece."""
    if viewing.begun is None or viewing.ended is None:
        return None
    return Span(viewing.begun, viewing.ended)


def cameras_of(viewing: Viewing) -> list[Camera]:
    """The cameras of a stretch, in the order in which they stand on the screen."""
    return list(viewing.cameras.order_by("number", "pk"))


def leading(viewing: Viewing) -> Footage:
    """The piece by which the law is asked of a viewing: the whole one, or the first that lives.

    Pieces of a stretch end each on its own day; it stands while one of them does.
    """
    whole = span_of(viewing)
    if whole is None or _lives(viewing.footage):
        return viewing.footage
    found = _in_order(piece for camera in cameras_of(viewing) for piece in pieces(camera, whole))
    return found[0] if found else viewing.footage


def thing_of(viewing: Viewing) -> Thing:
    """A viewing as the law sees it: by its leading piece."""
    return thing(leading(viewing))


def films_of(viewing: Viewing) -> list[Footage]:
    """What a request names: its one piece, or what is held of its stretch. Raises Conflict."""
    whole = span_of(viewing)
    return [viewing.footage] if whole is None else films(cameras_of(viewing), whole)


def facts(viewing: Viewing) -> dict[str, JSON]:
    """What a ledger line says of a stretch; nothing of a whole piece."""
    whole = span_of(viewing)
    if whole is None:
        return {}
    return {
        "from": clock.iso(whole.begun),
        "ends_at": clock.iso(whole.ended),
        "cameras": [camera.number for camera in cameras_of(viewing)],
    }


def of_cameras(cameras: Iterable[Camera], whole: Span) -> list[Track]:
    """What each camera has of a stretch, and where it has nothing while others do, or nobody."""
    found = [(camera, pieces(camera, whole)) for camera in cameras]
    nowhere = without([whole], [piece.span for _, mine in found for piece in mine])
    return [Track(camera, tuple(mine), _gaps(whole, mine, nowhere)) for camera, mine in found]


def pieces(camera: Camera, whole: Span) -> list[Piece]:
    """What is held of a camera within a stretch: every second once, the earlier piece first.

    Across a seam nothing is lost: before a short hole the last picture stays, and a piece that
    begins a little too early begins where the one before it ends.
    """
    rows = Footage.objects.filter(
        camera=camera,
        state="held",
        last_day__gte=clock.today(),
        captured__gt=whole.begun - LONGEST_PIECE,
        captured__lt=whole.ended,
    ).select_related("org", "camera")
    found: list[Piece] = []
    for row in rows.exclude(duration_ms=None).order_by("captured", "number"):
        zero = row.captured or whole.begun
        there = found[-1].span.ended if found else whole.begun
        if found and timedelta() < there - zero < SEAM:
            zero = there
        ends = min(zero + timedelta(milliseconds=row.duration_ms or 0), whole.ended)
        begins = max(zero, there)
        if begins >= ends:
            continue
        if found and begins - there < SEAM:
            found[-1] = replace(found[-1], span=Span(found[-1].span.begun, begins))
        found.append(Piece(row, Span(begins, ends), zero))
    return found


def under(viewing: Viewing, at_ms: int) -> list[tuple[Footage, int]]:
    """Which pictures stand on the screens at a position: footage, and the position in it."""
    whole = span_of(viewing)
    if whole is None:
        length = viewing.footage.duration_ms
        there = at_ms >= 0 and (length is None or at_ms < length)
        return [(viewing.footage, at_ms)] if there else []
    if not 0 <= at_ms < whole.length // MS:
        return []
    moment = whole.begun + at_ms * MS
    shown = (at(pieces(camera, whole), moment) for camera in cameras_of(viewing))
    return [(piece.footage, (moment - piece.zero) // MS) for piece in shown if piece is not None]


def films(cameras: Sequence[Camera], whole: Span) -> list[Footage]:
    """What is held of a stretch, sound pieces first, the earliest of them before. Raises Conflict.

    It is of one to four cameras of one organisation, a few hours at most, and not empty.
    """
    if not 0 < len(cameras) <= MOST_CAMERAS or len({camera.org_id for camera in cameras}) != 1:
        raise Conflict(
            f"一度に見るカメラは、同じ組織のものを1台から{MOST_CAMERAS}台までにしてください。",
            f"One to {MOST_CAMERAS} cameras of one organisation are viewed at a time.",
        )
    if not timedelta() < whole.length <= LONGEST:
        hours = LONGEST // timedelta(hours=1)
        raise Conflict(
            f"終わりは始めより後で、長さは{hours}時間までにしてください。",
            f"The end must lie after the beginning, by {hours} hours at most.",
        )
    found = [piece for camera in cameras for piece in pieces(camera, whole)]
    if not found:
        raise Conflict(
            "この時間に、記録された映像はありません。",
            "No footage was recorded in that time.",
            mend_ja="時間の帯で、録画のある時間を確かめてください。",
            mend_en="See on the timeline when there is a recording.",
        )
    return _in_order(found)


def _in_order(found: Iterable[Piece]) -> list[Footage]:
    by_rank = sorted(found, key=lambda p: (bool(AT_REST & set(p.footage.flags)), p.span))
    return [piece.footage for piece in by_rank]


def _lives(footage: Footage) -> bool:
    return footage.state == "held" and clock.today() <= footage.last_day


def at(found: Iterable[Piece], moment: datetime) -> Piece | None:
    """The piece that is shown at a moment; None where there is none."""
    return next((p for p in found if p.span.begun <= moment < p.span.ended), None)


def _gaps(whole: Span, mine: Sequence[Piece], nowhere: Sequence[Span]) -> tuple[Gap, ...]:
    missing = without([whole], [piece.span for piece in mine])
    shared = common(missing, nowhere)
    found = [Gap(span, everywhere=True) for span in shared]
    found += [Gap(span, everywhere=False) for span in without(missing, shared)]
    return tuple(sorted(found, key=lambda gap: gap.span))
