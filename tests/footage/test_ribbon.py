"""The ribbon: where on its scale a stretch of time stands, however short the whole is."""

from __future__ import annotations

from datetime import timedelta

from hokanko.footage.ribbon import WIDE, Scale
from tests.fixtures import NOON


def test_what_fills_the_time_fills_the_ribbon() -> None:
    for whole in (timedelta(seconds=30), timedelta(hours=8), timedelta(days=1)):
        scale = Scale(NOON, NOON + whole)
        block = scale.block("filmed", "", NOON, NOON + whole, "")
        assert (block.x, block.width) == (0, WIDE)
        half = scale.block("filmed", "", NOON + whole / 2, NOON + 2 * whole, "")
        assert (half.x, half.width) == (WIDE // 2, WIDE // 2)


def test_what_is_too_short_to_see_is_drawn_a_little_wider() -> None:
    scale = Scale(NOON, NOON + timedelta(days=1))
    assert scale.block("short", "", NOON, NOON + timedelta(seconds=1), "").width == 2
    assert Scale(NOON, NOON).at(NOON) == 0
