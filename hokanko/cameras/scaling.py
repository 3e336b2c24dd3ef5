"""The scale of a sheet measured on it: two points, and how many metres they lie apart."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

LEAST, MOST = 1, 10_000  # metres that a sheet is wide
NEAREST = 2.0  # percent of its width: of points nearer than that the press itself decides


@dataclass(frozen=True, slots=True)
class Ruler:
    """Two points in percent from the left and the top of a sheet, and the metres between them."""

    left: float | None = None
    top: float | None = None
    to_left: float | None = None
    to_top: float | None = None
    metres: float | None = None

    @property
    def has_first(self) -> bool:
        """Whether the first point is chosen."""
        return self.left is not None and self.top is not None

    @property
    def has_both(self) -> bool:
        """Whether both are."""
        return self.has_first and self.to_left is not None and self.to_top is not None

    def pressed(self, left: float, top: float) -> Ruler:
        """With another point: the second; or the first, when none or both are chosen."""
        if self.has_first and not self.has_both:
            return replace(self, to_left=left, to_top=top)
        return Ruler(left, top, metres=self.metres)

    def length(self, ratio: float) -> float:
        """How far the points lie apart, in percent of the sheet's width; 0 without both.

        `ratio` is the sheet's height by its width.
        """
        if self.left is None or self.top is None or self.to_left is None or self.to_top is None:
            return 0.0
        return math.hypot(self.to_left - self.left, (self.to_top - self.top) * ratio)

    def across(self, ratio: float) -> float | None:
        """The metres that the sheet is wide; None where that cannot be told from it."""
        length = self.length(ratio)
        if self.metres is None or length < NEAREST:
            return None
        return round(self.metres * 100 / length, 2)
