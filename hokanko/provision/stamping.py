"""The number of a still in the register, set in a margin below it; its pixels stay untouched."""

from __future__ import annotations

from hokanko.errors import Unsound
from hokanko.footage.models import Footage
from hokanko.formats.png import below, size
from hokanko.papers.still import Numbered, margin
from hokanko.provision.models import Provision


def stamped(provision: Provision, footage: Footage, number: str, image: bytes, at_ms: int) -> bytes:
    """The picture (PNG) with its number below it. Raises Unsound for a picture of another kind."""
    told = f"{place_of(footage, at_ms)}　{provision.org.name}"
    try:
        width, _height = size(image)
        return below(image, margin(width, f"管理番号 {number}", told))
    except ValueError as odd:
        raise Unsound(
            f"{footage.number} から取り出した画像に管理番号を付けられません。",
            f"The picture taken from {footage.number} cannot be given its number.",
        ) from odd


def to_print(footage: Footage, number: str, image: bytes, at_ms: int, bare: str) -> Numbered:
    """The same for its sheet of paper; `bare` is the SHA-256 (hex) of the picture alone."""
    return Numbered(number, image, place_of(footage, at_ms), bare)


def place_of(footage: Footage, at_ms: int) -> str:
    """Where a picture was taken, in words."""
    return f"{footage.number}　{at_ms / 1000:.1f}秒"
