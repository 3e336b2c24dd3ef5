"""Puts cut-out figures, lamps, poles and wires onto the picture at their place in the street."""

from __future__ import annotations

import math
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from hokanko.rehearsal.lens import Lens, Point
from hokanko.rehearsal.lettering import Colour
from hokanko.rehearsal.looks import LAMP_EVERY_M, Look
from hokanko.rehearsal.vehicles import glare, shadow

LAMP_HEIGHT_M = 4.5
CLOSEST_M = 1.0


def light_at(look: Look, z: float) -> Colour:
    """The light that falls on somebody `z` metres down the street."""
    base = [(a + b) // 2 for a, b in zip(look.left_light, look.right_light, strict=True)]
    if look.lamps:
        away = (z % LAMP_EVERY_M) - LAMP_EVERY_M / 2
        lamp = math.exp(-((away / 4.0) ** 2)) * 0.62
        base = [min(255, round(v + lamp * t)) for v, t in zip(base, (250, 226, 186), strict=True)]
    return base[0], base[1], base[2]


@lru_cache(maxsize=512)
def _tone(light: Colour, haze: Colour, veil_tenths: int) -> list[int]:
    veil = veil_tenths / 10
    return [
        round(v * part / 255 * (1 - veil) + fog * veil)
        for part, fog in zip(light, haze, strict=True)
        for v in range(256)
    ]


@lru_cache(maxsize=512)
def _halves(picture: _Held, times: int) -> Image.Image:
    # premultiplied, so that resizing need not convert the whole picture each time
    return (picture.image.reduce(2**times) if times else picture.image).convert("RGBa")


class _Held:
    """A picture as a key: pictures are made once and kept, so identity will do."""

    __slots__ = ("image",)

    def __init__(self, image: Image.Image) -> None:
        self.image = image

    def __hash__(self) -> int:
        return id(self.image)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.image is self.image


def stand(
    canvas: Image.Image,
    lens: Lens,
    look: Look,
    picture: Image.Image,
    place: tuple[float, float],
    metres: tuple[float, float],
    *,
    mirrored: bool = False,
) -> None:
    """Stand a cut-out (RGBA, `metres` wide and high) on the ground at `place` (x, z)."""
    x, z = place
    column, row, depth = lens.project((x, 0.0, z))
    scale = lens.focal / max(depth, 0.05)
    left, top = column - metres[0] * scale / 2, row - metres[1] * scale
    right, bottom = left + metres[0] * scale, row
    box = (
        max(0, round(left)),
        max(0, round(top)),
        min(canvas.width, round(right)),
        min(canvas.height, round(bottom)),
    )
    if depth < CLOSEST_M or box[2] - box[0] < 2 or box[3] - box[1] < 2:
        return
    _ground_shadow(canvas, (column, row), metres[0] * scale * 0.8, look)
    times = (
        max(0, min(3, int(math.log2(picture.width / (right - left)))))
        if right - left < picture.width
        else 0
    )
    source = _halves(_Held(picture), times)
    per = source.width / (right - left)
    window = (
        (box[0] - left) * per,
        (box[1] - top) * per,
        (box[2] - left) * per,
        (box[3] - top) * per,
    )
    if mirrored:
        window = (source.width - window[2], window[1], source.width - window[0], window[3])
    window = (
        max(0.0, window[0]),
        max(0.0, window[1]),
        min(source.width, window[2]),
        min(source.height, window[3]),
    )
    part = source.resize(
        (box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR, window
    ).convert("RGBA")
    if mirrored:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if scale > 120:  # who passes so near is never quite sharp
        part = part.filter(ImageFilter.BoxBlur((scale / 80, scale / 240)))
    veil = min(7, round(10 * max(0.0, depth - 6.5) / look.haze_m))
    toned = part.convert("RGB").point(_tone(light_at(look, z), look.haze, veil))
    canvas.paste(toned, box[:2], part.getchannel("A"))


def _ground_shadow(
    canvas: Image.Image, foot: tuple[float, float], width: float, look: Look
) -> None:
    if width < 6 or width > canvas.width:
        return
    patch = shadow().resize((round(width), max(2, round(width * 0.2))))
    at = (round(foot[0] - width / 2 + width * 0.08), round(foot[1] - patch.height / 2))
    canvas.paste(tuple(v // 6 for v in look.haze), at, patch)


@lru_cache(maxsize=128)
def _sized_glare(colour: Colour, width: int, height: int) -> Image.Image:
    return glare(*colour).resize((width, height), Image.Resampling.BILINEAR)


def shine(
    canvas: Image.Image, middle: tuple[float, float], size: tuple[float, float], colour: Colour
) -> None:
    """Add a halo of light, `size` pixels wide and high, around a pixel."""
    width, height = (max(8, min(900, round(v / 8) * 8)) for v in size)
    left, top = round(middle[0] - width / 2), round(middle[1] - height / 2)
    box = (
        max(0, left),
        max(0, top),
        min(canvas.width, left + width),
        min(canvas.height, top + height),
    )
    if box[2] <= box[0] or box[3] <= box[1]:
        return
    halo = _sized_glare(colour, width, height)
    halo = halo.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
    canvas.paste(ImageChops.add(canvas.crop(box), halo), box[:2])


def lamp(
    canvas: Image.Image, lens: Lens, look: Look, spot: Point, colour: Colour, metres: float
) -> None:
    """A burning lamp at a point of the world, and its long reflection where the road is wet."""
    column, row, depth = lens.project(spot)
    if depth < CLOSEST_M:
        return
    size = metres * lens.focal / depth
    shine(canvas, (column, row), (size, size), colour)
    if look.rain and size > 20:
        foot = lens.project((spot[0], -spot[1] * 0.8, spot[2]))
        dim = (colour[0] // 3, colour[1] // 3, colour[2] // 3)
        shine(canvas, (foot[0], foot[1]), (size * 0.5, size * 2.4), dim)


def pole(canvas: Image.Image, lens: Lens, look: Look, x: float, z: float) -> None:
    """A concrete power pole with cross-arms, a transformer, a lamp and wires to the next one."""
    pen = ImageDraw.Draw(canvas)
    depth = lens.project((x, 0.0, z))[2]
    inward = 1 if x < 0 else -1
    light = light_at(look, z)
    tones = [tuple(v * part // 255 for part in light) for v in (128, 150, 104)]
    wire = tuple(v // 3 for v in light)
    _wires(pen, lens, x, z, wire)
    if depth < CLOSEST_M + 0.4:
        return
    for tone, start, end in zip(tones, (-0.15, -0.09, 0.05), (-0.09, 0.05, 0.15), strict=True):
        _strip(pen, lens, (x + start, 0.0, z), (x + end, 8.6, z), tone)
    for high in (7.4, 8.1):
        _strip(pen, lens, (x - 0.8, high, z), (x + 0.8, high + 0.09, z), tones[2])
    _strip(pen, lens, (x - 0.34, 6.0, z), (x + 0.02, 6.8, z), tones[1])
    _strip(pen, lens, (x - 0.17, 0.6, z), (x + 0.17, 1.5, z), (tones[2][0], tones[2][1], 40))
    _strip(pen, lens, (x, LAMP_HEIGHT_M, z), (x + inward * 0.9, LAMP_HEIGHT_M + 0.06, z), tones[2])
    if look.lamps:
        lamp(canvas, lens, look, (x + inward * 0.9, LAMP_HEIGHT_M, z), (255, 232, 190), 2.6)


def _strip(
    pen: ImageDraw.ImageDraw, lens: Lens, low: Point, high: Point, colour: tuple[int, ...]
) -> None:
    outline = [(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])]
    pen.polygon([lens.project((x, y, low[2]))[:2] for x, y in outline], fill=colour)


def _wires(
    pen: ImageDraw.ImageDraw, lens: Lens, x: float, z: float, colour: tuple[int, ...]
) -> None:
    for side, high in ((-0.7, 8.2), (0.0, 8.2), (0.7, 8.2), (-0.6, 7.5), (0.5, 7.5), (0.1, 5.6)):
        points = []
        for i in range(9):
            share = i / 8
            sag = 0.55 * 4 * share * (1 - share)
            column, row, depth = lens.project((x + side, high - sag, z + share * LAMP_EVERY_M))
            if depth > CLOSEST_M:
                points.append((column, row))
        if len(points) > 1:
            pen.line(points, fill=colour, width=2 if high < 6 else 1)


def signal(canvas: Image.Image, lens: Lens, x: float, z: float, *, go: bool) -> None:
    """A traffic light on an arm over the road."""
    pen = ImageDraw.Draw(canvas)
    _strip(pen, lens, (x - 0.08, 0, z), (x + 0.08, 5.4, z), (96, 98, 96))
    _strip(pen, lens, (x - 2.4, 5.2, z), (x, 5.3, z), (96, 98, 96))
    _strip(pen, lens, (x - 2.5, 4.75, z), (x - 1.2, 5.15, z), (64, 66, 66))
    scale = lens.focal / lens.project((x, 5.0, z))[2]
    for i, colour in enumerate(((40, 230, 190), (240, 200, 60), (255, 60, 40))):
        column, row, _ = lens.project((x - 2.27 + i * 0.42, 4.95, z))
        burns = i == (0 if go else 2)
        fill = colour if burns else (34, 30, 28)
        pen.ellipse(
            (column - 0.15 * scale, row - 0.15 * scale, column + 0.15 * scale, row + 0.15 * scale),
            fill=fill,
        )
        if burns:
            shine(
                canvas,
                (column, row),
                (1.6 * scale, 1.6 * scale),
                (colour[0] * 2 // 3, colour[1] * 2 // 3, colour[2] * 2 // 3),
            )
