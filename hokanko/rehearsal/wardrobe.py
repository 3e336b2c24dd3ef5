"""Clothes for the passers-by of the rehearsal street."""

from __future__ import annotations

import random
from dataclasses import dataclass

from hokanko.rehearsal.lettering import Colour

TOPS: tuple[Colour, ...] = (
    (52, 58, 78), (148, 140, 128), (112, 46, 48), (60, 78, 64), (34, 34, 38), (186, 182, 174),
    (96, 112, 140), (160, 128, 84),
)  # fmt: skip
LEGS: tuple[Colour, ...] = ((38, 42, 58), (34, 33, 34), (110, 98, 80), (66, 68, 74))
SKIN: tuple[Colour, ...] = ((206, 164, 136), (190, 146, 118), (216, 176, 150))
HAIR: tuple[Colour, ...] = ((26, 22, 22), (40, 30, 26), (150, 146, 142))
SHADES: tuple[Colour, ...] = ((60, 66, 92), (120, 40, 52), (206, 206, 210), (44, 84, 78))


@dataclass(frozen=True, slots=True)
class Clothes:
    """What one person looks like; `size` multiplies all lengths."""

    top: Colour
    legs: Colour
    skin: Colour
    hair: Colour
    bag: Colour | None
    coat: bool
    mask: bool
    umbrella: Colour | None
    size: float


def dressed(chance: random.Random, *, rain: bool) -> Clothes:
    """Somebody at random."""
    return Clothes(
        top=chance.choice(TOPS),
        legs=chance.choice(LEGS),
        skin=chance.choice(SKIN),
        hair=chance.choice(HAIR),
        bag=chance.choice((None, (86, 60, 44), (40, 44, 52), (150, 60, 54))),
        coat=chance.random() < 0.4,
        mask=chance.random() < 0.4,
        umbrella=chance.choice(SHADES) if rain else None,
        size=chance.uniform(0.9, 1.06),
    )
