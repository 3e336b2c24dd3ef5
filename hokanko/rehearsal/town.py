"""Lays out one rehearsal street: its houses, signs, road and the people on it."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops

from hokanko.rehearsal import facades, ground
from hokanko.rehearsal.figures import Walker
from hokanko.rehearsal.lens import Panel
from hokanko.rehearsal.lettering import Colour, dice, write
from hokanko.rehearsal.looks import LAMP_EVERY_M, LOOKS, PERIOD_M, Scene, gap_of
from hokanko.rehearsal.wardrobe import dressed

STRIP_M = 6.0


@dataclass(frozen=True, slots=True)
class Lot:
    """A panel of the street with its picture; `start` and `end` are metres into the period."""

    panel: Panel
    picture: ground.Faded
    start: float
    end: float
    gable: tuple[Colour, float] | None = None  # colour and height of the wall towards the wearer


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody on the way: along the street, or across it at a fixed distance."""

    walker: Walker
    lane: float
    start: float
    speed: float
    across: bool = False


class Town:
    """Everything of one scene that does not depend on the moment, the same for the same seed."""

    def __init__(self, scene: Scene, seed: int, size: tuple[int, int]) -> None:
        self.look = LOOKS[scene]
        self.chance = dice(seed, scene)
        self.sky = ground.sky(self.look, (size[0] * 3 // 2, size[1] * 2), self.chance)
        self.lots = [lot for side in (-1, 1) for lot in self._row(side)]
        self.lots += [lot for side in (-1, 1) for lot in self._side_street(side)]
        self.strips = self._road()
        slope = (1.0, 1.8)
        zebra = ground.lit(ground.crossing(self.look, self.chance), self._ambient(), None)
        self.crossing = ground.faded(zebra, self.look, slope)
        self.signs = self._signs() if self.look.kinds[0] != "house" else []
        self.movers = [self._mover(i) for i in range(self.look.walkers)]
        self.sway = [self.chance.uniform(0, 6.28) for _ in range(6)]

    def _ambient(self) -> Colour:
        pair = zip(self.look.left_light, self.look.right_light, strict=True)
        red, green, blue = ((a + b) // 2 for a, b in pair)
        return red, green, blue

    def _skin(
        self, front: facades.Front, side: int, lamp_m: float, *, slanted: bool = True
    ) -> ground.Faded:
        light = self.look.left_light if side < 0 else self.look.right_light
        size = (front.width, front.height)
        lamps = ground.lamp_light(self.look, front.paint.size, size, lamp_m, front.height - 3.2)
        shown = ground.lit(front.paint, light, lamps)
        whole = ImageChops.add(
            shown, front.glow.point([round(v * self.look.glow) for v in range(256)] * 3)
        )
        return ground.faded(
            facades.softened(whole) if self.look.lamps else whole,
            self.look,
            (1.6 if slanted else 1.0, 1.0),
        )

    def _row(self, side: int) -> list[Lot]:
        gap, lots, start = gap_of(self.look), [], 0.0
        while start < PERIOD_M - 0.1:
            limit = gap[0] if start < gap[0] else PERIOD_M
            width = min(self.chance.uniform(5.2, 8.4), limit - start)
            if limit - start - width < 4.0:
                width = limit - start
            kind = self.chance.choice(self.look.kinds)
            front = facades.front(kind, width, self.chance, self.look.lit_windows)
            end = start + width
            lamp = LAMP_EVERY_M / 2 + LAMP_EVERY_M * int(start / LAMP_EVERY_M)
            lamp_m = lamp - start if side < 0 else end - lamp
            span = (start, end) if side < 0 else (end, start)
            panel = Panel(0, side * self.look.half_width, 2, span, 1, (front.height, 0.0))
            lots.append(
                Lot(panel, self._skin(front, side, lamp_m), start, end, (front.wall, front.height))
            )
            start = gap[1] if abs(end - gap[0]) < 0.01 else end
        return lots

    def _side_street(self, side: int) -> list[Lot]:
        """House fronts beyond the side street, which look straight at the wearer."""
        end, lots, left = gap_of(self.look)[1], [], self.look.half_width
        for _ in range(2):
            front = facades.front(
                self.chance.choice(self.look.kinds), 9.0, self.chance, self.look.lit_windows
            )
            near, far = sorted((side * left, side * (left + 9.0)))
            panel = Panel(2, end, 0, (near, far), 1, (front.height, 0.0))
            lots.append(Lot(panel, self._skin(front, side, 30.0, slanted=False), end, end + 0.1))
            left += 9.0
        return lots

    def _road(self) -> list[ground.Faded]:
        strips = []
        for _ in range(int(PERIOD_M / LAMP_EVERY_M)):
            plain = ground.road(self.look, LAMP_EVERY_M, self.chance)
            across = plain.width / (2 * self.look.half_width)
            middle = ((self.look.half_width - self.look.kerb + 0.6) * across, plain.height / 2)
            lamp = (
                ground.pool(plain.size, middle, (5.2 * across, 5.6 * across))
                if self.look.lamps
                else None
            )
            shown = ground.lit(plain, self._ambient(), lamp)
            if self.look.sun:
                shown = ImageChops.multiply(plain, ground.sunshine(plain.size, self.chance))
            count = int(LAMP_EVERY_M / STRIP_M)
            for i in range(count):
                bottom = plain.height - i * plain.height // count
                part = shown.crop((0, bottom - plain.height // count, plain.width, bottom))
                strips.append(ground.faded(part, self.look, (1.0, 1.8)))
        return strips

    def _signs(self) -> list[tuple[float, float, ground.Faded]]:
        """Upright signs that hang from the house fronts: (x, z in the period, picture)."""
        signs, gap = [], gap_of(self.look)
        for i in range(12):
            z = 2.5 + i * 4.4
            if gap[0] - 0.5 < z < gap[1] + 0.5:
                continue
            cloth = self.chance.choice((*facades.CLOTHS, (228, 224, 214)))
            board = Image.new("RGB", (58, 230), cloth)
            ink = (40, 36, 34) if cloth[0] > 200 else (246, 242, 232)
            words = self.chance.choice(
                ("喫茶", "薬局", "そば", "書店", "歯科医院", "酒", "学習塾", "中華")
            )
            write(board, (2, 4, 56, 226), words, ink, upright=True)
            light = self._ambient() if not self.look.lamps else (214, 206, 196)
            picture = ground.faded(ground.lit(board, light, None), self.look, (1.0, 1.0))
            signs.append((self.chance.choice((-1, 1)) * (self.look.half_width - 0.5), z, picture))
        return signs

    def _mover(self, index: int) -> Mover:
        chance = self.chance
        clothes = dressed(chance, rain=self.look.rain)
        across = self.look.zebra and index % 3 != 0
        towards = chance.random() < 0.6
        if across:
            lane = gap_of(self.look)[0] + chance.uniform(0.9, 2.9) + (5.6 if index % 2 else 0)
            speed = chance.uniform(1.0, 1.5) * chance.choice((-1, 1))
            return Mover(Walker(clothes, "side"), lane, chance.uniform(0, 30), speed, across=True)
        lane = chance.choice((-1, 1)) * chance.uniform(1.1, self.look.half_width - 0.7)
        if self.look.zebra:
            lane = chance.choice((-1, 1)) * chance.uniform(
                self.look.kerb + 0.4, self.look.half_width - 0.6
            )
        speed = chance.uniform(0.95, 1.35) * (-1 if towards else 1)
        start = 4.0 + index * 54.0 / self.look.walkers
        return Mover(Walker(clothes, "front" if towards else "back"), lane, start, speed)
