"""People of the rehearsal street, walking: each is drawn once for every phase of a step."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw

from hokanko.rehearsal.lettering import Colour, dice
from hokanko.rehearsal.wardrobe import Clothes

PHASES = 14
TALL_M, WIDE_M = 2.3, 1.5  # what one picture covers; the feet stand on its lower edge
PIXELS_PER_M = 190
_FINE = 2 * PIXELS_PER_M  # drawn twice as large, then halved: smooth edges
Spot = tuple[float, float]


@dataclass
class Walker:
    """A person whose pictures are made when first needed, from one side, the front or the back."""

    clothes: Clothes
    side: str
    _made: dict[int, Image.Image] = field(default_factory=dict)

    def picture(self, phase: float) -> Image.Image:
        """RGBA, WIDE_M × TALL_M; a phase of 1 is two steps. From the side it walks to the right."""
        step = int(phase * PHASES) % PHASES
        if step not in self._made:
            turn = 2 * math.pi * step / PHASES
            self._made[step] = shaded(_Body(self.clothes).draw(self.side, turn))
        return self._made[step]


def shaded(large: Image.Image) -> Image.Image:
    """Halve a picture and give it volume: light from the upper left, dark along the other side."""
    small = large.reduce(2)
    alpha = small.getchannel("A")
    inner = Image.new("L", small.size)
    inner.paste(
        alpha.resize((alpha.width // 8, alpha.height // 8)).resize(
            alpha.size, Image.Resampling.BICUBIC
        ),
        (-7, -4),
    )
    light = inner.point([118 + v * 137 // 255 for v in range(256)])
    cloth = dice(small.size).randbytes(small.width * small.height // 64)
    folds = Image.frombytes(
        "L",
        (small.width // 8, small.height // 8),
        cloth[: (small.width // 8) * (small.height // 8)],
    )
    folds = folds.resize(small.size, Image.Resampling.BICUBIC).point(
        [212 + v // 6 for v in range(256)]
    )
    light = ImageChops.multiply(light, folds)
    body = ImageChops.multiply(small.convert("RGB"), Image.merge("RGB", [light] * 3))
    body.putalpha(alpha)
    return body


class _Body:
    """One drawing of a person, in metres right of the middle and up from the ground."""

    def __init__(self, clothes: Clothes) -> None:
        self.look = clothes
        self.image = Image.new("RGBA", (round(WIDE_M * _FINE), round(TALL_M * _FINE)))
        self.pen = ImageDraw.Draw(self.image)
        self.rise = 0.0

    def at(self, spot: Spot) -> Spot:
        scale = _FINE * self.look.size
        return self.image.width / 2 + spot[0] * scale, self.image.height - (
            spot[1] + self.rise
        ) * scale

    def limb(self, points: list[Spot], widths: list[float], colour: Colour) -> None:
        """A chain of rounded parts that taper from joint to joint."""
        for i, (a, b) in enumerate(pairwise(points)):
            steps = 9
            for k in range(steps + 1):
                share = k / steps
                radius = (widths[i] * (1 - share) + widths[i + 1] * share) / 2
                self.blob(
                    (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share),
                    radius,
                    radius,
                    colour,
                )

    def blob(self, middle: Spot, wide: float, tall: float, colour: Colour) -> None:
        x, y = self.at(middle)
        wide, tall = wide * _FINE * self.look.size, tall * _FINE * self.look.size
        self.pen.ellipse((x - wide, y - tall, x + wide, y + tall), fill=colour)

    def shape(self, points: list[Spot], colour: Colour) -> None:
        self.pen.polygon([self.at(p) for p in points], fill=colour)

    def draw(self, side: str, turn: float) -> Image.Image:
        """The whole person at that angle of the walking cycle."""
        if side == "side":
            self._from_side(turn)
        else:
            self._facing(turn, back=side == "back")
        return self.image

    def _from_side(self, turn: float) -> None:
        legs = [_leg(turn + math.pi), _leg(turn)]
        self.rise = 0.04 - min(joints[2][1] for joints in legs)
        dark = _dim(self.look.legs, 0.7)
        sleeve = _dim(self.look.top, 0.72)
        self._side_arm(turn, sleeve)
        self._side_leg(legs[0], dark)
        self._side_leg(legs[1], self.look.legs)
        self.limb([(0.0, 0.9), (0.01, 1.12), (0.03, 1.36)], [0.22, 0.21, 0.23], self.look.top)
        if self.look.coat:
            swing = 0.05 * math.sin(turn)
            self.shape(
                [(-0.11, 1.0), (0.12, 1.0), (0.17 + swing, 0.58), (-0.16 + swing, 0.58)],
                self.look.top,
            )
        if self.look.bag:
            self.limb([(-0.02, 1.4), (-0.13, 1.0)], [0.03, 0.03], _dim(self.look.bag, 0.7))
            self.shape([(-0.3, 1.04), (-0.06, 1.04), (-0.07, 0.76), (-0.28, 0.76)], self.look.bag)
        self.limb([(0.04, 1.42), (0.05, 1.5)], [0.1, 0.1], self.look.skin)
        self.blob((0.06, 1.585), 0.092, 0.118, self.look.skin)
        self.blob((0.035, 1.625), 0.1, 0.092, self.look.hair)
        self.blob((-0.01, 1.58), 0.062, 0.1, self.look.hair)
        if self.look.mask:
            self.blob((0.115, 1.545), 0.042, 0.045, (226, 228, 230))
        self._side_arm(turn + math.pi, self.look.top)

    def _side_leg(self, joints: list[Spot], cloth: Colour) -> None:
        self.limb(joints, [0.18, 0.13, 0.09], cloth)
        ankle = joints[2]
        lift = max(0.0, ankle[1] + self.rise - 0.05) * 0.3
        self.limb(
            [(ankle[0] - 0.03, ankle[1] + lift), (ankle[0] + 0.15, ankle[1] - lift)],
            [0.085, 0.06],
            (30, 28, 28),
        )

    def _side_arm(self, turn: float, cloth: Colour) -> None:
        if self.look.umbrella and cloth == self.look.top:
            self.limb([(0.03, 1.38), (0.06, 1.14), (0.24, 1.2)], [0.1, 0.09, 0.07], cloth)
            self._umbrella(0.24)
            return
        swing = 0.5 * math.sin(turn)
        elbow = (0.03 + 0.29 * math.sin(swing), 1.38 - 0.29 * math.cos(swing))
        bent = swing + 0.32
        hand = (elbow[0] + 0.25 * math.sin(bent), elbow[1] - 0.25 * math.cos(bent))
        self.limb([(0.03, 1.38), elbow, hand], [0.11, 0.09, 0.07], cloth)
        self.blob(hand, 0.04, 0.05, self.look.skin)

    def _facing(self, turn: float, *, back: bool) -> None:
        swing = math.sin(turn)
        self.rise = 0.018 * math.cos(2 * turn)
        for foot in sorted((-1, 1), key=lambda f: f * swing, reverse=back):
            lift = max(0.0, foot * math.cos(turn)) * 0.13
            near = foot * swing * (-0.03 if back else 0.03)
            self.limb(
                [
                    (foot * 0.085, 0.9),
                    (foot * 0.1, 0.48 + lift / 2),
                    (foot * 0.08, 0.09 + lift - near),
                ],
                [0.18, 0.14, 0.1],
                _dim(self.look.legs, 1.0 if near > 0 else 0.8),
            )
            self.blob((foot * 0.085, 0.05 + lift - near), 0.055, 0.05, (30, 28, 28))
        top = self.look.top
        self.shape([(-0.155, 0.85), (0.155, 0.85), (0.14, 1.1), (-0.14, 1.1)], top)
        self.limb([(0, 1.06), (0, 1.26), (0, 1.33)], [0.28, 0.34, 0.28], top)
        self.limb([(-0.14, 1.355), (0, 1.4), (0.14, 1.355)], [0.13, 0.12, 0.13], top)
        if self.look.coat:
            self.shape([(-0.15, 1.0), (0.15, 1.0), (0.19, 0.56), (-0.19, 0.56)], self.look.top)
        for arm in (-1, 1):
            self._facing_arm(arm, arm * swing * (1 if back else -1), back=back)
        if self.look.bag and back:
            self.shape([(-0.15, 1.36), (0.15, 1.36), (0.17, 0.98), (-0.17, 0.98)], self.look.bag)
        self.limb([(0, 1.41), (0, 1.48)], [0.115, 0.1], _dim(self.look.skin, 0.78))
        self._head(back=back)
        if self.look.umbrella:
            self._umbrella(0.2)

    def _facing_arm(self, arm: int, forward: float, *, back: bool) -> None:
        if self.look.umbrella and arm == 1:
            self.limb([(0.19, 1.36), (0.27, 1.12), (0.2, 1.22)], [0.1, 0.09, 0.07], self.look.top)
            return
        hand = (arm * (0.25 + 0.015 * forward), 0.84 + 0.07 * abs(forward))
        cloth = _dim(self.look.top, 0.86)
        self.limb([(arm * 0.19, 1.36), (arm * 0.25, 1.1), hand], [0.1, 0.09, 0.07], cloth)
        self.blob((hand[0], hand[1] - 0.04), 0.04, 0.055, self.look.skin)
        if not back:
            self.shape([(-0.05, 1.45), (0.05, 1.45), (0.0, 1.2)], (206, 206, 200))
            self.shape(
                [(-0.005, 1.22), (0.005, 1.22), (0.008, 0.86), (-0.002, 0.86)], _dim(cloth, 0.6)
            )

    def _head(self, *, back: bool) -> None:
        self.blob((0, 1.575), 0.084, 0.115, self.look.skin)
        if back:
            self.blob((0, 1.605), 0.095, 0.108, self.look.hair)
            return
        shade = _dim(self.look.skin, 0.66)
        self.blob((0, 1.655), 0.094, 0.056, self.look.hair)
        for cheek in (-1, 1):
            self.blob((cheek * 0.082, 1.61), 0.018, 0.056, self.look.hair)
            self.blob((cheek * 0.034, 1.588), 0.013, 0.007, _dim(self.look.hair, 0.9))
            self.blob((cheek * 0.034, 1.606), 0.02, 0.005, shade)
        self.blob((0, 1.562), 0.012, 0.016, _dim(self.look.skin, 0.86))
        if self.look.mask:
            self.blob((0, 1.532), 0.062, 0.043, (222, 224, 226))
        else:
            self.blob((0, 1.52), 0.02, 0.005, shade)

    def _umbrella(self, x: float) -> None:
        shade = self.look.umbrella or (60, 60, 60)
        self.limb([(x, 1.15), (x, 1.92)], [0.02, 0.02], (70, 70, 72))
        rim = [
            (x + 0.5 * math.cos(a / 12 * math.pi), 1.72 + 0.27 * math.sin(a / 12 * math.pi))
            for a in range(13)
        ]
        scallop = [
            (x - 0.5 + i / 12, 1.72 + 0.045 * math.sin(i * math.pi / 3) ** 2) for i in range(1, 12)
        ]
        self.shape(rim + scallop, shade)
        for rib in (-0.26, 0.0, 0.24):
            self.limb([(x, 1.985), (x + rib, 1.74)], [0.012, 0.012], _dim(shade, 0.75))


def _leg(turn: float) -> list[Spot]:
    """Hip, knee and ankle of one leg seen from the side."""
    thigh = 0.42 * math.sin(turn) + 0.06
    knee = (0.43 * math.sin(thigh), 0.9 - 0.43 * math.cos(thigh))
    shank = thigh - 0.1 - 0.75 * max(0.0, math.cos(turn - 0.35)) ** 2
    return [(0.0, 0.9), knee, (knee[0] + 0.43 * math.sin(shank), knee[1] - 0.43 * math.cos(shank))]


def _dim(colour: Colour, share: float) -> Colour:
    red, green, blue = (round(v * share) for v in colour)
    return red, green, blue
