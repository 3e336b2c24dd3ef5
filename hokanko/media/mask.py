"""A rectangle of the picture that is blackened for a while, as a clip or a camera is told of it."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 40  # rectangles of one piece of work


@dataclass(frozen=True, slots=True)
class Mask:
    """Edges in percent of the picture, from left and top; [from_ms, until_ms) of the footage.

    Raises ValueError for what is no rectangle or no time.
    """

    left: float
    top: float
    right: float
    bottom: float
    from_ms: int
    until_ms: int

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= 100 and 0 <= self.top < self.bottom <= 100):
            raise ValueError("a rectangle of the picture")
        if not 0 <= self.from_ms < self.until_ms:
            raise ValueError("a time of the footage")
