"""Approving and declining: only the supervisor, for a time, and never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.ledger.read import about
from hokanko.viewing import actions
from tests.viewing.conftest import Desk

WHY_NOT = "職務の検証に、この映像は要らないため。"


def test_the_supervisor_approves_for_a_shift(desk: Desk) -> None:
    viewing = desk.approved("sato", designated="tanaka")
    assert viewing.state == "approved"
    assert viewing.not_after == clock.now() + actions.APPROVED_FOR
    line = about(f"footage:{desk.footage.pk}")[-1]
    assert (line.kind, line.clause) == ("viewing.approved", "police-7.2.2-approve")
    assert line.facts["designated"] == str(desk.cast.people["tanaka"].pk)


def test_the_supervisor_declines_for_a_reason(desk: Desk) -> None:
    viewing, boss = desk.asked("ito"), desk.cast.people["takahashi"]
    with pytest.raises(Conflict, match="認めない理由"):
        actions.decline(viewing, boss, "　", by=desk.at("takahashi"))
    viewing.refresh_from_db()
    assert viewing.state == "asked"
    actions.decline(viewing, boss, WHY_NOT, by=desk.at("takahashi"))
    assert viewing.state == "declined"
    line = about(f"footage:{desk.footage.pk}")[-1]
    assert (line.kind, line.private["reason"]) == ("viewing.declined", WHY_NOT)
    assert WHY_NOT not in str(line.facts)
    assert WHY_NOT.encode() not in bytes(viewing.turns.get().said), "kept sealed"
    with pytest.raises(Conflict):
        actions.approve(viewing, desk.cast.people["takahashi"], by=desk.at("takahashi"))


@pytest.mark.clause("police-7.2.2-approve")
@pytest.mark.parametrize("login", ["suzuki", "tanaka", "sato", "watanabe"])
def test_nobody_else_approves(desk: Desk, login: str) -> None:
    viewing = desk.asked("ito")
    with pytest.raises(Refusal) as refused:
        actions.approve(viewing, desk.cast.people[login], by=desk.at(login))
    assert refused.value.clause == "police-7.2.2-approve"
    viewing.refresh_from_db()
    assert viewing.state == "asked"


def test_a_supervisor_of_another_unit_does_not_approve(desk: Desk) -> None:
    viewing = desk.asked("ito")
    with pytest.raises(Refusal) as refused:
        actions.approve(viewing, desk.cast.people["nakamura"], by=desk.at("nakamura"))
    assert refused.value.clause == "police-3.2.1"


def test_the_viewer_cannot_be_designated(desk: Desk) -> None:
    viewing, sato = desk.asked("sato"), desk.cast.people["sato"]
    with pytest.raises(Conflict):
        actions.approve(
            viewing, desk.cast.people["takahashi"], designated=sato, by=desk.at("takahashi")
        )


def test_an_approval_ends_with_its_time(desk: Desk) -> None:
    viewing = desk.approved("sato")
    clock.fix(clock.now() + actions.APPROVED_FOR + timedelta(minutes=1))
    actions.attend(viewing, desk.cast.people["takahashi"], by=desk.at("takahashi"))
    with pytest.raises(Refusal) as refused:
        actions.open_room(viewing, by=desk.at("sato"))
    assert refused.value.clause == "police-7.2.2"
