"""Where the footage of one check-out leaves time uncovered: date arithmetic, no questions asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hokanko.footage.worn import EARLY, LATE, OVER, PAUSE, SILENCE


@dataclass(frozen=True, slots=True)
class Marks:
    """From how long on something is asked about: the rulebook's own minutes."""

    late: timedelta
    early: timedelta
    pause: timedelta
    long_pause: timedelta
    silence: timedelta


@dataclass(frozen=True, slots=True)
class Taken:
    """One piece of footage as a span of time; `number` names it."""

    number: str
    begun: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Time to be accounted for; `is_long` marks a pause beyond the rulebook's mark."""

    kind: str
    begun: datetime
    ended: datetime
    is_long: bool = False

    @property
    def key(self) -> str:
        """What names it on a page, and in a form sent back."""
        return f"{self.kind}-{int(self.begun.timestamp())}"

    @property
    def minutes(self) -> int:
        """How long it is, in whole minutes."""
        return int((self.ended - self.begun).total_seconds() // 60)


def gaps(
    out_at: datetime, back_at: datetime, taken: Sequence[Taken], marks: Marks, *, running: bool
) -> list[Gap]:
    """What a check-out leaves to be explained, in order of time.

    `back_at` is the return, or now while the camera is `running`: then nothing can have stopped
    early yet, and what it films is still inside it. A whole check-out without footage is one
    silence, or a late start while it is short.
    """
    spans = _merged(taken)
    if not spans:
        if running:
            return []
        if back_at - out_at >= marks.silence:
            return [Gap(SILENCE, out_at, back_at)]
        return [Gap(LATE, out_at, back_at)] if back_at - out_at >= marks.late else []
    first, last = spans[0][0], spans[-1][1]
    found = [Gap(LATE, out_at, first)] if first - out_at >= marks.late else []
    found += _pauses(spans, marks)
    if not running and back_at - last >= marks.early:
        found.append(Gap(EARLY, last, back_at))
    if not running and last - back_at >= marks.early:
        found.append(Gap(OVER, back_at, last))
    return found


def _merged(taken: Sequence[Taken]) -> list[tuple[datetime, datetime]]:
    """Spans in order, those that overlap as one."""
    spans: list[tuple[datetime, datetime]] = []
    for piece in sorted(taken, key=lambda each: (each.begun, each.ended)):
        if spans and piece.begun <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.ended))
        else:
            spans.append((piece.begun, piece.ended))
    return spans


def _pauses(spans: Sequence[tuple[datetime, datetime]], marks: Marks) -> Iterator[Gap]:
    for (_, ended), (begun, _) in pairwise(spans):
        if begun - ended >= marks.pause:
            yield Gap(PAUSE, ended, begun, begun - ended > marks.long_pause)
