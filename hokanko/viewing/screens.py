"""The screens of a room as its page shows them: cameras, what is recorded, gaps in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from hokanko.cameras.models import Camera
from hokanko.clock import TOKYO
from hokanko.coverage.queries import PENDING, stretches
from hokanko.coverage.spans import Span, common, without
from hokanko.footage.ribbon import Block, Scale
from hokanko.viewing.models import Viewing
from hokanko.viewing.parts import frame_rate, plan
from hokanko.viewing.stretch import MS, Gap, Track, at, cameras_of, leading, of_cameras, span_of

SMALL_ONES = 8  # small pictures of each camera
SECOND = timedelta(seconds=1)
HIGH = 12  # of one camera's line below the seek bar


@dataclass(frozen=True, slots=True)
class Hole:
    """A time without a recording: in seconds of the stretch, as text for scripts, and in words."""

    from_s: str
    to_s: str
    skipped: bool
    words: str


@dataclass(frozen=True, slots=True)
class Small:
    """A place for a small picture: in ms and seconds of the stretch, as text, and by the clock."""

    start: str
    at_s: str
    words: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One camera in the room."""

    camera: Camera
    y: int
    blocks: tuple[Block, ...]
    gaps: tuple[Hole, ...]
    small: tuple[Small, ...] = ()


def on_show(viewing: Viewing) -> dict[str, object]:
    """What the page of an open room is told of its picture, whole piece or stretch."""
    footage, whole = leading(viewing), span_of(viewing)
    told = {"fps": str(frame_rate(footage))}  # as text: scripts read it, in any language
    if whole is None:
        screens = [Screen(footage.camera, 0, (), ())]
        return told | {
            "mode": plan(footage).mode,
            "seconds": str((footage.duration_ms or 0) / 1000),
            "starts": footage.captured,
            "screens": screens,
        }
    screens = screens_of(cameras_of(viewing), whole)
    return told | {
        "mode": "stretch",
        "seconds": str(whole.length.total_seconds()),
        "starts": whole.begun,
        "screens": screens,
        "tracks_high": HIGH * len(screens),
        "any_gap": any(screen.gaps for screen in screens),
    }


def screens_of(cameras: Iterable[Camera], whole: Span) -> list[Screen]:
    """A screen for each camera of a stretch."""
    return [_screen(n, track, whole) for n, track in enumerate(of_cameras(cameras, whole))]


def watched_in_words(viewing: Viewing) -> list[str]:
    """The ranges watched: of a whole piece in seconds, of a stretch by the clock."""
    whole = span_of(viewing)
    if whole is None:
        return [f"{a}〜{b} {_('秒')}" for a, b in viewing.watched]
    return [clocked(whole.begun + a * SECOND, whole.begun + b * SECOND) for a, b in viewing.watched]


def clocked(begun: datetime, ended: datetime) -> str:
    """From when to when, by the clock on the wall."""
    return f"{begun.astimezone(TOKYO):%H:%M:%S}〜{ended.astimezone(TOKYO):%H:%M:%S}"


def _screen(place: int, track: Track, whole: Span) -> Screen:
    scale = Scale(whole.begun, whole.ended)
    blocks = (
        scale.block("filmed", "", p.span.begun, p.span.ended, p.footage.number)
        for p in track.pieces
    )
    small = tuple(_small(track, whole))
    return Screen(track.camera, HIGH * place, tuple(blocks), _holes(track, whole), small)


def _small(track: Track, whole: Span) -> Iterator[Small]:
    """Evenly spread over the stretch, where there is a recording."""
    for step in range(SMALL_ONES):
        start_ms = whole.length // MS * step // SMALL_ONES
        moment = whole.begun + start_ms * MS
        if at(track.pieces, moment) is not None:
            words = f"{moment.astimezone(TOKYO):%H:%M:%S}"
            yield Small(str(start_ms), str(start_ms / 1000), words)


def _holes(track: Track, whole: Span) -> tuple[Hole, ...]:
    """A gap at the very end is not skipped: nothing comes after it."""
    coming = [each.span for each in stretches(track.camera, whole) if each.kind == PENDING]
    return tuple(
        Hole(
            from_s=str((span.begun - whole.begun).total_seconds()),
            to_s=str((span.ended - whole.begun).total_seconds()),
            skipped=gap.everywhere and span.ended < whole.ended,
            words=f"{clocked(span.begun, span.ended)} {why}",
        )
        for gap in track.gaps
        for span, why in sorted(_told(gap, coming))
    )


def _told(gap: Gap, coming: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """What of it is not in yet, and where nothing was recorded."""
    yield from ((span, _("録画中か確認中")) for span in common([gap.span], coming))
    yield from ((span, _("記録なし")) for span in without([gap.span], coming))
