"""The time that a recorder wrote into the name of a file, or of the folders that it lies in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

_DAY = r"(?P<y>20\d\d)[-_./年]?(?P<m>0[1-9]|1[0-2])[-_./月]?(?P<d>0[1-9]|[12]\d|3[01])日?"
_CLOCK = r"(?P<H>[01]\d|2[0-3])[-_.:hH時]?(?P<M>[0-5]\d)[-_.:mM分]?(?P<S>[0-5]\d)[sS秒]?"
# Hikvision and Dahua exports, dash cameras, telephones: 20260115103000, 2026_0115_103000 …
_WHOLE = re.compile(rf"(?<!\d){_DAY}[-_ T.]{{0,3}}{_CLOCK}(?:\d{{3}})?(?!\d)")
_TO_THE_MINUTE = re.compile(
    rf"(?<!\d){_DAY}[-_ T.](?P<H>[01]\d|2[0-3])[-_.:h時]?(?P<M>[0-5]\d)分?(?!\d)(?P<S>)"
)
_ONLY_DAY = re.compile(rf"(?<!\d){_DAY}(?!\d)")
_DAY_HOUR = re.compile(rf"(?<!\d){_DAY}[-_ T]?(?P<H>[01]\d|2[0-3])(?!\d)")
_STARTS = re.compile(rf"{_CLOCK}(?!\d)")  # 10.30.00-11.00.00[M][0@0][0].dav
_IN_HOUR = re.compile(r"(?P<M>[0-5]\d)[-_.mM分](?P<S>[0-5]\d)[sS秒]?(?!\d)")  # 30.00.mp4, 30M00S_…
_MINUTE = re.compile(r"(?P<M>[0-5]\d)$")  # …/10/30.mp4


@dataclass(frozen=True, slots=True)
class Named:
    """When a file begins as its recorder reckons, and whether name or folders say so."""

    at: datetime  # without a zone: what the recorder's clock showed
    by: str  # "name" | "folder"


def time_in(path: str) -> Named | None:
    """What a path tells, folders before its name; None where it tells no whole moment.

    >>> time_in("exports/ch01_20260115103000.mp4").at.isoformat()
    '2026-01-15T10:30:00'
    >>> time_in("2026-01-15/10/front/30.00.mp4").at.isoformat()
    '2026-01-15T10:30:00'
    """
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0] or name
    found = _first(_WHOLE, stem) or _first(_TO_THE_MINUTE, stem)
    if found is not None:
        return Named(found, "name")
    above = "/".join(folders)
    for read in (_by_day, _by_hour):
        moment = read(above, stem)
        if moment is not None:
            return Named(moment, "folder")
    return None


def _by_day(above: str, stem: str) -> datetime | None:
    """A folder of the day, and a name that begins with the time: 2026-01-15/001/10.30.00-….dav."""
    begins = _STARTS.match(stem)
    if begins is None:
        return None
    days = (found.groupdict() for found in _ONLY_DAY.finditer(above))
    return _last(day | begins.groupdict() for day in days)


def _by_hour(above: str, stem: str) -> datetime | None:
    """Folders down to the hour, and the minute as name: yyyy/mm/dd/hh/30.00.mp4, yyyymmddhh/…"""
    begins = _IN_HOUR.match(stem) or _MINUTE.match(stem)
    if begins is None:
        return None
    within = {"S": "00"} | begins.groupdict()
    whole = (found.groupdict() | within for found in _DAY_HOUR.finditer(above))
    return _last(whole) or _last(_day_then_hour(above, within))


def _day_then_hour(above: str, within: dict[str, str]) -> Iterator[dict[str, str]]:
    """A folder that is an hour, anywhere below the one of its day."""
    for day in _ONLY_DAY.finditer(above):
        for folder in above[day.end() :].split("/"):
            if re.fullmatch(r"[01]\d|2[0-3]", folder):
                yield day.groupdict() | {"H": folder} | within


def _first(pattern: re.Pattern[str], text: str) -> datetime | None:
    return next(_moments(found.groupdict() for found in pattern.finditer(text)), None)


def _last(told: Iterator[dict[str, str]]) -> datetime | None:
    found = list(_moments(told))
    return found[-1] if found else None


def _moments(told: Iterator[dict[str, str]]) -> Iterator[datetime]:
    """Those that are in the calendar: no 31 February."""
    for parts in told:
        year, month, day, hour, minute, second = (int(parts[key] or 0) for key in "ymdHMS")
        try:
            yield datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 as it showed
        except ValueError:
            continue
