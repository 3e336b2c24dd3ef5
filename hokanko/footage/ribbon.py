"""A stretch of time drawn as a ribbon: where on it a block or a mark stands, as values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from hokanko.clock import TOKYO

WIDE = 1000  # the ribbon's own units across
THIN = 2  # what is shorter is drawn so wide all the same
STEPS_H = (1, 2, 4, 8, 24)  # hours between two marks
MOST_MARKS = 10


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the ribbon; `href` is where its row stands, in the table below."""

    x: int
    width: int
    css: str
    href: str
    begun: datetime
    ended: datetime
    words: Promise | str
    mark: str = ""

    @property
    def middle(self) -> int:
        """Where its mark stands."""
        return self.x + self.width // 2

    @property
    def from_left(self) -> str:
        """Where it begins, as a share of whatever width the ribbon is given."""
        return _share(self.x)

    @property
    def across(self) -> str:
        """How much of that width it takes."""
        return _share(self.width)

    @property
    def centre(self) -> str:
        """Where its mark stands, in the same way."""
        return _share(self.middle)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of time along the ribbon."""

    x: int
    text: str

    @property
    def from_left(self) -> str:
        """Where it stands, as a share of the ribbon's width."""
        return _share(self.x)


@dataclass(frozen=True, slots=True)
class Scale:
    """From when to when a ribbon runs, over `wide` units that begin at `left`."""

    begin: datetime
    end: datetime
    left: int = 0
    wide: int = WIDE

    def at(self, moment: datetime) -> int:
        """Where a moment stands; what lies outside, at the edge."""
        whole = max(self.end - self.begin, timedelta(seconds=1))
        share = min(max((moment - self.begin) / whole, 0), 1)
        return self.left + round(self.wide * share)

    def block(
        self,
        css: str,
        href: str,
        begun: datetime,
        ended: datetime,
        words: Promise | str,
        mark: str = "",
    ) -> Block:
        """A part of it; one too short to see is drawn a little wider."""
        x = self.at(begun)
        return Block(x, max(self.at(ended) - x, THIN), css, href, begun, ended, words, mark)

    def hours(self) -> Iterator[Tick]:
        """Full hours between the two ends, at most ten or so."""
        hours = (self.end - self.begin) / timedelta(hours=1)
        step = timedelta(hours=next((s for s in STEPS_H if hours / s <= MOST_MARKS), STEPS_H[-1]))
        first = self.begin.astimezone(TOKYO).replace(minute=0, second=0, microsecond=0)
        hour = first + timedelta(hours=1)
        while hour < self.end:
            yield Tick(self.at(hour), f"{hour:%H:%M}")
            hour += step


def _share(units: int) -> str:
    """In percent: lengths follow the screen and letters keep their size."""
    return f"{units * 100 / WIDE:g}%"
