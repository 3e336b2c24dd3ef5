"""When the pictures of a piece came, and when none did: by the stream's own time and by ours."""

from __future__ import annotations

JUMP_S = 5.0
HOLE_S = 2.0  # longer without a picture is a hole
AT_ONCE_S = 0.5  # what a camera held ready comes within
_MOST_AT_ONCE_S = 30.0
_AT_ONCE_SPEED = 4.0  # slower is a camera whose clock runs wrong
_HELD_BACK_S = 1.0
_CATCH_UP_S = 5.0  # what was held up on the way has come by then
Hole = tuple[float, float]


class Jumped(ValueError):
    """The stream goes on with another clock or another picture: the next piece begins anew."""


class Pulse:
    """Pictures of one piece, in seconds since it began."""

    def __init__(self) -> None:
        self.early_s = 0.0  # it began so much earlier than its first picture came
        self.heard_s = 0.0  # the last picture, by our clock
        self.late_s = 0.0  # how far the stream's own time is behind ours
        self._at_s, self._held_back = 0.0, False
        self._still: tuple[Hole, float] | None = None

    def hear(self, passed_s: float, open_s: float) -> Hole | None:
        """A picture of that time of the stream, so long after the first one came.

        Gives a hole once it is known to be one. Raises Jumped where the stream's time and ours
        have nothing to do with one another. FFmpeg holds each picture back until the next one
        comes: after a pause the first is late, and only if the next is late too is that the
        stream's own doing.
        """
        late_s = open_s + self.early_s - passed_s
        if -_MOST_AT_ONCE_S < late_s < 0 and _came_at_once(passed_s, open_s):
            self.early_s -= late_s  # filmed before it was sent
            late_s = 0.0
        before_s, behind_s, at_s = self.heard_s, self.late_s, self._at_s
        self._held_back = not self._held_back and late_s - behind_s > _HELD_BACK_S
        if not self._held_back:
            if abs(late_s) > JUMP_S:
                raise Jumped
            self.late_s = late_s
        self._at_s, self.heard_s = passed_s, passed_s + self.late_s
        if min(self.heard_s - before_s, passed_s - at_s) > HOLE_S:
            return before_s, self.heard_s
        if self.heard_s - before_s > HOLE_S:
            self._still = ((before_s, self.heard_s), behind_s)
        return self._stood_still()

    def stand(self, open_s: float) -> None:
        """Another piece follows: until now the last picture stood, unless none came for long."""
        if open_s + self.early_s - self.heard_s <= HOLE_S:
            self.heard_s = open_s + self.early_s

    def take_back(self) -> None:
        """It began when its first picture came, not earlier."""
        self.heard_s = max(0.0, self.heard_s - self.early_s)
        self.early_s = 0.0

    def _stood_still(self) -> Hole | None:
        """A pause that the stream's time knows nothing of, unless it is made up for afterwards."""
        if self._still is None:
            return None
        hole, behind_s = self._still
        caught_up = self.late_s - behind_s <= _HELD_BACK_S
        if caught_up or self.heard_s - hole[1] > _CATCH_UP_S:
            self._still = None
            return None if caught_up else hole
        return None


def _came_at_once(passed_s: float, open_s: float) -> bool:
    return open_s <= AT_ONCE_S and passed_s > _AT_ONCE_SPEED * open_s
