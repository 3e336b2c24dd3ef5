"""Opening: who may see the picture, where, and that the ledger knows before the first frame."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.flags import ALTERED
from hokanko.footage.models import Footage
from hokanko.ledger.read import about
from hokanko.people.appointing import appoint, dismiss
from hokanko.people.queries import actor
from hokanko.viewing import actions, presence
from hokanko.viewing.queries import problem
from hokanko.viewing.steps import steps
from hokanko.viewing.weighing import is_direct
from tests.viewing.conftest import Desk


@pytest.mark.clause("police-7.2.2")
@pytest.mark.parametrize("login", ["suzuki", "takahashi", "tanaka"])
def test_three_posts_view_directly(desk: Desk, login: str) -> None:
    viewing = desk.opened(login)
    assert problem(viewing, desk.at(login)) == ""
    line = about(f"footage:{desk.footage.pk}")[-1]
    assert (line.id, line.clause) == (viewing.opening_entry, "police-7.2.2")
    assert line.facts["purposes"] == ["ア"]


@pytest.mark.clause("police-7.2.2", "police-2.5")
def test_a_wearer_does_not_open_even_his_own_recording(desk: Desk) -> None:
    viewing = desk.asked("sato")
    with pytest.raises(Refusal) as refused:
        actions.open_room(viewing, by=desk.at("sato"))
    assert refused.value.clause == "police-7.2.2"
    assert "運用主任者" in refused.value.who_may


@pytest.mark.clause("police-7.2.2", "police-3.1.1")
@pytest.mark.parametrize("login", ["watanabe", "kobayashi", "kanri"])
def test_headquarters_and_technicians_open_nothing(desk: Desk, login: str) -> None:
    viewing = desk.asked("tanaka")
    with pytest.raises(Refusal) as refused:
        actions.open_room(viewing, by=desk.at(login))
    assert refused.value.clause == "police-7.2.2"


@pytest.mark.clause("police-3.2.1")
def test_the_manager_of_another_station_opens_nothing(desk: Desk) -> None:
    viewing = desk.asked("tanaka")
    with pytest.raises(Refusal) as refused:
        actions.open_room(viewing, by=desk.at("yamada"))
    assert refused.value.clause == "police-3.2.1"


@pytest.mark.clause("police-7.2.2-pc")
def test_the_manager_on_his_own_laptop_is_refused(desk: Desk) -> None:
    viewing = desk.asked("suzuki")
    with pytest.raises(Refusal) as refused:
        actions.open_room(viewing, by=actor(desk.cast.people["suzuki"]))
    assert refused.value.clause == "police-7.2.2-pc"


def test_nobody_opens_what_another_has_asked_for(desk: Desk) -> None:
    viewing = desk.asked("tanaka")
    with pytest.raises(Conflict):
        actions.open_room(viewing, by=desk.at("suzuki"))
    assert viewing.state == "asked"


def test_a_refused_opening_leaves_no_line_but_the_refusal(desk: Desk) -> None:
    viewing = desk.asked("sato")
    with pytest.raises(Refusal):
        actions.open_room(viewing, by=desk.at("sato"))
    written = [line.kind for line in about(f"footage:{desk.footage.pk}")]
    assert written[-1] == "refused"
    assert "viewing.opened" not in written


def test_what_is_missing_is_said_with_names(desk: Desk) -> None:
    viewing = desk.asked("sato")
    told = {step.code: (step.done, step.who) for step in steps(viewing, desk.at("sato"))}
    assert told["approval"] == (False, ("運用主任者 高橋 誠",))
    assert told["attendant"] == (False, ("運用主任者 高橋 誠",))
    assert told["terminal"] == (True, ())
    assert not is_direct(viewing, desk.at("sato"))


def test_a_post_that_ends_ends_the_picture(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    held = desk.cast.people["tanaka"].appointments.get(until=None)
    dismiss(held, by=desk.at("suzuki"))
    clock.fix(clock.now() + timedelta(seconds=1))
    assert problem(viewing, desk.at("tanaka")) == "withdrawn"
    appoint(desk.cast.people["tanaka"], desk.cast.station, "運用担当者", by=desk.at("suzuki"))
    assert problem(viewing, desk.at("tanaka")) == ""


def test_a_picture_found_altered_is_called_so_and_not_a_lack_of_power(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    Footage.objects.filter(pk=viewing.footage_id).update(flags=[ALTERED])
    viewing.refresh_from_db()
    assert problem(viewing, desk.at("tanaka")) == "damaged"


def test_the_picture_stays_on_the_terminal_where_it_was_opened(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    assert problem(viewing, actor(desk.cast.people["tanaka"])) == "elsewhere"


def test_a_silent_page_gets_no_picture(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    clock.fix(clock.now() + presence.BEAT_MAX + timedelta(milliseconds=1))
    assert problem(viewing, desk.at("tanaka")) == "silent"
