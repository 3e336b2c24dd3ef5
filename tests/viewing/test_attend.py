"""Attending: the supervisor or whom he designated, never the viewer, and only while he confirms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.ledger.read import about
from hokanko.viewing import actions, presence
from hokanko.viewing.queries import problem
from tests.viewing.conftest import Desk

SECOND = timedelta(seconds=1)


def kinds(desk: Desk) -> list[str]:
    return [line.kind for line in about(f"footage:{desk.footage.pk}")]


def test_the_supervisor_attends(desk: Desk) -> None:
    viewing = desk.opened("sato", attendant="takahashi")
    assert viewing.attendant == desk.cast.people["takahashi"]
    assert kinds(desk)[-2:] == ["viewing.attended", "viewing.opened"]
    opened = about(f"footage:{desk.footage.pk}")[-1]
    assert (opened.person, opened.private["attendant"]) == ("佐藤 健", "高橋 誠")


def test_a_designated_person_attends(desk: Desk) -> None:
    viewing = desk.approved("sato", designated="tanaka")
    actions.attend(viewing, desk.cast.people["tanaka"], by=desk.at("tanaka"))
    actions.open_room(viewing, by=desk.at("sato"))
    assert viewing.state == "open"


@pytest.mark.clause("police-7.2.2-attend")
@pytest.mark.parametrize("login", ["tanaka", "suzuki", "ito", "sato"])
def test_neither_the_viewer_nor_anyone_undesignated_attends(desk: Desk, login: str) -> None:
    viewing = desk.approved("sato")
    with pytest.raises(Refusal) as refused:
        actions.attend(viewing, desk.cast.people[login], by=desk.at(login))
    assert refused.value.clause == "police-7.2.2-attend"
    with pytest.raises(Refusal) as unopened:
        actions.open_room(viewing, by=desk.at("sato"))
    assert unopened.value.clause == "police-7.2.2-attend"


def test_a_supervisor_who_views_does_not_attend_himself(desk: Desk) -> None:
    viewing = desk.asked("takahashi")
    with pytest.raises(Refusal) as refused:
        actions.attend(viewing, desk.cast.people["takahashi"], by=desk.at("takahashi"))
    assert refused.value.clause == "police-7.2.2-attend"


def test_an_attendant_who_confirms_keeps_the_picture(desk: Desk) -> None:
    viewing = desk.opened("sato", attendant="takahashi")
    for _ in range(3):
        clock.fix(clock.now() + presence.CONFIRM_MAX - SECOND)
        assert presence.confirm(viewing)
        viewing.refresh_from_db()
        presence.beat(viewing, [], terminal=str(viewing.terminal_id))
        assert problem(viewing, desk.at("sato")) == ""


def test_an_attendant_who_is_silent_must_come_in_again(desk: Desk) -> None:
    viewing = desk.opened("sato", attendant="takahashi")
    clock.fix(clock.now() + presence.CONFIRM_MAX + SECOND)
    presence.beat(viewing, [], terminal=str(viewing.terminal_id))
    assert problem(viewing, desk.at("sato")) == "absent"
    assert not presence.confirm(viewing), "a key press is not enough any more"
    actions.attend(viewing, desk.cast.people["takahashi"], by=desk.at("takahashi"))
    presence.beat(viewing, [], terminal=str(viewing.terminal_id))
    assert problem(viewing, desk.at("sato")) == ""


def test_leaving_hides_the_picture_at_once(desk: Desk) -> None:
    viewing = desk.opened("sato", attendant="takahashi")
    actions.note_absence(viewing, by=desk.at("sato"))
    assert problem(viewing, desk.at("sato")) == "absent"
    line = about(f"footage:{desk.footage.pk}")[-1]
    assert (line.kind, line.private["attendant"]) == ("viewing.left", "高橋 誠")
