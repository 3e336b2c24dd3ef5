"""Ribbons of recording as values: a camera's month, a line for each day; all cameras, one each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import east_asian_width

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.models import Camera
from hokanko.clock import TOKYO
from hokanko.coverage.queries import (
    OFF,
    OWED,
    PENDING,
    RECORDED,
    RECOVERED,
    SHORT,
    TOLD,
    Stretch,
    day_span,
)
from hokanko.coverage.spans import Span, common
from hokanko.footage.ribbon import Block, Scale, Tick

LINE_HIGH, BAR_TOP, BAR_HIGH = 36, 15, 18  # pixels
LETTER, WIDE_LETTER, BESIDE, MOST_LABEL = 10, 17, 10, 110  # of a label, in pixels
EVERY_DAYS, EVERY_HOURS = 5, 3
DAY = timedelta(days=1)
MARKS = {OFF: "—", RECOVERED: "+", PENDING: "…"}

WORDS: dict[str, Promise] = {
    RECORDED: _("録画あり"),
    RECOVERED: _("後から取り込んだ"),
    OFF: _("計画停止"),
    TOLD: _("録画なし（理由あり）"),
    OWED: _("録画なし（理由がまだ）"),
    SHORT: _("1分に満たない途切れ"),
    PENDING: _("録画中か確認中（30分以内に決まる）"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is of, and its blocks at the height `y`."""

    label: str
    href: str
    y: int
    blocks: tuple[Block, ...]

    @property
    def bar(self) -> int:
        return self.y + BAR_TOP

    @property
    def low(self) -> int:
        """Where words beside the bar stand."""
        return self.y + LINE_HIGH - 5

    @property
    def high(self) -> int:
        """Where a mark above the bar stands."""
        return self.y + BAR_TOP - 2

    @property
    def is_long(self) -> bool:
        """Whether its label is pressed together: the bars need the width."""
        return _width(self.label) > MOST_LABEL


@dataclass(frozen=True, slots=True)
class Ribbons:
    """All lines, with the marks of time below them."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    bar_high: int = BAR_HIGH

    @property
    def label_end(self) -> int:
        """How wide the labels are, in pixels."""
        return min(max((_width(line.label) for line in self.lines), default=0), MOST_LABEL)

    @property
    def left(self) -> int:
        """How wide the column beside the bars is."""
        return self.label_end + BESIDE

    @property
    def bottom(self) -> int:
        return LINE_HIGH * len(self.lines)

    @property
    def foot(self) -> int:
        """Where a mark of time ends."""
        return self.bottom + 6

    @property
    def words(self) -> int:
        """Where its words stand."""
        return self.bottom + 24

    @property
    def height(self) -> int:
        return self.bottom + 30


def of_days(found: Sequence[Stretch], numbers: Mapping[str, int], days: Span) -> Ribbons:
    """A line for each day of one camera, midnight to midnight."""
    first = days.begun
    lines: list[Line] = []
    while first < days.ended:
        scale = Scale(first, first + DAY)
        label = f"{first.astimezone(TOKYO):%-d}"
        lines.append(Line(label, "", LINE_HIGH * len(lines), tuple(_blocks(scale, found, numbers))))
        first += DAY
    scale = Scale(days.begun, days.begun + DAY)
    hours = range(0, 24, EVERY_HOURS)
    marks = (Tick(scale.at(days.begun + timedelta(hours=h)), f"{h}:00") for h in hours)
    return Ribbons(tuple(lines), tuple(marks))


def of_cameras(
    found: Iterable[tuple[Camera, Sequence[Stretch]]], first: date, last: date, hrefs: Sequence[str]
) -> Ribbons:
    """A line for each camera over the days of a month."""
    days = day_span(first, last)
    scale = Scale(days.begun, days.ended)
    lines = tuple(
        Line(camera.number, href, LINE_HIGH * at, tuple(_blocks(scale, mine, {}, href)))
        for at, ((camera, mine), href) in enumerate(zip(found, hrefs, strict=True))
    )
    every = range(0, (last - first).days + 1, EVERY_DAYS)
    ticks = (Tick(scale.at(days.begun + DAY * d), str(first.day + d)) for d in every)
    return Ribbons(lines, tuple(ticks))


def of_one_day(found: Iterable[tuple[Camera, Sequence[Stretch]]], day: date) -> Ribbons:
    """A line for each camera over one day, midnight to midnight."""
    whole = day_span(day, day)
    scale = Scale(whole.begun, whole.ended)
    lines = tuple(
        Line(camera.number, "", LINE_HIGH * at, tuple(_blocks(scale, mine, {})))
        for at, (camera, mine) in enumerate(found)
    )
    hours = range(0, 24, EVERY_HOURS)
    ticks = (Tick(scale.at(whole.begun + timedelta(hours=h)), f"{h}:00") for h in hours)
    return Ribbons(lines, tuple(ticks))


def _blocks(
    scale: Scale, found: Iterable[Stretch], numbers: Mapping[str, int], href: str = ""
) -> Iterable[Block]:
    for each in found:
        for part in common([each.span], [Span(scale.begin, scale.end)]):
            number = numbers.get(each.key)
            to = f"{href}#{each.key}" if number or (href and each.kind in (TOLD, OWED)) else ""
            yield scale.block(
                each.kind, to, part.begun, part.ended, WORDS[each.kind], _mark(each, number)
            )


def _mark(each: Stretch, number: int | None) -> str:
    """Its number in the table, and a question where somebody is to answer."""
    if each.kind in MARKS:
        return MARKS[each.kind]
    shown = str(number) if number else ""
    return f"{shown}?" if each.kind == OWED else shown


def _width(label: str) -> int:
    """How wide a label is at most, in pixels."""
    return sum(WIDE_LETTER if east_asian_width(c) in "WF" else LETTER for c in label)
