"""The placement map (配置図) of a site as values: circled numbers, arrows, signs."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from hokanko.cameras.models import Camera, Site
from hokanko.cameras.queries import FIXED
from hokanko.papers.placement import cone

WIDE = 1000  # the map's own units across
FAR = 150  # how far a cone of view is drawn: it says how wide a camera sees, not how far
BLANK = (3, 2)  # shape of the sheet where there is no base map
PICKED = 320  # CSS pixels across where a place is picked on the map: it fits any screen


@dataclass(frozen=True, slots=True)
class Mark:
    """A camera or a sign on the map, in the map's units; `facing` is 0 up, clockwise."""

    x: int
    y: int
    text: str
    number: str
    key: str  # of what it stands for, as addresses name it
    facing: int | None = None
    cone: str = ""  # points of an SVG polygon around it
    planned: bool = False  # a sign that does not hang yet
    is_picked: bool = False  # tried here, not recorded yet


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn over the base map, and what is not on it yet."""

    width: int
    height: int
    has_base: bool
    cameras: tuple[Mark, ...]
    signs: tuple[Mark, ...]
    undrawn: tuple[str, ...]  # numbers of cameras without a place on it
    unhung: tuple[str, ...]  # numbers of signs without one

    @property
    def shows_cones(self) -> bool:
        """Whether it is known of a camera how wide it sees."""
        return any(camera.cone for camera in self.cameras)

    @property
    def planned(self) -> int:
        """How many of the signs do not hang yet."""
        return sum(sign.planned for sign in self.signs)

    @property
    def posted(self) -> int:
        """How many of the signs hang."""
        return len(self.signs) - self.planned

    @property
    def picked_height(self) -> int:
        """Height in CSS pixels where it is `PICKED` wide."""
        return round(PICKED * self.height / self.width)


def drawing(site: Site) -> Drawing:
    """The placement map of a site: its standing cameras, its signs, hanging or planned."""
    across, down = png_size(bytes(site.map_png)) if site.map_png else BLANK
    height = round(WIDE * down / across)
    cameras = list(site.cameras.filter(kind=FIXED, retired_at=None).order_by("number"))
    signs = (
        site.signs.filter(removed_on=None).order_by("number", "pk").defer("photo", "removal_photo")
    )
    return Drawing(
        width=WIDE,
        height=height,
        has_base=bool(site.map_png),
        cameras=tuple(
            Mark(
                *_at(camera, height),
                camera.number,
                camera.number,
                f"camera:{camera.pk}",
                camera.facing_deg,
                cone_points(camera.facing_deg, camera.view_deg),
            )
            for camera in cameras
            if _is_placed(camera)
        ),
        signs=tuple(
            Mark(
                round(sign.map_x * WIDE),
                round(sign.map_y * height),
                sign.place,
                str(sign.number),
                f"sign:{sign.pk}",
                planned=sign.posted_on is None,
            )
            for sign in signs
            if sign.map_x is not None and sign.map_y is not None
        ),
        undrawn=tuple(camera.number for camera in cameras if not _is_placed(camera)),
        unhung=tuple(str(sign.number) for sign in signs if sign.map_x is None),
    )


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG that this house has drawn."""
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


def _is_placed(camera: Camera) -> bool:
    return camera.map_x is not None and camera.map_y is not None


def cone_points(facing_deg: int | None, view_deg: int | None) -> str:
    """The cone of view around a camera, as the points of an SVG polygon; empty if unknown."""
    if facing_deg is None or not view_deg:
        return ""
    far = cone(facing_deg, view_deg)
    points = [(0.0, 0.0), *((FAR * x, FAR * y) for x, y in far)]
    return " ".join(f"{round(x)},{round(y)}" for x, y in points)


def _at(camera: Camera, height: int) -> tuple[int, int]:
    return round((camera.map_x or 0) * WIDE), round((camera.map_y or 0) * height)
