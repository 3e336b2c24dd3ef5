"""Asking to view: the closed list of purposes, their texts, and who may not even ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.intake.actions import note_facts, settle
from hokanko.intake.facts import Seen
from hokanko.ledger.read import about
from hokanko.rules.actor import machine
from hokanko.viewing.actions import open_room
from tests.viewing.conftest import NATIVE, Desk
from tests.web.visitors import kinds_written

LONG_AGO = timedelta(days=89)


def test_a_wearer_asks_and_waits(desk: Desk) -> None:
    viewing = desk.asked("sato")
    assert (viewing.state, viewing.purposes) == ("asked", ["ア"])
    line = about(f"footage:{desk.footage.pk}")[-1]
    assert (line.kind, line.person, line.clause) == (
        "viewing.asked",
        "佐藤 健",
        "police-7.2.2-approve",
    )


@pytest.mark.clause("police-7.2.1")
def test_a_purpose_outside_the_list_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.asked("tanaka", ("広報",))
    assert refused.value.clause == "police-7.2.1"
    assert kinds_written()[-1] == "refused"


@pytest.mark.clause("police-7.2.2-purpose")
def test_without_a_purpose_nothing_begins(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.asked("tanaka", ())
    assert refused.value.clause == "police-7.2.2-purpose"


@pytest.mark.clause("police-7.2.1-a")
def test_the_form_offers_purpose_a_verbatim(desk: Desk) -> None:
    page = desk.client("tanaka").get(f"/viewing/ask/?footage={desk.footage.number}")
    assert "地域警察官の職務執行状況の事後的な確認" in page.content.decode()


@pytest.mark.parametrize(
    ("purpose", "clause"),
    [
        pytest.param("イ", "police-7.2.1-b", marks=pytest.mark.clause("police-7.2.1-b")),
        pytest.param("ウ", "police-7.2.1-c", marks=pytest.mark.clause("police-7.2.1-c")),
        pytest.param("法令", "police-7.2.1-law", marks=pytest.mark.clause("police-7.2.1-law")),
    ],
)
def test_a_purpose_that_needs_a_text_is_refused_without(
    desk: Desk, purpose: str, clause: str
) -> None:
    with pytest.raises(Refusal) as refused:
        desk.asked("suzuki", (purpose,), " ")
    assert refused.value.clause == clause
    assert desk.asked("suzuki", (purpose,), "第197条第2項").state == "asked"


@pytest.mark.clause("police-7.2.1-law")
@pytest.mark.parametrize("login", ["takahashi", "tanaka", "sato"])
def test_what_a_law_provides_for_goes_to_the_manager(desk: Desk, login: str) -> None:
    with pytest.raises(Refusal) as refused:
        desk.asked(login, ("法令",), "刑事訴訟法第197条第2項")
    assert (refused.value.clause, refused.value.who_may) == ("police-7.2.1-law", ("運用管理者",))
    viewing = desk.asked("suzuki", ("法令",), "刑事訴訟法第197条第2項")
    open_room(viewing, by=desk.at("suzuki"))
    assert viewing.state == "open"


@pytest.mark.clause("police-2.2")
def test_footage_without_a_capture_time_cannot_be_asked_for(desk: Desk) -> None:
    unknown = Seen(NATIVE, ("no-capture-time",), None, "", 1000, None)
    note_facts(desk.footage, unknown, by=machine("intake", "CHUO"))
    with pytest.raises(Refusal) as refused:
        desk.asked("tanaka")
    assert refused.value.clause == "police-2.2"
    settle(
        desk.footage,
        captured=clock.now(),
        wearer=None,
        reason="勤務日誌による",
        by=desk.at("tanaka"),
    )
    assert desk.asked("tanaka").state == "asked"


@pytest.mark.clause("police-7.1.2")
def test_the_last_day_can_be_viewed_and_the_next_cannot(desk: Desk) -> None:
    clock.fix(clock.now() + LONG_AGO)
    desk.opened("tanaka")
    clock.fix(clock.now() + timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        desk.asked("tanaka")
    assert refused.value.clause == "police-7.1.2"


@pytest.mark.parametrize("login", ["watanabe", "kobayashi", "kanri"])
def test_headquarters_and_technicians_cannot_ask(desk: Desk, login: str) -> None:
    with pytest.raises(Refusal) as refused:
        desk.asked(login)
    assert refused.value.clause == "police-7.2.2"


def test_an_outsider_cannot_ask(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.asked("yamada")
    assert refused.value.clause == "police-3.2.1"
