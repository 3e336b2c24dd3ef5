"""The day of an organisation's cameras on one clock: what is recorded, without a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.coverage import queries as coverage
from hokanko.coverage.queries import RECORDED, RECOVERED, Stretch, day_span
from hokanko.coverage.spans import Span, common, joined, without
from hokanko.footage.models import Footage
from hokanko.viewing.stretch import LONGEST_PIECE, SEAM, pieces

MOST_SHOWN = 6  # recorded times of one camera told in words; the others are in the drawing


@dataclass(frozen=True, slots=True)
class Row:
    """One camera: its day for the drawing, and what is recorded for the table."""

    camera: Camera
    found: tuple[Stretch, ...]
    recorded: tuple[Span, ...]

    @property
    def shown(self) -> tuple[Span, ...]:
        return self.recorded[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many recorded times are not told in words."""
        return len(self.recorded) - len(self.shown)


def rows(org: str, day: date, site: UUID | None = None) -> list[Row]:
    """A row for each camera of an organisation, or of one of its sites, that was on that day."""
    whole = day_span(day, day)
    around = (whole.begun - LONGEST_PIECE, whole.ended)
    filmed = Footage.objects.filter(org=org, captured__range=around, state="held")
    watched = coverage.cameras(org).values("pk")
    some = Camera.objects.filter(Q(pk__in=watched) | Q(pk__in=filmed.values("camera")), org=org)
    if site is not None:
        some = some.filter(site=site)
    found = (_row(camera, whole) for camera in some.select_related("site").order_by("number", "pk"))
    return [row for row in found if row.found]


def latest_day(org: str) -> date | None:
    """The last day of which anything is held."""
    last = Footage.objects.filter(org=org, state="held").exclude(captured=None)
    found = last.order_by("-captured", "-number").first()
    return None if found is None or found.captured is None else clock.day_of(found.captured)


def _row(camera: Camera, whole: Span) -> Row:
    """What coverage says of the day, as far as it is still held, and what else its files hold."""
    held = [piece.span for piece in pieces(camera, whole)]
    found: list[Stretch] = []
    for each in coverage.stretches(camera, whole):
        there = each.kind in (RECORDED, RECOVERED)
        spans = common([each.span], held) if there else [each.span]
        found += [Stretch(each.kind, span) for span in spans]
    told = [each.span for each in found]
    found += [Stretch(RECORDED, span) for span in without(held, told)]
    return Row(camera, tuple(found), tuple(joined(held, SEAM)))
