"""Words as a picture, in place of one that does not come."""

from __future__ import annotations

from functools import lru_cache

from hokanko.papers.press import png

_PIXEL = 72  # a point of the template is a pixel


@lru_cache(maxsize=64)
def slate(title: str, told: str, name: str) -> bytes:
    """A PNG of 640 × 360: what is the matter, what to do, and of which camera it speaks."""
    (made,) = png("slate", {"title": title, "told": told, "name": name}, _PIXEL)
    return made
