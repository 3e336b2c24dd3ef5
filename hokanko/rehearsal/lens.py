"""The eye of the simulated camera: a pinhole that walks, and flat panels seen through it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from PIL import Image, ImageDraw

Point = tuple[float, float, float]
NEAR_M = 1.9  # nothing closer is drawn; yaw stays so small that this keeps all depths positive

MARGIN = 0.03  # share of a picture kept beyond its panel: a rounded outline reads past the edge


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the camera is (metres: right, up, ahead) and how it is turned (radians)."""

    x: float
    y: float
    z: float
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0


@dataclass(frozen=True)
class Lens:
    """A pinhole camera of `width` × `height` pixels and `focal` pixels at `pose`."""

    width: int
    height: int
    focal: float
    pose: Pose

    @cached_property
    def axes(self) -> tuple[Point, Point, Point]:
        """Unit vectors right, up and ahead of the camera, in the world."""
        sy, cy = math.sin(self.pose.yaw), math.cos(self.pose.yaw)
        sp, cp = math.sin(self.pose.pitch), math.cos(self.pose.pitch)
        sr, cr = math.sin(self.pose.roll), math.cos(self.pose.roll)
        right, up, ahead = (cy, 0.0, -sy), (-sy * sp, cp, -cy * sp), (sy * cp, sp, cy * cp)
        turned = tuple(r * cr + u * sr for r, u in zip(right, up, strict=True))
        raised = tuple(u * cr - r * sr for r, u in zip(right, up, strict=True))
        return (turned[0], turned[1], turned[2]), (raised[0], raised[1], raised[2]), ahead

    def project(self, point: Point) -> tuple[float, float, float]:
        """Pixel column, pixel row and depth (m) of a point of the world."""
        x, y, z = point[0] - self.pose.x, point[1] - self.pose.y, point[2] - self.pose.z
        right, up, ahead = self.axes
        depth = ahead[0] * x + ahead[1] * y + ahead[2] * z
        scale = self.focal / max(depth, 0.05)
        column = self.width / 2 + (right[0] * x + right[1] * y + right[2] * z) * scale
        return column, self.height / 2 - (up[0] * x + up[1] * y + up[2] * z) * scale, depth

    def ray(self, left: float, top: float) -> list[Point]:
        """For each world axis, how the ray through pixel (left + i, top + j) grows: (i, j, 1)."""
        across, down = left - self.width / 2, top - self.height / 2
        right, up, ahead = self.axes
        return [
            (r / self.focal, -u / self.focal, a + (r * across - u * down) / self.focal)
            for r, u, a in zip(right, up, ahead, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Panel:
    """A picture on an axis-parallel rectangle of the world.

    `axis` (0 right, 1 up, 2 ahead) is the one along which the panel does not extend, `at` its
    place there; the picture's left and right edges lie at `across` on axis `u`, its top and
    bottom edges at `down` on axis `v`.
    """

    axis: int
    at: float
    u: int
    across: tuple[float, float]
    v: int
    down: tuple[float, float]

    def corners(self, nearest_z: float) -> list[Point]:
        """The four corners in order, cut off at `nearest_z`; empty when nothing is left."""
        spans = {self.u: self.across, self.v: self.down, self.axis: (self.at, self.at)}
        if max(spans[2]) <= nearest_z:
            return []
        spans[2] = (max(spans[2][0], nearest_z), max(spans[2][1], nearest_z))
        corners = []
        for i, j in ((0, 0), (1, 0), (1, 1), (0, 1)):
            place = {self.axis: self.at, self.u: spans[self.u][i], self.v: spans[self.v][j]}
            corners.append((place[0], place[1], place[2]))
        return corners

    def mapping(
        self, lens: Lens, corner: tuple[int, int], size: tuple[int, int]
    ) -> tuple[float, ...]:
        """Pillow's PERSPECTIVE coefficients from screen pixels right of `corner` to the picture."""
        ray = lens.ray(*corner)
        eye = (lens.pose.x, lens.pose.y, lens.pose.z)
        away, depth = self.at - eye[self.axis], ray[self.axis]
        one = depth[2] or 1e-9
        rows: list[float] = []
        for axis, span, pixels in ((self.u, self.across, size[0]), (self.v, self.down, size[1])):
            margin = max(1.0, pixels * MARGIN)
            scale = (pixels - 2 * margin) / (span[1] - span[0])
            start = eye[axis] - span[0] + margin / scale
            rows += [
                (start * d + away * r) * scale / one for d, r in zip(depth, ray[axis], strict=True)
            ]
        return (*rows, depth[0] / one, depth[1] / one)


def paint(canvas: Image.Image, lens: Lens, panel: Panel, picture: Image.Image) -> None:
    """Draw `picture` (RGB) on `panel` as `lens` sees it."""
    outline = [lens.project(c)[:2] for c in panel.corners(lens.pose.z + NEAR_M)]
    if not outline:
        return
    columns, rows = [p[0] for p in outline], [p[1] for p in outline]
    left, top = max(0, math.floor(min(columns))), max(0, math.floor(min(rows)))
    right = min(canvas.width, math.ceil(max(columns)) + 1)
    bottom = min(canvas.height, math.ceil(max(rows)) + 1)
    if right - left < 2 or bottom - top < 2:
        return
    size = (right - left, bottom - top)
    # rounding may reach a pixel past the picture: show there what its middle shows, not black
    tile = picture.transform(
        size,
        Image.Transform.PERSPECTIVE,
        panel.mapping(lens, (left, top), picture.size),
        fillcolor=picture.getpixel((picture.width // 3, picture.height // 2)),
    )
    mask = Image.new("1", size)
    ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in outline], fill=1)
    canvas.paste(tile, (left, top), mask)
