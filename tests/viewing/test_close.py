"""Closing, and the ranges watched: told at a pause, at the end, and when a page is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.ledger.read import Act, about
from hokanko.viewing import actions, presence
from hokanko.viewing.jobs import close_abandoned
from tests.viewing.conftest import Desk


def last(desk: Desk) -> Act:
    return about(f"footage:{desk.footage.pk}")[-1]


def test_closing_writes_the_ranges(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    presence.beat(viewing, [[0, 4.04], [3.9, 6]], terminal=str(viewing.terminal_id))
    presence.beat(viewing, [[30, 31]], terminal=str(viewing.terminal_id))
    actions.close(viewing, "button", by=desk.at("tanaka"))
    assert (last(desk).kind, last(desk).facts["ranges_s"]) == ("viewing.closed", [[0, 6], [30, 31]])
    with pytest.raises(Conflict):
        actions.close(viewing, "button", by=desk.at("tanaka"))


def test_a_pause_is_told_once(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    presence.beat(viewing, [[0, 5]], terminal=str(viewing.terminal_id))
    actions.tell_watched(viewing, by=desk.at("tanaka"))
    actions.tell_watched(viewing, by=desk.at("tanaka"))
    written = [
        line for line in about(f"footage:{desk.footage.pk}") if line.kind == "viewing.watched"
    ]
    assert [line.facts["ranges_s"] for line in written] == [[[0, 5]]]


def test_nobody_else_closes_it(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    with pytest.raises(Refusal) as refused:
        actions.close(viewing, "button", by=desk.at("suzuki"))
    assert refused.value.clause == "police-7.2.2"


def test_a_page_on_another_terminal_is_no_sign_of_life(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    before = viewing.beat_at
    clock.fix(clock.now() + timedelta(seconds=1))
    presence.beat(viewing, [[0, 5]], terminal=None)
    viewing.refresh_from_db()
    assert (viewing.beat_at, viewing.watched) == (before, [])


def test_a_room_whose_page_is_gone_is_closed(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    presence.beat(viewing, [[0, 5]], terminal=str(viewing.terminal_id))
    clock.fix(clock.now() + presence.ABANDONED_AFTER)
    close_abandoned()
    viewing.refresh_from_db()
    assert viewing.state == "open", "thirty seconds are not over yet"
    clock.fix(clock.now() + timedelta(seconds=1))
    close_abandoned()
    close_abandoned()
    viewing.refresh_from_db()
    assert viewing.state == "closed"
    assert last(desk).facts == {
        "viewing": str(viewing.pk),
        "ranges_s": [[0, 5]],
        "reason": "abandoned",
    }
    assert last(desk).posts == ("管理用パソコン@CHUO",)


def test_ranges_are_merged_to_a_tenth() -> None:
    assert presence.merge([[5, 6], [0, 1], [1.04, 2], [9, 8], [-1, 3]]) == [[0, 2], [5, 6]]


def test_so_many_pieces_are_told_as_one() -> None:
    pieces = [[float(n), n + 0.5] for n in range(presence.MOST_RANGES + 1)]
    assert presence.merge(pieces) == [[0, presence.MOST_RANGES + 0.5]]


@pytest.mark.parametrize("said", [None, "0-5", [5], [[1]], [["a", 2]], [[float("nan"), 2]]])
def test_ranges_that_are_none_are_not_believed(said: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        presence.read_ranges(said, 60)


def test_nothing_is_watched_beyond_the_end() -> None:
    assert presence.read_ranges([[0, 9e9]], 60.0) == [[0, 60]]
