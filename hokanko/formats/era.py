"""Japanese civil dates and times as official papers write them.

The year of an era's beginning is 元年; noon is 午後0時 and midnight 午前0時.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from hokanko.clock import TOKYO

ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
)
WRITTEN = re.compile(
    r"(令和|平成|昭和)(元|\d+)年(\d+)月(\d+)日(?: (午前|午後)(\d+)時(\d+)分(?:(\d+)秒)?)?", re.ASCII
)


def reiwa(day: date) -> str:
    """令和7年8月1日, or the era that the day fell in.

    A moment must know its offset and is read in Tokyo. Raises ValueError before 昭和.
    """
    if isinstance(day, datetime):
        day = _in_tokyo(day).date()
    for begins, name in ERAS:
        if day >= begins:
            year = day.year - begins.year + 1
            return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    raise ValueError(f"no era is known for {day}")


def both(day: date) -> str:
    """令和7年8月1日（2025年）."""
    year = _in_tokyo(day).year if isinstance(day, datetime) else day.year
    return f"{reiwa(day)}（{year}年）"


def clock_time(moment: time | datetime) -> str:
    """午後2時5分. A moment must know its offset and is read in Tokyo."""
    if isinstance(moment, datetime):
        moment = _in_tokyo(moment).time()
    half, hour = ("午後", moment.hour - 12) if moment.hour >= 12 else ("午前", moment.hour)
    return f"{half}{hour}時{moment.minute}分"


def day_and_time(moment: datetime) -> str:
    """令和7年8月1日 午後2時5分, in Tokyo."""
    return f"{reiwa(moment)} {clock_time(moment)}"


def to_the_second(moment: datetime) -> str:
    """令和7年8月1日 午後2時5分40秒, in Tokyo; seconds are told where there are any."""
    second = _in_tokyo(moment).second
    return day_and_time(moment) + (f"{second}秒" if second else "")


def read(words: str) -> datetime | date | None:
    """The day, or the day and time, that words are and nothing but; None for any other words.

    The inverse of `reiwa`, `day_and_time` and `to_the_second`; a moment comes without an offset,
    as in Tokyo.
    """
    found = WRITTEN.fullmatch(words)
    if found is None:
        return None
    era, year, month, day, half, hour, minute, second = found.groups()
    begins = next(begins for begins, name in ERAS if name == era)
    number = 1 if year == "元" else int(year)
    try:
        on = date(begins.year + number - 1, int(month), int(day))
        if half is None:
            return on
        whole = int(hour) + 12 * (half == "午後")
        return datetime.combine(on, time(whole, int(minute), int(second or 0)))
    except ValueError:
        return None


def _in_tokyo(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset has no day in Tokyo")
    return moment.astimezone(TOKYO)
