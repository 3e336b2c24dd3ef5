"""配置図: where cameras and signs stand on a map, and which way each camera looks (ward-map)."""

from __future__ import annotations

import base64
import math
import struct
from dataclasses import dataclass
from typing import Any

from hokanko.papers.press import pdf, png
from hokanko.papers.sheet import Sheet

PNG = b"\x89PNG\r\n\x1a\n"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
COMPASS = ("上", "右上", "右", "右下", "下", "左下", "左", "左上")


@dataclass(frozen=True, slots=True)
class CameraMark:
    """A camera on the map: x 0 left to 1 right, y 0 top to 1 bottom; 0° looks up, clockwise."""

    number: str
    place: str
    x: float
    y: float
    facing_deg: int
    view_deg: int | None = None
    reach: float | None = None  # how far it sees, by the map's width
    reaches: str = ""  # the same in metres, where the map has a scale

    @property
    def circled(self) -> str:
        """The number in a circle, as the legend has it; as it is where no such character exists."""
        plain = self.number.isdecimal() and 1 <= int(self.number) <= len(CIRCLED)
        return CIRCLED[int(self.number) - 1] if plain else self.number

    @property
    def direction(self) -> tuple[float, float]:
        """The arrow as a step on the map: right and down are positive, its length is 1."""
        angle = math.radians(self.facing_deg)
        return round(math.sin(angle), 6), round(-math.cos(angle), 6)

    @property
    def towards(self) -> str:
        """The arrow in words, to one of eight directions."""
        return COMPASS[round(self.facing_deg / 45) % len(COMPASS)]

    @property
    def range(self) -> str:
        """How wide and how far it sees, in words; empty where neither is known."""
        wide = f"画角{self.view_deg}°" if self.view_deg else ""
        return "、".join(filter(None, (wide, self.reaches)))


def cone(facing_deg: int, view_deg: int) -> tuple[tuple[float, float], ...]:
    """The far edge of what a camera sees, as points around it at distance 1, right and down."""
    steps = max(2, view_deg // 4)
    angles = (facing_deg - view_deg / 2 + view_deg * i / steps for i in range(steps + 1))
    turned = (math.radians(angle) for angle in angles)
    return tuple((round(math.sin(a), 4), round(-math.cos(a), 4)) for a in turned)


@dataclass(frozen=True, slots=True)
class SignMark:
    """A sign on the map, in the same coordinates; `planned` while it does not hang yet."""

    number: int
    place: str
    x: float
    y: float
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """One sheet of a site. `base_png` is the picture below; raises ValueError if it is no PNG."""

    site: str
    address: str
    base_png: bytes
    cameras: tuple[CameraMark, ...]
    signs: tuple[SignMark, ...]
    sheet: str = ""  # which, where a site has several
    across: str = ""  # its width in metres, where it is known

    @property
    def called(self) -> str:
        """The site, and which of its sheets."""
        return f"{self.site}　{self.sheet}".strip()

    def data(self) -> dict[str, Any]:
        """As `plan.typ` reads it."""
        width, height = _size(self.base_png)
        return {
            "called": self.called,
            "address": self.address,
            "across": self.across,
            "base": as_svg(self.base_png, width, height),
            "ratio": height / width,
            "cameras": [_camera(camera) for camera in self.cameras],
            "signs": [
                {"number": s.number, "place": s.place, "x": s.x, "y": s.y, "planned": s.planned}
                for s in self.signs
            ],
        }


def render(sheet: Sheet, maps: tuple[Placement, ...]) -> bytes:
    """The maps as PDF, a page or more for each sheet of each site."""
    return pdf("placement", data(sheet, maps))


def picture(paper: Placement) -> bytes:
    """One sheet with marks and legend, 170 mm wide, as PNG, for what cannot draw it."""
    return png("drawing", {"map": paper.data()})[0]


def data(sheet: Sheet, maps: tuple[Placement, ...]) -> dict[str, object]:
    """As `placement.typ` reads it."""
    return {"sheet": sheet.data(), "maps": [each.data() for each in maps]}


def _camera(camera: CameraMark) -> dict[str, object]:
    return {
        "number": camera.number,
        "circled": camera.circled,
        "place": camera.place,
        "x": camera.x,
        "y": camera.y,
        "step": list(camera.direction),
        "cone": [list(at) for at in cone(camera.facing_deg, camera.view_deg)]
        if camera.view_deg
        else [],
        "reach": camera.reach,
        "towards": camera.towards,
        "range": camera.range,
    }


def _size(image: bytes) -> tuple[int, int]:
    """Width and height in pixels (PNG, IHDR)."""
    if not image.startswith(PNG) or len(image) < 24:
        raise ValueError("the base map is no PNG picture")
    width, height = struct.unpack(">II", image[16:24])
    return int(width), int(height)


def as_svg(image: bytes, width: int, height: int) -> str:
    """The picture as text, so that it travels in the paper's data like everything else."""
    inside = f"data:image/png;base64,{base64.b64encode(image).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="{inside}"/></svg>'
    )
