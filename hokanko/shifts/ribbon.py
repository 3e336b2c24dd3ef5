"""The ribbon of a shift as values: what was filmed and what was not, along the time it was out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from hokanko.clock import TOKYO
from hokanko.footage.worn import UNFILMED
from hokanko.shifts.queries import Asked, Shift

WIDE = 1000  # the ribbon's own units across
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

    @property
    def middle(self) -> int:
        """Where its mark stands."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Tick:
    """An hour along the ribbon."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What is drawn, in order of time; gaps lie over what was filmed."""

    filmed: tuple[Block, ...]
    gaps: tuple[Block, ...]
    ticks: tuple[Tick, ...]


def ribbon(shift: Shift) -> Ribbon:
    """A shift drawn from its check-out to its return, or beyond where filming ran on."""
    begin = shift.checkout.out_at
    end = max([shift.until, *(each.gap.ended for each in shift.asked)])

    def at(moment: datetime) -> int:
        whole = max(end - begin, timedelta(minutes=1))
        return round(WIDE * min(max((moment - begin) / whole, 0), 1))

    def block(css: str, href: str, begun: datetime, ended: datetime, words: Promise | str) -> Block:
        x = at(begun)
        return Block(x, max(at(ended) - x, 2), css, href, begun, ended, words)

    filmed = (
        block("filmed", f"#piece-{piece.number}", piece.captured, _end(piece.captured, length), "")
        for piece in shift.pieces
        if piece.captured is not None and (length := piece.duration_ms) is not None
    )
    gaps = (
        block(_css(each), f"#{each.gap.key}", each.gap.begun, each.gap.ended, _words(each))
        for each in shift.asked
    )
    ticks = tuple(Tick(at(hour), f"{hour:%H:%M}") for hour in _hours(begin, end))
    return Ribbon(tuple(filmed), tuple(gaps), ticks)


def _end(begun: datetime, length_ms: int) -> datetime:
    return begun + timedelta(milliseconds=length_ms)


def _css(asked: Asked) -> str:
    return "owed" if asked.told is None else "told"


def _words(asked: Asked) -> Promise:
    return UNFILMED[asked.gap.kind]


def _hours(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Full hours between the two, at most ten or so."""
    hours = (end - begin) / timedelta(hours=1)
    step = timedelta(hours=next((s for s in STEPS_H if hours / s <= MOST_MARKS), STEPS_H[-1]))
    hour = begin.astimezone(TOKYO).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    while hour < end:
        yield hour
        hour += step
