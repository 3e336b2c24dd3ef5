"""Night duty (当直時間帯): when the supervisor stands in, and when he must have reported by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import jpholiday

from hokanko import clock
from hokanko.rules.decide import parameter

REPORT_WITHIN = timedelta(hours=2)  # software default for 「速やかに」 after the end of night duty
YEAR_END = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))


def is_night(org: str, moment: datetime) -> bool:
    """Whether a moment falls in the unit's night-duty hours; closed days count whole."""
    hours = _hours(org)
    if hours is None:  # the document knows no night duty
        return False
    start, end = hours
    at = moment.astimezone(clock.TOKYO)
    if parameter(org, "night_duty.holidays") and is_closed(at.date()):
        return True
    now = at.time()
    return start <= now or now < end if start > end else start <= now < end


def report_due(org: str, moment: datetime) -> datetime:
    """By when a provision made in that night must be reported: soon after the next working morning.

    Raises ValueError where the rulebook knows no night duty.
    """
    hours = _hours(org)
    if hours is None:
        raise ValueError(org)
    day, end = clock.day_of(moment), moment
    while is_night(org, end):
        end = datetime.combine(day, hours[1], clock.TOKYO)
        end = max(moment, end)
        day += timedelta(days=1)
    return end + REPORT_WITHIN


def is_closed(day: date) -> bool:
    """Weekends, national holidays (国民の祝日に関する法律) and the turn of the year."""
    at_year_end = (day.month, day.day) in YEAR_END
    return day.weekday() >= 5 or at_year_end or jpholiday.is_holiday(day)


def _hours(org: str) -> tuple[time, time] | None:
    hours = parameter(org, "night_duty.hours")
    if hours is None:
        return None
    start, end = (time.fromisoformat(part) for part in str(hours).split("-"))
    return start, end
