"""The one clock (I11). All time comes from here; a civil day is a day in Tokyo.

A rehearsal home may move its clock, a real home never can: the offset is read from
`rehearsal.json` in the home, a file that only `hokanko init --rehearsal` makes.
"""

from __future__ import annotations

import errno
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

TOKYO = timezone(timedelta(hours=9), "JST")  # Japan has had no summer time since 1951
REHEARSAL_FILE = "rehearsal.json"


class _Clock:
    """Where the time comes from; set once at start, or by a test."""

    home: Path | None = None
    file: str | None = None  # the rehearsal's offset, read at every look at the clock
    fixed: datetime | None = None


def use_home(home: Path) -> None:
    """Read the rehearsal offset, if there is one, from this home from now on."""
    _Clock.home = home
    _Clock.file = str(home / REHEARSAL_FILE)


def fix(moment: datetime | None) -> None:
    """Stand still at `moment` (tests); None lets the clock run again."""
    _Clock.fixed = moment


def now() -> datetime:
    """This moment in Tokyo, with its offset."""
    if _Clock.fixed is not None:
        return _Clock.fixed.astimezone(TOKYO)
    return (datetime.now(UTC) + offset()).astimezone(TOKYO)  # noqa: TID251 the one place


def unmoved() -> datetime:
    """This moment as clocks elsewhere have it, a phone's say: a rehearsal's leap is left out."""
    return now() if _Clock.fixed is not None else now() - offset()


def today() -> date:
    """The civil day in Tokyo."""
    return now().date()


def day_of(moment: datetime) -> date:
    """The civil day in Tokyo on which an aware moment falls."""
    return moment.astimezone(TOKYO).date()


def is_rehearsal() -> bool:
    """Whether this home may move its clock."""
    return _Clock.home is not None and (_Clock.home / REHEARSAL_FILE).exists()


def is_real() -> bool:
    """Whether the time is this machine's own: no rehearsal's, and none that a test has set."""
    return _Clock.fixed is None and not is_rehearsal()


def offset() -> timedelta:
    """How far a rehearsal has been moved; always zero in a real home."""
    if _Clock.file is None:
        return timedelta()
    try:
        with open(_Clock.file) as file:  # noqa: PTH123 a Path costs more than the reading
            return timedelta(seconds=json.loads(file.read())["offset_seconds"])
    except FileNotFoundError:
        return timedelta()
    except (ValueError, KeyError, TypeError, OverflowError) as bad:
        raise OSError(errno.EIO, f"{REHEARSAL_FILE} is damaged", _Clock.file) from bad


def move(by: timedelta) -> None:
    """Move the clock of a rehearsal home by `by`. Raises FileNotFoundError in a real home."""
    if _Clock.home is None or not is_rehearsal():
        raise FileNotFoundError(REHEARSAL_FILE)
    seconds = (offset() + by).total_seconds()
    path = _Clock.home / REHEARSAL_FILE
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"offset_seconds": seconds}))
    draft.replace(path)


def iso(moment: datetime) -> str:
    """A moment for machines: ISO 8601 in Tokyo time, with its offset."""
    return moment.astimezone(TOKYO).isoformat(timespec="seconds")


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = divmod(year * 12 + month + 1, 12)
    first, next_first = date(year, month + 1, 1), date(following[0], following[1] + 1, 1)
    return first.replace(day=min(day.day, (next_first - first).days))
