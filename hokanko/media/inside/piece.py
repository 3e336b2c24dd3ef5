"""A stretch of footage cut out for playing: its limits on the footage's own time, and its bytes."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 8 << 20


class NothingThere(ValueError):
    """No picture could be shown at or after the time asked for."""


class Uncopyable(ValueError):
    """This stretch cannot be handed to a browser without decoding it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, in milliseconds since the first picture.

    After the last picture of all, that picture stays until `hold_ms`.
    """

    start_ms: int
    length_ms: int
    hold_ms: int = 0

    @property
    def end_ms(self) -> int:
        """Where the part should end, the earliest."""
        return self.start_ms + self.length_ms


@dataclass(frozen=True, slots=True)
class Piece:
    """A part: [start_ms, end_ms), the next one starts at its end; `last` if there is none."""

    start_ms: int
    end_ms: int
    last: bool
    body: bytes
