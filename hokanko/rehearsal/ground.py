"""Road, kerb, crossing and sky of the rehearsal street, and pictures that fade with distance."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from hokanko.rehearsal.lettering import Colour, grain, write
from hokanko.rehearsal.looks import LAMP_EVERY_M, Look, gap_of

PIXELS_PER_M = 72
LEVEL_EDGES_M = (6.5, 9.5, 14.0, 21.0, 32.0, 48.0)


@dataclass(frozen=True, slots=True)
class Faded:
    """One picture prepared for each distance: smaller, so that it does not glitter, and hazier."""

    levels: tuple[Image.Image, ...]

    def seen_from(self, metres: float) -> Image.Image:
        """The picture fit to be seen from that distance."""
        return self.levels[sum(metres > edge for edge in LEVEL_EDGES_M)]


def faded(picture: Image.Image, look: Look, slope: tuple[float, float]) -> Faded:
    """Prepare a picture; `slope` is by which power of the distance its width and height shrink."""
    levels = []
    for i in range(len(LEVEL_EDGES_M) + 1):
        metres = LEVEL_EDGES_M[max(0, i - 1)]
        share = LEVEL_EDGES_M[0] / metres
        width = max(4, round(picture.width * share ** slope[0]))
        height = max(4, round(picture.height * share ** slope[1]))
        small = picture.resize((width, height), Image.Resampling.BOX)
        veil = min(0.75, (metres - LEVEL_EDGES_M[0]) / look.haze_m)
        levels.append(Image.blend(small, Image.new("RGB", small.size, look.haze), veil))
    return Faded(tuple(levels))


def pool(
    size: tuple[int, int], middle: tuple[float, float], radius: tuple[float, float]
) -> Image.Image:
    """A soft round light (L), brightest in the middle; all in pixels."""
    disc = Image.radial_gradient("L").point([max(0, 255 - 2 * v) ** 2 // 255 for v in range(256)])
    spot = disc.resize((max(1, round(radius[0] * 4)), max(1, round(radius[1] * 4))))
    light = Image.new("L", size)
    light.paste(spot, (round(middle[0] - radius[0] * 2), round(middle[1] - radius[1] * 2)))
    return light


def lit(picture: Image.Image, ambient: Colour, light: Image.Image | None) -> Image.Image:
    """The picture under `ambient` light and, where `light` (L) falls, under a street lamp."""
    shade = Image.new("RGB", picture.size, ambient)
    if light is not None:
        tint = (250, 226, 186)
        lamp = Image.merge("RGB", [light.point([v * t // 255 for v in range(256)]) for t in tint])
        shade = ImageChops.add(shade, lamp)
    return ImageChops.multiply(picture, shade)


def road(look: Look, length: float, chance: random.Random) -> Image.Image:
    """One lamp's stretch of road seen from above, the far end at the top, `length` metres."""
    size = (round(look.half_width * 2 * PIXELS_PER_M), round(length * PIXELS_PER_M))
    tar = 92 if look.kinds[0] != "shop" else 150
    ground = Image.new("RGB", size, (tar, tar, tar + 2))
    pen = ImageDraw.Draw(ground)
    _pavement(pen, look, size, chance)
    for _ in range(5):
        left = chance.randint(size[0] * 3 // 8, size[0] * 5 // 8)
        top = chance.randint(0, size[1])
        tone = tar + chance.randint(-16, 10)
        pen.rectangle(
            (left, top, left + chance.randint(30, 80), top + chance.randint(60, 400)),
            fill=(tone,) * 3,
        )
    hole = (size[0] * 0.62, size[1] * 0.4)
    pen.ellipse(
        (hole[0] - 24, hole[1] - 24, hole[0] + 24, hole[1] + 24),
        fill=(70, 66, 62),
        outline=(120, 116, 110),
        width=4,
    )
    if look.kerb < 2.8:
        write(
            ground,
            (size[0] // 2 - 110, size[1] // 3, size[0] // 2 + 110, size[1] // 3 + 330),
            "止まれ",
            (196, 194, 188),
            upright=True,
        )
    coarse = grain((size[0] // 9, size[1] // 9), 9, chance).resize(size, Image.Resampling.BICUBIC)
    rough = ImageChops.add(grain(size, 17, chance), coarse, 2)
    return ImageChops.add(ground, Image.merge("RGB", [rough] * 3), 1, -128)


def _pavement(
    pen: ImageDraw.ImageDraw, look: Look, size: tuple[int, int], chance: random.Random
) -> None:
    edge = round((look.half_width - look.kerb) * PIXELS_PER_M)
    for left, right in ((0, edge), (size[0] - edge, size[0])):
        pen.rectangle((left, 0, right, size[1]), fill=(150, 146, 138))
        for top in range(0, size[1], 22):
            for column in range(left - (top // 22 % 2) * 22, right, 44):
                tone = chance.randint(132, 162)
                box = (max(left, column), top, min(right, column + 42), top + 20)
                if box[2] > box[0]:
                    pen.rectangle(box, fill=(tone, tone - 5, tone - 14))
    for left in (edge, size[0] - edge - 12):
        pen.rectangle((left, 0, left + 12, size[1]), fill=(186, 184, 178))
    for left in (edge + 24, size[0] - edge - 36):
        pen.rectangle((left, 0, left + 10, size[1]), fill=(210, 208, 202))


def sunshine(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Sun and the shade that houses on the right throw over a road seen from above (RGB)."""
    light = Image.new("RGB", size, (255, 248, 230))
    pen, top = ImageDraw.Draw(light), 0
    while top < size[1]:
        length = chance.randint(size[1] // 5, size[1] // 3)
        reach = size[0] * chance.uniform(0.34, 0.6)
        outline = [
            (reach, top),
            (size[0], top - 120),
            (size[0], top + length),
            (reach, top + length),
        ]
        pen.polygon(outline, fill=(118, 124, 144))
        top += length
    return light.filter(ImageFilter.BoxBlur(4))


def crossing(look: Look, chance: random.Random) -> Image.Image:
    """The side street with its zebra stripes, seen from above; 40 m wide."""
    start, end = gap_of(look)
    size = (40 * 44, round((end - start) * 44))
    ground = Image.new("RGB", size, (94, 94, 97))
    pen = ImageDraw.Draw(ground)
    pen.rectangle((0, size[1] // 2 - 3, size[0], size[1] // 2 + 3), fill=(190, 186, 176))
    for i in range(19) if look.zebra else ():
        left = 20 * 44 - 9 * 40 + i * 40
        pen.rectangle((left, size[1] - 160, left + 19, size[1] - 26), fill=(208, 206, 200))
        pen.rectangle((left, 26, left + 19, 160), fill=(204, 202, 196))
    worn = ImageChops.add(ground, Image.merge("RGB", [grain(size, 20, chance)] * 3), 1, -128)
    return worn.filter(ImageFilter.SMOOTH)


def sky(look: Look, size: tuple[int, int], chance: random.Random) -> Image.Image:
    """A sky with clouds, far roofs on the horizon in its middle row, and bare ground below."""
    width, height = size
    ramp = Image.linear_gradient("L").resize((width, height // 2))
    upper = Image.composite(
        Image.new("RGB", ramp.size, look.sky_low), Image.new("RGB", ramp.size, look.sky_top), ramp
    )
    fine = Image.frombytes("L", (40, 14), chance.randbytes(560)).resize(
        ramp.size, Image.Resampling.BICUBIC
    )
    wide = Image.frombytes("L", (9, 6), chance.randbytes(54)).resize(
        ramp.size, Image.Resampling.BICUBIC
    )
    cloud = Image.blend(fine, wide, 0.65).point([max(0, v - 120) for v in range(256)])
    upper = Image.composite(Image.new("RGB", ramp.size, look.sky_low), upper, cloud)
    whole = Image.new("RGB", size, tuple((v + 92) * 2 // 5 for v in look.haze))
    whole.paste(upper)
    pen, left = ImageDraw.Draw(whole), 0
    while left < width:
        wide_px, tall = chance.randint(18, 70), chance.randint(8, 44)
        tone = chance.uniform(0.78, 0.98)
        roof = tuple(round(v * tone) for v in look.haze)
        pen.rectangle((left, height // 2 - tall, left + wide_px, height // 2), fill=roof)
        left += wide_px
    return whole


def lamp_light(
    look: Look, size: tuple[int, int], metres: tuple[float, float], at: float, high: float
) -> Image.Image | None:
    """Light of the street lamps on a picture of `metres` width and height, or None by day.

    `at` is where the nearest lamp stands along the width, `high` how far down the height.
    """
    if not look.lamps:
        return None
    across, down = size[0] / metres[0], size[1] / metres[1]
    light = Image.new("L", size)
    for lamp in (at - LAMP_EVERY_M, at, at + LAMP_EVERY_M):
        if -8 < lamp < metres[0] + 8:
            spot = pool(size, (lamp * across, high * down), (4.6 * across, 4.2 * down))
            light = ImageChops.add(light, spot)
    return light
