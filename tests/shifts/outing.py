"""A day with a camera on the chest: out, filming, back. Times are of 21 November 2025, in Tokyo."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hokanko import clock
from hokanko.cameras.checkout import TICKS, Worn, bring_back, issue
from hokanko.cameras.models import Checkout
from hokanko.footage.models import Footage
from hokanko.rehearsal.cast import Cast
from tests.fixtures import IN_VALIDITY, take_in

DAY = (IN_VALIDITY + timedelta(days=1)).date()


def at(text: str) -> datetime:
    """A moment of that day: "09:00"."""
    return datetime.combine(DAY, time.fromisoformat(text), clock.TOKYO)


def out(cast: Cast, text: str = "09:00") -> Checkout:
    """佐藤 takes camera 1 out."""
    clock.fix(at(text))
    worn = Worn("胸部", TICKS)
    return issue(cast.cameras["CHUO-1"], cast.people["sato"], worn, by=cast.as_actor("tanaka"))


def film(cast: Cast, begun: str, ended: str) -> Footage:
    """A piece of camera 1, taken in, of that time and length."""
    piece = take_in(cast, f"film {begun}".encode() * 500, name=f"MOV_{begun[:2]}{begun[3:]}.MP4")
    piece.captured = at(begun)
    piece.duration_ms = (at(ended) - at(begun)) // timedelta(milliseconds=1)
    piece.save(update_fields=["captured", "duration_ms"])
    return piece


def back(cast: Cast, text: str) -> Checkout:
    """Camera 1 is on the charger again."""
    clock.fix(at(text))
    done = bring_back(cast.cameras["CHUO-1"], by=cast.as_actor("tanaka"))
    assert done is not None
    return done
