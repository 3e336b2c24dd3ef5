"""What of the time asked for a fixed camera has not, and why: erased, not in yet, not recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.coverage.queries import (
    OFF,
    PENDING,
    RECORDED,
    RECOVERED,
    Stretch,
    cameras,
    stretches,
)
from hokanko.coverage.spans import Span, common, without
from hokanko.coverage.words import cause_in_words
from hokanko.footage.models import Footage
from hokanko.provision.models import Provision
from hokanko.provision.queries import around

ERASED = _("保存期間が終わり、消去されています。")
COMING = _("録画中で、まだ保管庫に入っていません。しばらくしてから、この画面を開き直してください。")
AHEAD = _("まだ来ていない時間です。")
PLANNED = _("計画して止めていた時間です。")
NOTHING = _("録画がありません。")


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the time asked for that a camera has nothing of."""

    camera: Camera
    begun: datetime
    ended: datetime
    why: Promise | str


def gaps(provision: Provision) -> list[Gap]:
    """Every such part, camera by camera, of those that were to record then."""
    asked = Span(provision.happened_from, provision.happened_until)
    if asked.begun >= asked.ended:
        return []
    there = list(around(provision).filter(camera__in=cameras(provision.org_id)))
    return [
        Gap(camera, part.begun, part.ended, why)
        for camera in cameras(provision.org_id).order_by("number", "pk")
        for part, why in sorted(
            _of(camera, asked, [row for row in there if row.camera_id == camera.pk]),
            key=lambda each: each[0],
        )
    ]


def _of(camera: Camera, asked: Span, there: list[Footage]) -> Iterator[tuple[Span, Promise | str]]:
    now = clock.now()
    held = _spans([row for row in there if row.state == "held"])
    gone = _spans([row for row in there if row.state != "held"])
    yield from ((part, ERASED) for part in common(without([asked], held), gone))
    if asked.ended > now:
        yield Span(max(now, asked.begun), asked.ended), AHEAD
    for each in stretches(camera, asked):
        if each.kind not in (RECORDED, RECOVERED):
            yield each.span, _why(each)


def _why(gap: Stretch) -> Promise | str:
    if gap.kind in (OFF, PENDING):
        return PLANNED if gap.kind == OFF else COMING
    return cause_in_words(gap.cause) if gap.cause else NOTHING


def _spans(rows: list[Footage]) -> list[Span]:
    return [
        Span(row.captured, row.captured + timedelta(milliseconds=row.duration_ms))
        for row in rows
        if row.captured is not None and row.duration_ms
    ]
