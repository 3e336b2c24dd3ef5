"""The register of time without a recording: every gap of every fixed camera, with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hokanko.cameras.models import Camera
from hokanko.cameras.outages import REASONS
from hokanko.clock import TOKYO
from hokanko.coverage.month import WORDS
from hokanko.coverage.queries import (
    OFF,
    PENDING,
    RECORDED,
    RECOVERED,
    Stretch,
    cameras,
    day_span,
    stretches,
)
from hokanko.coverage.words import cause_in_words, said
from hokanko.formats.era import day_and_time, to_the_second

COLUMNS = (
    "カメラ",
    "始め",
    "終わり",
    "長さ",
    "録画の有無",
    "機械が見た原因",
    "理由",
    "記した者と日時",
)
SEEN_BY_MACHINE = {RECORDED, RECOVERED, OFF, PENDING}  # nothing was missing there
TENTH = timedelta(milliseconds=100)


def register_rows(org: str, since: date, until: date) -> Iterator[tuple[str, ...]]:
    """Camera by camera, in order of time; what is recorded as it should be has no row."""
    frame = day_span(since, until)
    for camera in cameras(org):
        for each in stretches(camera, frame):
            if each.kind != RECORDED:
                yield _row(camera, each)


def _row(camera: Camera, each: Stretch) -> tuple[str, ...]:
    told = each.told
    reason = f"{REASONS.get(told.reason, told.reason)}　{said(told)}".strip() if told else ""
    return (
        camera.number,
        to_the_second(each.span.begun.astimezone(TOKYO)),
        "続いている" if each.running else to_the_second(each.span.ended.astimezone(TOKYO)),
        _length(each.span.length),
        str(WORDS[each.kind]),
        "" if each.kind in SEEN_BY_MACHINE else str(cause_in_words(each.cause)),
        reason,
        f"{told.by.name} {day_and_time(told.at.astimezone(TOKYO))}" if told else "",
    )


def _length(length: timedelta) -> str:
    """To the minute; below an hour to the second, below a minute to a tenth of one, rounded up."""
    if length < timedelta(minutes=1):
        return f"{-(-length // TENTH) / 10:g}秒"
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}時間{minutes}分" if hours else f"{minutes}分{seconds}秒"
