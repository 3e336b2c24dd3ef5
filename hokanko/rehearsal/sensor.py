"""The sensor: grain, rain, dark corners, wandering exposure, and the burnt-in text."""

from __future__ import annotations

import math
from datetime import datetime

import av
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from hokanko.rehearsal.lettering import dice, grain
from hokanko.rehearsal.looks import Look
from hokanko.rehearsal.overlay import burn_in


class Sensor:
    """Turns drawn pictures into the frames that a small, cheap sensor would deliver."""

    def __init__(self, look: Look, seed: int, size: tuple[int, int]) -> None:
        self.look, self.size = look, size
        self.chance = dice("sensor", seed)
        wider = (size[0] + 256, size[1] + 256)
        self.grains = [grain(wider, look.noise, self.chance) for _ in range(2)]
        small = (wider[0] // 2, wider[1] // 2)
        self.colour_grain = grain(small, look.noise * 0.45, self.chance)
        self.corners = self._dark_corners()
        self.rain = [self._rain() for _ in range(3)] if look.rain else []

    def _dark_corners(self) -> Image.Image:
        fall = Image.radial_gradient("L").point(
            [255 - round(96 * (v / 255) ** 2.4) for v in range(256)]
        )
        width, height = self.size
        wide = fall.resize((width * 5 // 4, width * 5 // 4), Image.Resampling.BICUBIC)
        left, top = (wide.width - width) // 2, (wide.height - height) // 2
        return wide.crop((left, top, left + width, top + height))

    def _rain(self) -> Image.Image:
        sheet = Image.new("L", (self.size[0] + 200, self.size[1] + 200))
        pen = ImageDraw.Draw(sheet)
        for _ in range(170):
            x, y = self.chance.randint(0, sheet.width), self.chance.randint(0, sheet.height)
            length, tone = self.chance.randint(16, 70), self.chance.randint(14, 44)
            pen.line((x, y, x + length // 9, y + length), fill=tone, width=1 + length // 40)
        return sheet.filter(ImageFilter.BoxBlur(1))

    def expose(self, drawn: Image.Image, t: float, moment: datetime, serial: str) -> av.VideoFrame:
        """A drawn picture (RGB, any size) as a finished frame (yuv420p) of the sensor's size."""
        wide = av.VideoFrame(drawn.width, drawn.height, "rgb24")
        stride = wide.planes[0].line_size
        wide.planes[0].update(drawn.tobytes("raw", "RGB", stride, 1))
        frame = wide.reformat(self.size[0], self.size[1], "yuv420p", interpolation="BILINEAR")
        luma = self._luma(_plane(frame, 0), t)
        dot = burn_in(luma, moment, serial)
        blue, red = (self._chroma(_plane(frame, i)) for i in (1, 2))
        if moment.microsecond < 600_000:
            _dot((luma, blue, red), dot)
        for i, plane in enumerate((luma, blue, red)):
            frame.planes[i].update(plane.tobytes("raw", "L", frame.planes[i].line_size, 1))
        return frame

    def _luma(self, luma: Image.Image, t: float) -> Image.Image:
        settle = 0.32 * math.exp(-t * 2.2)
        gain = self.look.gain * (1 + settle + 0.035 * math.sin(t / 2.1) + 0.02 * math.sin(t / 0.73))
        luma = luma.point([min(255, round(16 + (v - 16) * gain)) for v in range(256)])
        luma = ImageChops.multiply(luma, self.corners)
        if self.rain:
            sheet = self.chance.choice(self.rain)
            luma = ImageChops.add(luma, self._somewhere(sheet, self.size, 200))
        return ImageChops.add(
            luma, self._somewhere(self.chance.choice(self.grains), self.size, 256), 1, -128
        )

    def _chroma(self, plane: Image.Image) -> Image.Image:
        return ImageChops.add(plane, self._somewhere(self.colour_grain, plane.size, 120), 1, -128)

    def _somewhere(self, sheet: Image.Image, size: tuple[int, int], room: int) -> Image.Image:
        left, top = self.chance.randrange(room), self.chance.randrange(room)
        return sheet.crop((left, top, left + size[0], top + size[1]))


def _plane(frame: av.VideoFrame, index: int) -> Image.Image:
    plane = frame.planes[index]
    size = (plane.width, plane.height)
    return Image.frombytes("L", size, bytes(plane), "raw", "L", plane.line_size, 1)


def _dot(planes: tuple[Image.Image, ...], dot: tuple[float, float, float]) -> None:
    """A red disc in the three planes (BT.601 red is 81, 90, 240)."""
    for plane, level, scale in zip(planes, (81, 90, 240), (1.0, 0.5, 0.5), strict=True):
        x, y, radius = (v * scale for v in dot)
        ImageDraw.Draw(plane).ellipse((x - radius, y - radius, x + radius, y + radius), fill=level)
