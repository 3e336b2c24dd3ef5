"""What a check-out leaves to be explained, as arithmetic."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko.shifts.gaps import Gap, Marks, Taken, gaps
from tests.shifts.outing import at

MARKS = Marks(
    late=timedelta(minutes=30),
    early=timedelta(minutes=30),
    pause=timedelta(minutes=2),
    long_pause=timedelta(minutes=30),
    silence=timedelta(hours=4),
)


def taken(*spans: tuple[str, str]) -> list[Taken]:
    """Pieces with these times."""
    return [Taken(str(n), at(begun), at(ended)) for n, (begun, ended) in enumerate(spans)]


def asked(*spans: tuple[str, str], back: str = "17:00", running: bool = False) -> list[Gap]:
    """The gaps of a check-out at nine."""
    return gaps(at("09:00"), at(back), taken(*spans), MARKS, running=running)


def test_filming_from_end_to_end_leaves_nothing() -> None:
    assert asked(("09:05", "12:00"), ("12:01", "16:50")) == []


@pytest.mark.parametrize(("first", "kinds"), [("09:29", []), ("09:30", ["late-start"])])
def test_a_late_start_counts_from_its_mark(first: str, kinds: list[str]) -> None:
    assert [gap.kind for gap in asked((first, "16:50"))] == kinds


def test_pauses_are_the_breaks_between_pieces() -> None:
    found = asked(("09:00", "10:00"), ("10:10", "12:00"), ("13:30", "16:50"))
    assert found == [
        Gap("pause", at("10:00"), at("10:10")),
        Gap("pause", at("12:00"), at("13:30"), is_long=True),
    ]
    assert [gap.minutes for gap in found] == [10, 90]


def test_the_mark_itself_is_no_long_pause() -> None:
    (found,) = asked(("09:00", "10:00"), ("10:30", "16:50"))
    assert not found.is_long


def test_overlapping_pieces_and_their_order_do_not_matter() -> None:
    assert asked(("11:00", "16:50"), ("09:00", "11:30"), ("09:10", "09:20")) == []


def test_an_early_stop_and_filming_that_ran_on() -> None:
    (early,) = asked(("09:00", "15:00"))
    assert (early.kind, early.minutes) == ("early-stop", 120)
    (over,) = asked(("09:00", "17:40"))
    assert (over.kind, over.begun, over.ended) == ("running-on", at("17:00"), at("17:40"))


def test_nothing_has_stopped_early_while_the_camera_is_out() -> None:
    assert asked(("09:00", "11:00"), running=True) == []


@pytest.mark.parametrize("back", ["10:00", "17:00"])
def test_what_a_camera_out_has_filmed_is_still_inside_it(back: str) -> None:
    assert asked(back=back, running=True) == []


def test_no_footage_at_all_is_one_silence() -> None:
    assert asked() == [Gap("silence", at("09:00"), at("17:00"))]


@pytest.mark.parametrize(("back", "kinds"), [("09:20", []), ("12:00", ["late-start"])])
def test_a_short_check_out_without_footage(back: str, kinds: list[str]) -> None:
    assert [gap.kind for gap in asked(back=back)] == kinds
