"""Dates and times as official papers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from hokanko.clock import TOKYO
from hokanko.formats.era import both, clock_time, day_and_time, read, reiwa, to_the_second


@pytest.mark.clause("police-form-date")
def test_a_day_in_reiwa() -> None:
    assert reiwa(date(2025, 8, 1)) == "令和7年8月1日"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2020, 1, 1), "令和2年1月1日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1945, 8, 15), "昭和20年8月15日"),
    ],
)
def test_each_era_begins_with_its_first_year(day: date, words: str) -> None:
    assert reiwa(day) == words


def test_a_day_before_the_known_eras_is_refused() -> None:
    with pytest.raises(ValueError, match="1926-12-24"):
        reiwa(date(1926, 12, 24))


def test_a_moment_falls_on_its_day_in_tokyo() -> None:
    evening_in_london = datetime(2025, 12, 31, 20, 0, tzinfo=UTC)
    assert reiwa(evening_in_london) == "令和8年1月1日"
    assert both(evening_in_london) == "令和8年1月1日（2026年）"
    assert day_and_time(evening_in_london) == "令和8年1月1日 午前5時0分"


def test_both_calendars() -> None:
    assert both(date(2025, 8, 1)) == "令和7年8月1日（2025年）"


@pytest.mark.clause("police-form-time")
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(14, 5), "午後2時5分"),
        (time(0, 0), "午前0時0分"),
        (time(11, 59), "午前11時59分"),
        (time(12, 0), "午後0時0分"),
        (time(23, 59), "午後11時59分"),
        (datetime(2025, 8, 1, 5, 5, tzinfo=UTC), "午後2時5分"),
    ],
)
def test_a_time_of_day(moment: time | datetime, words: str) -> None:
    assert clock_time(moment) == words


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        reiwa(datetime(2025, 8, 1, 0, 0))  # noqa: DTZ001 what is refused


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 11, 20, 0, 0, tzinfo=TOKYO), datetime(2019, 5, 1, 23, 59, tzinfo=TOKYO)],
)
def test_what_was_written_is_read_again(moment: datetime) -> None:
    assert read(reiwa(moment)) == moment.date()
    assert read(day_and_time(moment)) == moment.replace(tzinfo=None)


@pytest.mark.parametrize(
    "words", ["令和8年13月1日", "令和8年11月20日から", "8年11月20日", "", "令和0日"]
)
def test_other_words_are_no_day(words: str) -> None:
    assert read(words) is None


def test_seconds_are_told_where_there_are_any() -> None:
    moment = datetime(2025, 10, 30, 16, 31, 40, tzinfo=TOKYO)
    assert to_the_second(moment) == "令和7年10月30日 午後4時31分40秒"
    assert to_the_second(moment.replace(second=0)) == "令和7年10月30日 午後4時31分"
    assert read(to_the_second(moment)) == moment.replace(tzinfo=None)
    assert read("令和7年10月30日 午後4時31分61秒") is None
