"""When footage must be gone: pure date arithmetic (police 第7の1(2); docs/design/005).

「作成された日から起算して90日間」 counts the first day: created on 2025-08-01 at any hour in Tokyo,
the last day is 2025-10-29, and from 2025-10-30 00:00 it is unreadable.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hokanko import clock


def last_day(start: datetime, days: int, *, count_first_day: bool) -> date:
    """The last civil day (Tokyo) on which footage whose clock started at `start` is readable."""
    if days < 1:
        raise ValueError("retention is at least one day")
    return clock.day_of(start) + timedelta(days=days - 1 if count_first_day else days)


def counted(
    created: datetime,
    captured: datetime | None,
    days: int,
    *,
    clock_start: str,
    count_first_day: bool,
) -> date:
    """The last day under `clock_start`: "captured" counts from the capture, once it is known.

    Never later than what the creation gives: a camera whose clock runs ahead keeps nothing longer.
    """
    latest = last_day(created, days, count_first_day=count_first_day)
    if clock_start != "captured" or captured is None:
        return latest
    return min(latest, last_day(captured, days, count_first_day=count_first_day))


def is_over(last: date, today: date) -> bool:
    """Whether that last day has ended."""
    return today > last
