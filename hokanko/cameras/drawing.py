"""A sheet of the placement map (配置図) as values: circled numbers, arrows, cones, signs."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from django.db.models import Q

from hokanko.cameras.models import Camera, Sheet, Site
from hokanko.cameras.queries import FIXED
from hokanko.cameras.sheets import told_reach
from hokanko.papers.placement import cone

WIDE = 1000  # the map's own units across
FAR = 150  # how far a cone is drawn that says how wide a camera sees, and not how far
BLANK = (3, 2)  # shape of the sheet where there is no base map
STANDING = Q(kind=FIXED, retired_at=None)
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
    reaches: str = ""  # how far, in words
    planned: bool = False  # a sign that does not hang yet
    is_picked: bool = False  # tried here, not recorded yet


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn over a sheet's base map."""

    sheet: Sheet
    width: int
    height: int
    has_base: bool
    cameras: tuple[Mark, ...]
    signs: tuple[Mark, ...]

    @property
    def shows_cones(self) -> bool:
        """Whether it is known of a camera how wide it sees."""
        return any(camera.cone for camera in self.cameras)

    @property
    def shows_reach(self) -> bool:
        """Whether it is known of a camera how far it sees."""
        return any(camera.cone and camera.reaches for camera in self.cameras)

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


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What of a site is on none of its sheets yet: numbers of cameras, of signs."""

    cameras: tuple[str, ...]
    signs: tuple[str, ...]


def drawing(sheet: Sheet) -> Drawing:
    """A sheet with the standing cameras and the signs, hanging or planned, that are on it."""
    across, down = png_size(bytes(sheet.map_png)) if sheet.map_png else BLANK
    height = round(WIDE * down / across)
    cameras = sheet.cameras.filter(STANDING).order_by("number", "pk")
    signs = sheet.signs.filter(removed_on=None).order_by("number", "pk")
    return Drawing(
        sheet=sheet,
        width=WIDE,
        height=height,
        has_base=bool(sheet.map_png),
        cameras=tuple(_camera(camera, sheet, height) for camera in cameras if _is_placed(camera)),
        signs=tuple(
            Mark(
                round(sign.map_x * WIDE),
                round(sign.map_y * height),
                sign.place,
                str(sign.number),
                f"sign:{sign.pk}",
                planned=sign.posted_on is None,
            )
            for sign in signs.defer("photo", "removal_photo")
            if sign.map_x is not None and sign.map_y is not None
        ),
    )


def unplaced(site: Site) -> Unplaced:
    """The standing cameras and the signs of a site that stand on no sheet."""
    cameras = site.cameras.filter(STANDING).order_by("number", "pk")
    signs = site.signs.filter(removed_on=None, map_x=None).order_by("number", "pk")
    return Unplaced(
        tuple(camera.number for camera in cameras if not _is_placed(camera)),
        tuple(map(str, signs.values_list("number", flat=True))),
    )


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG that this house has drawn."""
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


def _is_placed(camera: Camera) -> bool:
    return camera.map_x is not None and camera.map_y is not None


def cone_points(facing_deg: int | None, view_deg: int | None, reach: float | None = None) -> str:
    """The cone of view around a camera, as the points of an SVG polygon; empty if unknown.

    `reach` is how far it sees, by the sheet's width.
    """
    if facing_deg is None or not view_deg:
        return ""
    far = FAR if reach is None else reach * WIDE
    points = [(0.0, 0.0), *((far * x, far * y) for x, y in cone(facing_deg, view_deg))]
    return " ".join(f"{round(x)},{round(y)}" for x, y in points)


def _camera(camera: Camera, sheet: Sheet, height: int) -> Mark:
    return Mark(
        round((camera.map_x or 0) * WIDE),
        round((camera.map_y or 0) * height),
        camera.number,
        camera.number,
        f"camera:{camera.pk}",
        camera.facing_deg,
        cone_points(camera.facing_deg, camera.view_deg, camera.reach),
        told_reach(camera.reach, sheet),
    )
