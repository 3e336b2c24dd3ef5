"""The ribbon of a shift as values: what was filmed and what was not, along the time it was out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from hokanko.footage.ribbon import Block, Scale, Tick
from hokanko.footage.worn import UNFILMED
from hokanko.shifts.queries import Asked, Shift


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What is drawn, in order of time; gaps lie over what was filmed."""

    filmed: tuple[Block, ...]
    gaps: tuple[Block, ...]
    ticks: tuple[Tick, ...]


def ribbon(shift: Shift) -> Ribbon:
    """A shift drawn from its check-out to its return, or beyond where filming ran on."""
    begin = shift.checkout.out_at
    scale = Scale(begin, max([shift.until, *(each.gap.ended for each in shift.asked)]))
    filmed = (
        scale.block(
            "filmed", f"#piece-{piece.number}", piece.captured, _end(piece.captured, length), ""
        )
        for piece in shift.pieces
        if piece.captured is not None and (length := piece.duration_ms) is not None
    )
    gaps = (
        scale.block(_css(each), f"#{each.gap.key}", each.gap.begun, each.gap.ended, _words(each))
        for each in shift.asked
    )
    return Ribbon(tuple(filmed), tuple(gaps), tuple(scale.hours()))


def _end(begun: datetime, length_ms: int) -> datetime:
    return begun + timedelta(milliseconds=length_ms)


def _css(asked: Asked) -> str:
    return "owed" if asked.told is None else "told"


def _words(asked: Asked) -> Promise:
    return UNFILMED[asked.gap.kind]
