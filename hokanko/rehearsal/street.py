"""Draws what a body-worn camera would see of a Japanese street, frame by frame."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial

from PIL import Image, ImageDraw

from hokanko.rehearsal import ground, stage, vehicles
from hokanko.rehearsal.figures import TALL_M, WIDE_M
from hokanko.rehearsal.lens import Lens, Panel, Pose, paint
from hokanko.rehearsal.lettering import Colour
from hokanko.rehearsal.looks import LAMP_EVERY_M, PERIOD_M, Scene, gap_of
from hokanko.rehearsal.town import STRIP_M, Lot, Mover, Town

__all__ = ["Scene", "Street"]

SIGHT_M = 72.0  # how far the street is drawn
SIDE_SIGHT_M = 34.0  # beyond this the row of houses hides what stands in the side street
STRIDE_M = 1.35  # two steps
VAN: Colour = (222, 224, 226)
Drawing = tuple[float, Callable[[], None]]


class Street:
    """One scene, prepared once; `frame` then draws any moment of it, the same for the same seed."""

    def __init__(self, scene: Scene, seed: int, size: tuple[int, int]) -> None:
        self.town, self.size = Town(scene, seed, size), size
        self.look = self.town.look
        self.focal = size[0] * 0.56

    def pose(self, t: float) -> Pose:
        """Where the wearer's chest is, `t` seconds in: walking rhythm, breathing, looking about."""
        a, look = self.town.sway, self.town.look
        step = 2 * math.pi * 1.75 * t
        stride = 1.0 if look.pace else 0.14
        wander = 0.075 * math.sin(t / 2.9 + a[0]) + 0.04 * math.sin(t / 1.13 + a[1])
        jolt = 0.006 * math.sin(step + 0.8) ** 3 * stride
        return Pose(
            x=look.eye_x + 0.03 * math.sin(step / 2) * stride,
            y=1.36 + 0.022 * math.sin(step) * stride + 0.006 * math.sin(t * 1.6),
            z=look.pace * t + 0.02 * math.sin(step) * stride,
            yaw=wander + 0.008 * math.sin(step / 2) * stride,
            pitch=-0.02 + 0.018 * math.sin(t / 1.9 + a[2]) + jolt,
            roll=0.014 * math.sin(step / 2 + a[3]) * stride + 0.02 * math.sin(t / 2.3 + a[4]),
        )

    def frame(self, t: float) -> Image.Image:
        """The picture (RGB) `t` seconds after the start."""
        lens = Lens(self.size[0], self.size[1], self.focal, self.pose(t))
        canvas = self._heaven(lens)
        self._ground(canvas, lens)
        drawings = [
            *self._houses(canvas, lens), *self._furniture(canvas, lens),
            *self._people(canvas, lens, t), *self._traffic(canvas, lens, t),
        ]  # fmt: skip
        for _, draw in sorted(drawings, key=lambda d: -d[0]):
            draw()
        return canvas

    def _heaven(self, lens: Lens) -> Image.Image:
        sky, (width, height) = self.town.sky, self.size
        horizon = height / 2 + self.focal * math.tan(lens.pose.pitch)
        left = round((sky.width - width) / 2 + lens.pose.yaw * self.focal)
        top = round(sky.height / 2 - horizon)
        return sky.crop((left, top, left + width, top + height))

    def _ground(self, canvas: Image.Image, lens: Lens) -> None:
        here, strips, edge = lens.pose.z, self.town.strips, self.look.half_width
        first = int(here // STRIP_M)
        for i in range(first + int(SIGHT_M / STRIP_M), first - 1, -1):
            picture = strips[i % len(strips)].seen_from(i * STRIP_M - here)
            panel = Panel(1, 0.0, 0, (-edge, edge), 2, ((i + 1) * STRIP_M, i * STRIP_M))
            paint(canvas, lens, panel, picture)
        start, end = gap_of(self.look)
        for base in self._periods(lens):
            if 0 < base + end - here < SIGHT_M / 2:
                panel = Panel(1, 0.0, 0, (-20, 20), 2, (base + end, base + start))
                paint(canvas, lens, panel, self.town.crossing.seen_from(base + start - here))

    def _periods(self, lens: Lens) -> list[float]:
        first = int(lens.pose.z // PERIOD_M)
        return [(first + i) * PERIOD_M for i in range(3)]

    def _houses(self, canvas: Image.Image, lens: Lens) -> Iterator[Drawing]:
        for base in self._periods(lens):
            for lot in self.town.lots:
                near, far = base + lot.start - lens.pose.z, base + lot.end - lens.pose.z
                seen_m = SIDE_SIGHT_M if lot.gable is None else SIGHT_M
                if far > 2 and near < seen_m:
                    yield far, partial(self._house, canvas, lens, lot, base)

    def _house(self, canvas: Image.Image, lens: Lens, lot: Lot, base: float) -> None:
        panel, near = lot.panel, base + lot.start - lens.pose.z
        if lot.gable is not None:
            self._gable(canvas, lens, lot, base)
            span = (panel.across[0] + base, panel.across[1] + base)
            panel = Panel(0, panel.at, 2, span, 1, panel.down)
        else:
            panel = Panel(2, panel.at + base, 0, panel.across, 1, panel.down)
        paint(canvas, lens, panel, lot.picture.seen_from(max(near, abs(panel.at) * 1.3)))

    def _gable(self, canvas: Image.Image, lens: Lens, lot: Lot, base: float) -> None:
        """The blind wall that a house shows above its lower neighbour."""
        depth = base + lot.start - lens.pose.z
        if lot.gable is None or depth < 3:
            return
        wall, high = lot.gable
        side = -1 if lot.panel.at < 0 else 1
        veil = min(0.75, depth / self.look.haze_m)
        light = self.look.right_light
        tone = tuple(
            round(w * part / 300 * (1 - veil) + fog * veil)
            for w, part, fog in zip(wall, light, self.look.haze, strict=True)
        )
        edge, z = lot.panel.at, base + lot.start
        corners = [(edge, 2.6), (edge + side * 7, 2.6), (edge + side * 7, high), (edge, high)]
        outline = [lens.project((x, y, z))[:2] for x, y in corners]
        ImageDraw.Draw(canvas).polygon(outline, fill=tone)

    def _furniture(self, canvas: Image.Image, lens: Lens) -> Iterator[Drawing]:
        here, look, gap = lens.pose.z, self.look, gap_of(self.look)
        for i in range(int(here // LAMP_EVERY_M) - 1, int((here + SIGHT_M) // LAMP_EVERY_M)):
            z = (i + 0.5) * LAMP_EVERY_M
            x = -look.kerb - 0.35
            place = z % PERIOD_M
            if not gap[0] - 0.5 < place < gap[1] + 0.5 or look.zebra:
                yield (
                    z - here,
                    partial(stage.pole, canvas, lens, look, x, z + (9 if look.zebra else 0)),
                )
            if i % 2 and z - here > 1 and not look.zebra:
                cycle = (look.half_width - 0.9, z - 3.0)
                yield (
                    cycle[1] - here,
                    partial(
                        stage.stand, canvas, lens, look, vehicles.parked(), cycle, vehicles.CYCLE_M
                    ),
                )
        for base in self._periods(lens):
            for x, place, picture in self.town.signs:
                z = base + place - here
                if 2.0 < z < 45:
                    yield z, partial(self._sign, canvas, lens, (x, base + place), picture)

    def _sign(
        self, canvas: Image.Image, lens: Lens, place: tuple[float, float], picture: ground.Faded
    ) -> None:
        x, z = place
        panel = Panel(2, z, 0, (x - 0.32, x + 0.32), 1, (5.9, 3.5))
        paint(canvas, lens, panel, picture.seen_from(z - lens.pose.z))

    def _people(self, canvas: Image.Image, lens: Lens, t: float) -> Iterator[Drawing]:
        for mover in self.town.movers:
            gone = abs(mover.speed) * t / STRIDE_M + mover.start
            picture = mover.walker.picture(gone % 1.0)
            x, z = self._where(mover, lens, t)
            yield z - lens.pose.z, partial(
                stage.stand, canvas, lens, self.look, picture, (x, z), (WIDE_M, TALL_M),
                mirrored=mover.across and mover.speed < 0,
            )  # fmt: skip

    def _where(self, mover: Mover, lens: Lens, t: float) -> tuple[float, float]:
        """(x, z) of a mover; who leaves the scene comes in again at its other end."""
        if mover.across:
            return (mover.start + mover.speed * t) % 30.0 - 15.0, mover.lane
        ahead = (mover.start + mover.speed * t - lens.pose.z) % 56.0
        return mover.lane, lens.pose.z + ahead

    def _traffic(self, canvas: Image.Image, lens: Lens, t: float) -> Iterator[Drawing]:
        look, here, (start, end) = self.look, lens.pose.z, gap_of(self.look)
        spoke = int(t * 23) % vehicles.SPOKES
        for base in self._periods(lens):
            z = base + (start + end) / 2
            if not 2 < z - here < 40:
                continue
            cycle = (9.0 - (3.1 * t) % 34.0 + 8, z + 1.2)
            rider = vehicles.rider((88, 104, 92), int(t * 7) % vehicles.SPOKES)
            yield (
                cycle[1] - here,
                partial(
                    stage.stand, canvas, lens, look, rider, cycle, vehicles.CYCLE_M, mirrored=True
                ),
            )
            yield (
                z - here,
                partial(self._passing_van, canvas, lens, ((5.2 * t) % 46.0 - 20, z), spoke),
            )
        if look.zebra:
            yield (
                end + 1 - here,
                partial(
                    stage.signal, canvas, lens, look.kerb + 0.5, end + 0.6, go=int(t / 12) % 2 == 0
                ),
            )
        if look.kinds[0] == "house":
            z = here + 60.0 - (4.2 * t + 30) % 75.0
            yield z - here, partial(self._oncoming_van, canvas, lens, (1.35, z))

    def _passing_van(
        self, canvas: Image.Image, lens: Lens, place: tuple[float, float], spoke: int
    ) -> None:
        night = self.look.lamps
        picture = vehicles.van(VAN, spoke, lit=night)
        stage.stand(canvas, lens, self.look, picture, place, vehicles.CAR_M)
        if night:
            stage.lamp(
                canvas, lens, self.look, (place[0] + 1.65, 0.8, place[1]), (250, 240, 214), 1.9
            )
            stage.lamp(
                canvas, lens, self.look, (place[0] - 1.65, 0.95, place[1]), (180, 24, 20), 0.9
            )

    def _oncoming_van(self, canvas: Image.Image, lens: Lens, place: tuple[float, float]) -> None:
        column, row, depth = lens.project((place[0], 0.0, place[1] - 2.5))
        if depth < stage.CLOSEST_M:
            return
        scale = self.focal / depth
        stage.shine(canvas, (column, row), (5.0 * scale, 1.3 * scale), (120, 116, 100))
        picture = vehicles.van_face(VAN, lit=True)
        stage.stand(canvas, lens, self.look, picture, place, vehicles.FACE_M)
        for side in (-0.57, 0.57):
            spot = (place[0] + side, 0.81, place[1])
            stage.lamp(canvas, lens, self.look, spot, (255, 246, 222), 2.6)
