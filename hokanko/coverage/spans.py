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


def joined(spans: Iterable[Span], seam: timedelta) -> list[Span]:
    """United, and what lies less than `seam` apart is one."""
    found: list[Span] = []
    for span in united(spans):
        if found and span.begun - found[-1].ended < seam:
            found[-1] = Span(found[-1].begun, span.ended)
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """What is left of the spans outside of the holes."""
    left, cuts, at = list[Span](), united(holes), 0
    for span in united(spans):
        begun = span.begun
        while at < len(cuts) and cuts[at].ended <= begun:
            at += 1
        while at < len(cuts) and cuts[at].begun < span.ended:
            if begun < cuts[at].begun:
                left.append(Span(begun, cuts[at].begun))
            begun = cuts[at].ended
            if begun >= span.ended:
                break  # it may reach into the next one
            at += 1
        if begun < span.ended:
            left.append(Span(begun, span.ended))
    return left


def common(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What lies in both."""
    whole = united(spans)
    return without(whole, without(whole, others))


def total(spans: Iterable[Span]) -> timedelta:
    """How long they are together, overlaps once."""
    return sum((span.length for span in united(spans)), timedelta())
