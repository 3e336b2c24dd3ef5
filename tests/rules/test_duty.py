"""Night duty: its hours, the closed days that are night all day, and the morning after."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from hokanko import clock
from hokanko.home import Home
from hokanko.rules.duty import is_closed, is_night, report_due
from tests.rules.matrix import ORG, adopt

# 内閣府「国民の祝日について」: the lists for 2025–2027, with 休日 (substitutes and between)
PUBLISHED = {
    2025: "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0721 0811 0915 0923 1013 1103"
    " 1123 1124",
    2026: "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103"
    " 1123",
    2027: "0101 0111 0211 0223 0321 0322 0429 0503 0504 0505 0719 0811 0920 0923 1011 1103 1123",
}
YEAR_END = {"1229", "1230", "1231", "0101", "0102", "0103"}


@pytest.fixture
def unit(fresh_home: Home, db: None) -> str:
    """A police unit with night duty from 17:30 to 08:30."""
    del fresh_home, db
    adopt("police", {"night_duty.hours": "17:30-08:30"})
    return ORG


def at(text: str) -> datetime:
    """「2026-11-20 10:00」 in Tokyo."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.TOKYO)


@pytest.mark.parametrize("year", PUBLISHED)
def test_weekdays_are_closed_as_published(year: int) -> None:
    closed = set(PUBLISHED[year].split()) | YEAR_END
    days = (
        date.fromordinal(n) for n in range(*(date(y, 1, 1).toordinal() for y in (year, year + 1)))
    )
    weekdays = [day for day in days if day.weekday() < 5]
    assert {f"{day:%m%d}" for day in weekdays if is_closed(day)} == {
        f"{day:%m%d}" for day in weekdays if f"{day:%m%d}" in closed
    }


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        ("2026-11-20 10:00", False),
        ("2026-11-20 17:29", False),
        ("2026-11-20 17:30", True),
        ("2026-11-20 08:29", True),
        ("2026-11-20 08:30", False),
        ("2026-11-21 10:00", True),  # a Saturday
        ("2026-11-23 10:00", True),  # 勤労感謝の日, a Monday
        ("2026-05-06 10:00", True),  # a substitute holiday, a Wednesday
        ("2026-09-22 10:00", True),  # a day between two holidays
        ("2026-12-29 10:00", True),
        ("2026-12-28 10:00", False),
    ],
)
def test_the_hours_of_night_duty(unit: str, moment: str, night: bool) -> None:
    assert is_night(unit, at(moment)) is night


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-18 02:00", "2026-11-18 10:30"),
        ("2026-11-18 20:00", "2026-11-19 10:30"),
        ("2026-11-20 20:00", "2026-11-24 10:30"),  # Friday; Monday is a holiday
        ("2026-11-23 10:00", "2026-11-24 10:30"),
        ("2026-05-01 23:00", "2026-05-07 10:30"),
        ("2026-12-28 18:00", "2027-01-04 10:30"),
        ("2026-11-18 12:00", "2026-11-18 14:00"),  # by day: two hours
    ],
)
def test_the_report_is_due_on_the_next_working_morning(unit: str, moment: str, due: str) -> None:
    assert report_due(unit, at(moment)) == at(due)


def test_without_night_duty_nothing_is_due(fresh_home: Home, db: None) -> None:
    adopt("ward")
    assert not is_night(ORG, at("2026-11-18 02:00"))
    with pytest.raises(ValueError, match=ORG):
        report_due(ORG, at("2026-11-18 02:00"))
