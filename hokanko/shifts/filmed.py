"""Which footage is of which check-out of its camera."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from hokanko.cameras.models import Checkout
from hokanko.footage.models import Footage
from hokanko.shifts.gaps import Taken

WHOLE_SHIFT = timedelta(days=2)  # footage that began before a check-out by more is not of it


def filmed(spans: Sequence[tuple[Checkout, datetime]]) -> dict[UUID, list[Footage]]:
    """By check-out, the pieces of its time in order; those that have no time of their own last."""
    wanted = Q()
    for out, until in spans:
        then = Q(captured__gte=out.out_at - WHOLE_SHIFT, captured__lt=until)
        unknown = Q(captured=None, state="held", created__gte=out.out_at)
        unknown &= Q(created__lt=until + WHOLE_SHIFT)
        wanted |= Q(then | unknown, camera=out.camera_id)
    timed: dict[UUID, list[Footage]] = defaultdict(list)
    timeless: dict[UUID, list[Footage]] = defaultdict(list)
    lean = Footage.objects.filter(wanted).defer("facts", "origin")  # a hundred shifts have many
    for piece in lean.order_by("captured", "number"):
        (timeless if piece.captured is None else timed)[piece.camera_id].append(piece)
    begun = {
        camera: [piece.captured for piece in pieces if piece.captured is not None]
        for camera, pieces in timed.items()
    }

    def near(out: Checkout, until: datetime) -> list[Footage]:
        """Out of a camera's pieces of a year, those that can be of this check-out."""
        starts = begun.get(out.camera_id, [])
        first = bisect_left(starts, out.out_at - WHOLE_SHIFT)
        found = timed[out.camera_id][first : bisect_left(starts, until)]
        return found + timeless[out.camera_id]

    return {
        out.pk: [piece for piece in near(out, until) if _is_of(piece, out, until)]
        for out, until in spans
    }


def taken(piece: Footage) -> Taken:
    """A piece on the timeline of its shift."""
    assert piece.captured is not None, "only pieces with a time are asked for"
    length = timedelta(milliseconds=piece.duration_ms or 0)
    return Taken(piece.number, piece.captured, piece.captured + length)


def _is_of(piece: Footage, out: Checkout, until: datetime) -> bool:
    if piece.captured is None:
        held = piece.state == "held"
        return held and out.out_at <= piece.created < until + WHOLE_SHIFT
    begun = out.out_at - WHOLE_SHIFT <= piece.captured < until
    return begun and taken(piece).ended >= out.out_at
