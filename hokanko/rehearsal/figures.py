"""People of the rehearsal street, walking: each is drawn once for every phase of a step."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw

from hokanko.rehearsal.lettering import Colour, dice

PHASES = 14
TALL_M, WIDE_M = 2.3, 1.5  # what one picture covers; the feet stand on its lower edge
PIXELS_PER_M = 190
_FINE = 2 * PIXELS_PER_M  # drawn twice as large, then halved: smooth edges
Spot = tuple[float, float]
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
        for i, (a, b) in enumerate(zip(points, points[1:], strict=False)):
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
        self.limb([(0.0, 0.92), (0.0, 1.14)], [0.3, 0.29], self.look.top)
        self.shape(
            [(-0.15, 0.88), (0.15, 0.88), (0.2, 1.38), (0.12, 1.43), (-0.12, 1.43), (-0.2, 1.38)],
            self.look.top,
        )
        if self.look.coat:
            self.shape([(-0.15, 1.0), (0.15, 1.0), (0.19, 0.56), (-0.19, 0.56)], self.look.top)
        for arm in (-1, 1):
            self._facing_arm(arm, arm * swing * (1 if back else -1), back=back)
        if self.look.bag and back:
            self.shape([(-0.15, 1.36), (0.15, 1.36), (0.17, 0.98), (-0.17, 0.98)], self.look.bag)
        self.limb([(0, 1.42), (0, 1.5)], [0.11, 0.1], self.look.skin)
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
            self.limb([(0, 1.4), (0, 0.95)], [0.02, 0.02], _dim(self.look.top, 0.6))

    def _head(self, *, back: bool) -> None:
        self.blob((0, 1.585), 0.085, 0.12, self.look.skin)
        if back:
            self.blob((0, 1.61), 0.096, 0.112, self.look.hair)
            return
        self.blob((0, 1.65), 0.096, 0.07, self.look.hair)
        for eye in (-0.036, 0.036):
            self.blob((eye, 1.6), 0.014, 0.008, (40, 32, 30))
        if self.look.mask:
            self.blob((0, 1.54), 0.06, 0.045, (226, 228, 230))
        else:
            self.blob((0, 1.53), 0.024, 0.006, _dim(self.look.skin, 0.68))

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
