"""Stills that are handed out: the margin with their number, and the sheets to print them on."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.formats.png import size
from hokanko.papers.placement import as_svg
from hokanko.papers.press import pdf, png
from hokanko.papers.sheet import Sheet

PIXEL = 72  # of a margin: a point of the template is a pixel


@dataclass(frozen=True, slots=True)
class Numbered:
    """One still: its number in the register, the picture (PNG), and where it was taken."""

    number: str
    picture: bytes
    taken: str
    sha256: str


def margin(width: int, number: str, told: str) -> bytes:
    """A strip as wide as the picture (pixels): the number, and in small what the picture is."""
    (strip,) = png("margin", {"width": width, "number": number, "told": told}, PIXEL)
    return strip


def sheets(sheet: Sheet, stills: list[Numbered]) -> bytes:
    """A page for each still, its number below it, as PDF."""
    told = [
        {
            "number": still.number,
            "picture": as_svg(still.picture, *size(still.picture)),
            "taken": still.taken,
            "sha256": still.sha256,
        }
        for still in stills
    ]
    return pdf("still", {"sheet": sheet.data(), "stills": told})
