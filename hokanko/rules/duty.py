"""Night duty (当直時間帯): when the supervisor stands in, and when he must have reported by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hokanko import clock
from hokanko.rules.decide import parameter

REPORT_WITHIN = timedelta(hours=2)  # software default for 「速やかに」 after the end of night duty
YEAR_END = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))
STEP = timedelta(minutes=1)


def is_night(org: str, moment: datetime) -> bool:
    """Whether a moment falls in the unit's night-duty hours; closed days count whole."""
    hours = parameter(org, "night_duty.hours")
    if hours is None:  # the document knows no night duty
        return False
    start, end = (time.fromisoformat(part) for part in str(hours).split("-"))
    at = moment.astimezone(clock.TOKYO)
    if parameter(org, "night_duty.holidays") and _is_closed(at.date()):
        return True
    now = at.time()
    return start <= now or now < end if start > end else start <= now < end


def report_due(org: str, moment: datetime) -> datetime:
    """By when a provision made in that night must have been reported."""
    end = moment.astimezone(clock.TOKYO).replace(second=0, microsecond=0)
    while is_night(org, end):
        end += STEP
    return end + REPORT_WITHIN


def _is_closed(day: date) -> bool:
    """Weekends and the turn of the year; national holidays are not known to the software."""
    return day.weekday() >= 5 or (day.month, day.day) in YEAR_END
