"""A kei van, a bicycle with its rider, parked bicycles: the wheels of the rehearsal street."""

from __future__ import annotations

import math
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

from hokanko.rehearsal.figures import shaded
from hokanko.rehearsal.lettering import Colour, write

SPOKES = 8  # pictures for one spoke's turn of a wheel
_FINE = 220  # pixels a metre before halving
CAR_M, FACE_M, CYCLE_M = (3.7, 2.0), (1.8, 2.0), (2.0, 2.1)


class _Sketch:
    """A drawing in metres from the left and from the ground up."""

    def __init__(self, metres: tuple[float, float]) -> None:
        self.image = Image.new("RGBA", (round(metres[0] * _FINE), round(metres[1] * _FINE)))
        self.pen = ImageDraw.Draw(self.image)

    def at(self, x: float, y: float) -> tuple[float, float]:
        return x * _FINE, self.image.height - y * _FINE

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        self.pen.polygon([self.at(*p) for p in points], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        left, top = self.at(x - radius, y + radius)
        self.pen.ellipse(
            (left, top, left + 2 * radius * _FINE, top + 2 * radius * _FINE), fill=colour
        )

    def bar(self, points: list[tuple[float, float]], metres: float, colour: Colour) -> None:
        self.pen.line(
            [self.at(*p) for p in points], fill=colour, width=round(metres * _FINE), joint="curve"
        )

    def ring(self, x: float, y: float, radius: float, metres: float, colour: Colour) -> None:
        left, top = self.at(x - radius, y + radius)
        side = 2 * radius * _FINE
        self.pen.ellipse(
            (left, top, left + side, top + side),
            outline=colour,
            width=max(1, round(metres * _FINE)),
        )

    def panel(
        self,
        left: float,
        low: float,
        right: float,
        high: float,
        colour: Colour,
        *,
        round_m: float = 0.06,
    ) -> None:
        corner, end = self.at(left, high), self.at(right, low)
        self.pen.rounded_rectangle((*corner, *end), round_m * _FINE, fill=colour)


@cache
def van(colour: Colour, spoke: int, *, lit: bool) -> Image.Image:
    """A kei van driving to the right (RGBA, CAR_M), the wheels turned by `spoke` of SPOKES."""
    s = _Sketch(CAR_M)
    s.shape(
        [
            (0.18, 0.32),
            (3.52, 0.32),
            (3.55, 0.78),
            (3.42, 1.02),
            (3.0, 1.74),
            (2.8, 1.84),
            (0.3, 1.84),
            (0.18, 1.7),
        ],
        colour,
    )
    glass = (44, 52, 58)
    s.shape([(2.45, 1.08), (3.28, 1.08), (2.94, 1.66), (2.45, 1.66)], glass)
    s.panel(1.38, 1.08, 2.36, 1.66, glass)
    s.panel(0.36, 1.08, 1.28, 1.66, glass)
    s.disc(2.72, 1.2, 0.13, (70, 58, 54))
    s.bar([(2.4, 0.4), (2.4, 1.72)], 0.02, (96, 96, 96))
    s.bar([(1.33, 0.4), (1.33, 1.72)], 0.02, (96, 96, 96))
    s.bar([(0.3, 0.98), (2.4, 0.98)], 0.018, (130, 130, 130))
    for handle in (1.5, 2.52):
        s.panel(handle, 0.9, handle + 0.18, 0.94, (60, 60, 60), round_m=0.01)
    s.panel(0.16, 0.3, 3.56, 0.42, (64, 64, 66))
    s.panel(3.38, 0.74, 3.54, 0.92, (255, 250, 226) if lit else (214, 214, 206))
    s.panel(0.17, 0.8, 0.25, 1.1, (220, 30, 24) if lit else (140, 30, 28))
    for wheel in (0.78, 2.95):
        _wheel(s, wheel, spoke)
    return shaded(s.image)


def _wheel(s: _Sketch, x: float, spoke: int) -> None:
    s.disc(x, 0.3, 0.34, (30, 30, 32))
    s.disc(x, 0.28, 0.28, (22, 22, 23))
    s.disc(x, 0.28, 0.19, (150, 152, 154))
    for i in range(5):
        turn = 2 * math.pi * (i + spoke / SPOKES) / 5
        s.bar(
            [(x, 0.28), (x + 0.17 * math.cos(turn), 0.28 - 0.17 * math.sin(turn))],
            0.045,
            (84, 86, 88),
        )
    s.disc(x, 0.28, 0.04, (60, 60, 62))


@cache
def van_face(colour: Colour, *, lit: bool) -> Image.Image:
    """The same van coming towards the camera (RGBA, FACE_M)."""
    s = _Sketch(FACE_M)
    for wheel in (0.3, 1.3):
        s.panel(wheel, 0.0, wheel + 0.2, 0.5, (22, 22, 23))
    s.shape(
        [
            (0.16, 0.28),
            (1.64, 0.28),
            (1.64, 1.05),
            (1.5, 1.78),
            (1.38, 1.86),
            (0.42, 1.86),
            (0.3, 1.78),
            (0.16, 1.05),
        ],
        colour,
    )
    s.shape([(0.28, 1.06), (1.52, 1.06), (1.4, 1.68), (0.4, 1.68)], (40, 46, 54))
    s.disc(1.15, 1.2, 0.12, (66, 56, 52))
    s.panel(1.03, 0.98, 1.27, 1.12, (46, 46, 56))
    for mirror in (0.02, 1.66):
        s.panel(mirror, 1.1, mirror + 0.14, 1.3, (40, 40, 42))
    s.panel(0.16, 0.26, 1.64, 0.44, (70, 70, 72))
    s.panel(0.5, 0.56, 1.3, 0.7, (48, 48, 50))
    s.panel(0.74, 0.34, 1.07, 0.5, (226, 192, 60), round_m=0.01)
    write(
        s.image,
        (round(0.74 * _FINE), round(1.5 * _FINE), round(1.07 * _FINE), round(1.66 * _FINE)),
        "・472",
        (30, 30, 30),
    )
    for lamp in (0.2, 1.34):
        s.panel(lamp, 0.72, lamp + 0.26, 0.9, (255, 252, 236) if lit else (206, 208, 204))
    return shaded(s.image)


@cache
def rider(top: Colour, phase: int) -> Image.Image:
    """A shopping bicycle ridden to the right (RGBA, CYCLE_M), `phase` of SPOKES."""
    s = _Sketch(CYCLE_M)
    _cycle(s, 0.35, phase, (170, 172, 174))
    turn = 2 * math.pi * phase / SPOKES
    for foot, cloth in ((math.pi, (36, 38, 48)), (0.0, (52, 56, 70))):
        pedal = (0.88 + 0.16 * math.cos(turn + foot), 0.3 - 0.16 * math.sin(turn + foot))
        knee = ((0.72 + pedal[0]) / 2 + 0.22, (0.95 + pedal[1]) / 2 + 0.12)
        s.bar([(0.72, 0.95), knee, pedal], 0.13, cloth)
        s.panel(pedal[0] - 0.06, pedal[1] - 0.04, pedal[0] + 0.17, pedal[1] + 0.04, (28, 28, 28))
    s.bar([(0.72, 0.95), (0.8, 1.2), (0.92, 1.45)], 0.27, top)
    s.disc(0.72, 0.97, 0.14, top)
    s.disc(0.92, 1.44, 0.14, top)
    s.bar([(0.94, 1.42), (1.12, 1.16), (1.32, 1.1)], 0.09, top)
    s.disc(1.0, 1.66, 0.115, (204, 162, 134))
    s.disc(0.97, 1.7, 0.12, (30, 26, 26))
    return shaded(s.image)


@cache
def parked() -> Image.Image:
    """A shopping bicycle on its stand (RGBA, CYCLE_M)."""
    s = _Sketch(CYCLE_M)
    _cycle(s, 0.35, 3, (132, 40, 44))
    return shaded(s.image)


def _cycle(s: _Sketch, left: float, phase: int, colour: Colour) -> None:
    rear, fore = (left + 0.05, 0.32), (left + 1.13, 0.32)
    for wheel in (rear, fore):
        s.ring(*wheel, 0.32, 0.035, (32, 32, 34))
        for i in range(9):
            turn = 2 * math.pi * (i + phase / SPOKES) / 9
            s.bar(
                [wheel, (wheel[0] + 0.3 * math.cos(turn), wheel[1] - 0.3 * math.sin(turn))],
                0.008,
                (150, 150, 150),
            )
    s.bar([rear, (left + 0.5, 0.3), (left + 0.36, 0.86)], 0.035, colour)
    s.bar([(left + 0.5, 0.3), (left + 0.95, 0.74), (left + 0.9, 1.02)], 0.04, colour)
    s.bar([fore, (left + 0.9, 1.04), (left + 0.76, 1.1)], 0.035, (120, 122, 124))
    s.bar([(left - 0.1, 0.72), (left + 0.36, 0.66)], 0.03, (90, 90, 92))
    s.panel(left + 0.24, 0.86, left + 0.5, 0.94, (30, 28, 28))
    s.panel(left + 0.95, 0.72, left + 1.3, 0.98, (140, 134, 120), round_m=0.02)
    s.bar([(left - 0.3, 0.5), (left - 0.1, 0.68), (left + 0.2, 0.66)], 0.03, (70, 70, 72))


@cache
def shadow() -> Image.Image:
    """A soft patch of shade to stand under anything (L)."""
    patch = Image.new("L", (200, 60))
    ImageDraw.Draw(patch).ellipse((24, 14, 176, 46), fill=150)
    return patch.filter(ImageFilter.GaussianBlur(8))


@cache
def glare(red: int, green: int, blue: int) -> Image.Image:
    """A lamp seen straight on: a small core in a wide halo (RGB, to be added to the picture)."""
    steps = [
        round(255 * max(0.0, 1 - v / 255) ** 4.5 + 220 * max(0.0, 1 - v / 26)) for v in range(256)
    ]
    halo = Image.radial_gradient("L").point([min(255, v) for v in steps])
    return Image.merge(
        "RGB", [halo.point([v * c // 255 for v in range(256)]) for c in (red, green, blue)]
    )
