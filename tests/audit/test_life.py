"""The arithmetic of evidence's life."""

from __future__ import annotations

from datetime import date

import pytest

from hokanko.audit.life import Interval, Piece, Shown, Wanted, stand
from hokanko.clock import add_months

TODAY = date(2026, 11, 20)
WANTED = Wanted("写真", "photo", ("管理責任者",))
CAMERA = Piece("camera:1", date(2026, 11, 1), "カメラ 1：", "camera 1: ")


def test_evidence_holds_through_its_last_day() -> None:
    shown = [Shown("a", "camera:1", date(2026, 11, 10))]
    found = stand([CAMERA], shown, Interval(days=10), TODAY, WANTED)
    assert (found.owed, found.due) == ((), TODAY)
    (owed,) = stand([CAMERA], shown, Interval(days=9), TODAY, WANTED).owed
    assert (owed.due, owed.ja) == (date(2026, 11, 19), "カメラ 1：写真の期限が過ぎました")


def test_what_expires_sooner_is_good_only_so_long() -> None:
    shown = [Shown("a", "camera:1", date(2026, 11, 10), date(2026, 11, 12))]
    assert stand([CAMERA], shown, Interval(days=90), TODAY, WANTED).due == date(2026, 11, 12)


def test_evidence_about_all_speaks_for_what_there_was() -> None:
    later = Piece("camera:2", date(2026, 11, 15), "カメラ 2：", "camera 2: ")
    shown = [Shown("a", "", date(2026, 11, 10))]
    found = stand([CAMERA, later], shown, Interval(), TODAY, WANTED)
    assert [each.about for each in found.owed] == ["camera:2"]


def test_nothing_to_show_it_for_is_nothing_owed() -> None:
    found = stand([], [], Interval(days=1), TODAY, WANTED)
    assert (found.owed, found.arises) == ((), False)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2026, 4, 20), -7, date(2025, 9, 20)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then
