"""The times of footage brought from another recorder: what it showed, and what was true."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import override

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import FIXED
from hokanko.clock import TOKYO
from hokanko.footage.clocks import error_in_words, shown_by_recorder
from hokanko.footage.models import Footage
from hokanko.formats.era import reiwa
from hokanko.formats.package import MediaFile, RecorderClock

_MS = timedelta(milliseconds=1)


def recorder_clock(footage: Footage) -> RecorderClock | None:
    """As a manifest lists it; None for what did not come from another recorder."""
    shown = shown_by_recorder(footage)
    return RecorderClock(shown.at, shown.offset_s) if shown else None


def filmed(file: MediaFile, camera: Camera) -> str:
    """By which fixed camera and when it was filmed, as the record prints it; a line each."""
    where = f"カメラ{camera.number}　{camera.place}".strip() if camera.kind == FIXED else ""
    return "\n".join(line for line in (where, _when(file), taken(file)) if line)


def _when(file: MediaFile) -> str:
    if file.captured is None:
        return ""
    if file.role == "still":
        return f"撮影 {_to_the_second(file.captured + _MS * (file.position_ms or 0))}"
    begun = file.captured + _MS * (file.cut.first_ms if file.cut else 0)
    ended = f" 〜 {_to_the_second(begun + _MS * file.duration_ms)}" if file.duration_ms else ""
    return f"撮影 {_to_the_second(begun)}{ended}"


def taken(file: MediaFile) -> str:
    """Both times as the record prints them; "" where there is but one clock."""
    if file.clock is None:
        return ""
    shown = _to_the_second(file.clock.shown)
    if file.clock.offset_s is None:
        return f"装置の時刻 {shown}（時計のずれは分からない）"
    with override("ja"):
        error = error_in_words(file.clock.offset_s)
    true = _to_the_second(file.captured) if file.captured else "分からない"
    return f"装置の時刻 {shown}（装置の時計は{error}）、正しい時刻 {true}"


def _to_the_second(moment: datetime) -> str:
    at = moment.astimezone(TOKYO)
    return f"{reiwa(at)} {at:%H:%M:%S}"
