"""Letters for the rehearsal's shop signs and burnt-in text, and its one source of chance."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT_FILE = Path(__file__).parents[1] / "papers" / "fonts" / "BIZUDPGothic-Regular.ttf"
Colour = tuple[int, int, int]


@cache
def font(pixels: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The program's own font, or Pillow's (without Japanese) where it was not installed."""
    if FONT_FILE.exists():
        return ImageFont.truetype(FONT_FILE, pixels)
    return ImageFont.load_default(pixels)


def dice(*seed: object) -> random.Random:
    """Chance that is the same for the same seed."""
    return random.Random("/".join(map(str, seed)))  # noqa: S311 pictures, not secrets


def grain(size: tuple[int, int], strength: float, chance: random.Random) -> Image.Image:
    """Bell-shaped noise around 128 (L), about `strength` grey levels wide."""
    width, height = size
    layers = [Image.frombytes("L", size, chance.randbytes(width * height)) for _ in range(4)]
    mixed = Image.blend(
        Image.blend(layers[0], layers[1], 0.5), Image.blend(layers[2], layers[3], 0.5), 0.5
    )
    spread = strength / 37.0  # the mean of four even bytes has a deviation of 37
    return mixed.point([round(128 + (v - 127.5) * spread) for v in range(256)])


def write(
    picture: Image.Image,
    box: tuple[int, int, int, int],
    words: str,
    colour: Colour,
    *,
    upright: bool = False,
) -> None:
    """Write `words` in the middle of `box` (left, top, right, bottom), as large as fits.

    `upright` sets one character below the other, as on a sign that hangs from a wall.
    """
    width, height = box[2] - box[0], box[3] - box[1]
    count = max(1, len(words))
    pixels = (
        min(width * 0.8, height * 0.94 / count)
        if upright
        else min(height * 0.74, width * 0.92 / count)
    )
    if pixels < 4:
        return
    pen, face = ImageDraw.Draw(picture), font(int(pixels))
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    if not upright:
        pen.text(middle, words, fill=colour, font=face, anchor="mm")
        return
    for i, letter in enumerate(words):
        row = middle[1] + (i - (count - 1) / 2) * height * 0.96 / count
        pen.text((middle[0], row), letter, fill=colour, font=face, anchor="mm")
