"""Spans of time: united, cut out of one another, cut to a frame. Date arithmetic, no questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """From one moment to a later one."""

    begun: datetime
    ended: datetime

    @property
    def length(self) -> timedelta:
        return self.ended - self.begun


def united(spans: Iterable[Span]) -> list[Span]:
    """The same time in order, without overlaps."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.begun <= found[-1].ended:
            found[-1] = Span(found[-1].begun, max(found[-1].ended, span.ended))
        elif span.begun < span.ended:
            found.append(span)
    return found


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """What is left of the spans outside of the holes."""
    left = united(spans)
    for hole in united(holes):
        left = [part for span in left for part in _cut(span, hole)]
    return left


def common(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What lies in both."""
    theirs = united(others)
    both = (
        Span(max(mine.begun, other.begun), min(mine.ended, other.ended))
        for mine in united(spans)
        for other in theirs
        if mine.begun < other.ended and other.begun < mine.ended
    )
    return list(both)


def total(spans: Iterable[Span]) -> timedelta:
    """How long they are together, overlaps once."""
    return sum((span.length for span in united(spans)), timedelta())


def _cut(span: Span, hole: Span) -> list[Span]:
    if hole.ended <= span.begun or span.ended <= hole.begun:
        return [span]
    parts = (Span(span.begun, hole.begun), Span(hole.ended, span.ended))
    return [part for part in parts if part.begun < part.ended]
