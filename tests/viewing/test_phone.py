"""Attending from a phone: a code for one room, once and shortly; gone with the phone's page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.ledger.models import Entry
from hokanko.ledger.read import about
from hokanko.viewing import actions, phone, presence
from hokanko.viewing.inbox import to_attend
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import problem
from tests.fixtures import PASSWORD
from tests.viewing.conftest import Desk
from tests.viewing.test_pages import beat

SECOND = timedelta(seconds=1)


def scanned(desk: Desk, viewing: Viewing, login: str = "takahashi") -> Client:
    """This person's own phone, after the code was read and the password given."""
    held = desk.client(login, seated=False)
    address = f"/viewing/{viewing.pk}/scan/{phone.offer(viewing)}/"
    assert "立会いを始める" in held.get(address).content.decode()
    assert held.post(address, {"password": PASSWORD})["Location"] == f"/viewing/{viewing.pk}/phone/"
    viewing.refresh_from_db()
    return held


def test_the_room_shows_a_code_only_to_its_viewer(desk: Desk) -> None:
    viewing = desk.approved("sato")
    page = desk.client("sato").post(f"/viewing/{viewing.pk}/code/").content.decode()
    assert re.search(r'class="scan"[^>]*><svg', page)
    assert desk.client("ito").post(f"/viewing/{viewing.pk}/code/").status_code == 404
    assert desk.client("takahashi").post(f"/viewing/{viewing.pk}/code/").status_code == 404


@pytest.mark.clause("police-7.2.2-attend")
def test_the_supervisor_attends_from_his_phone(desk: Desk) -> None:
    viewing = desk.approved("sato")
    held = scanned(desk, viewing)
    actions.open_room(viewing, by=desk.at("sato"))
    room = desk.client("sato")
    assert beat(room, viewing)["why"] == ""
    for _ in range(5):
        clock.fix(clock.now() + presence.PHONE_MAX - SECOND)
        assert "に立ち会っています" in held.get(f"/viewing/{viewing.pk}/phone/").content.decode()
        assert beat(room, viewing)["why"] == ""
    kinds = [line.kind for line in about(f"footage:{desk.footage.pk}")]
    assert kinds[-2:] == ["viewing.attended", "viewing.opened"]


@pytest.mark.clause("police-7.2.2-attend")
def test_a_phone_that_lies_open_does_not_attend(desk: Desk) -> None:
    viewing = desk.approved("sato")
    held = desk.client("takahashi", seated=False)
    address = f"/viewing/{viewing.pk}/scan/{phone.offer(viewing)}/"
    for told in ({}, {"password": ""}, {"password": "found on the desk"}):
        page = held.post(address, told)
        assert page.status_code == 200
        assert "あなたのパスワード" in page.content.decode()
        viewing.refresh_from_db()
        assert viewing.attendant is None
    assert Entry.objects.filter(kind="login.failed").count() == 1
    assert held.post(address, {"password": PASSWORD}).status_code == 302  # the code still stands


@pytest.mark.clause("police-7.2.2-attend")
@pytest.mark.parametrize("how", ["closed", "button", "unconfirmed"])
def test_when_he_leaves_the_picture_goes(desk: Desk, how: str) -> None:
    viewing = desk.approved("sato")
    held, room = scanned(desk, viewing), desk.client("sato")
    actions.open_room(viewing, by=desk.at("sato"))
    if how == "closed":
        clock.fix(clock.now() + presence.PHONE_MAX + SECOND)
    elif how == "button":
        held.post(f"/viewing/{viewing.pk}/phone/leave/")
    else:
        clock.fix(clock.now() + presence.CONFIRM_MAX + SECOND)
        held.get(f"/viewing/{viewing.pk}/phone/")
    assert beat(room, viewing)["why"] == "absent"
    assert about(f"footage:{desk.footage.pk}")[-1].kind == "viewing.left"
    page = held.get(f"/viewing/{viewing.pk}/phone/").content.decode()
    assert "この立会いは終わっています" in page
    assert beat(room, viewing)["show"] is False


def test_a_touch_on_the_phone_keeps_it_and_a_key_in_the_room_does_not(desk: Desk) -> None:
    viewing = desk.approved("sato")
    held, room = scanned(desk, viewing), desk.client("sato")
    clock.fix(clock.now() + presence.CONFIRM_MAX - SECOND)
    assert room.post(f"/viewing/{viewing.pk}/confirm/").json() == {"confirmed": False}
    held.post(f"/viewing/{viewing.pk}/phone/confirm/")
    held.get(f"/viewing/{viewing.pk}/phone/")
    viewing.refresh_from_db()
    assert viewing.confirmed_at == clock.now()
    assert presence.attended(viewing, clock.now())


def test_a_code_is_good_once_shortly_and_for_its_room(desk: Desk) -> None:
    viewing, other = desk.approved("sato"), desk.approved("ito")
    boss = desk.cast.people["takahashi"]
    first, code = phone.offer(viewing), phone.offer(viewing)
    for room, wrong in ((viewing, first), (viewing, "x"), (other, code)):
        with pytest.raises(Conflict):
            actions.attend(room, boss, code=wrong, by=desk.at("takahashi"))
    actions.attend(viewing, boss, code=code, by=desk.at("takahashi"))
    with pytest.raises(Conflict):
        actions.attend(viewing, boss, code=code, by=desk.at("takahashi"))
    late = phone.offer(viewing)
    clock.fix(clock.now() + phone.CODE_FOR + SECOND)
    assert not phone.is_offered(viewing, late)
    held = desk.client("takahashi", seated=False)
    assert held.get(f"/viewing/{viewing.pk}/scan/{late}/").status_code == 409


@pytest.mark.clause("police-7.2.2-attend")
@pytest.mark.parametrize("login", ["sato", "tanaka", "suzuki", "watanabe"])
def test_neither_the_viewer_nor_anyone_undesignated_comes_in(desk: Desk, login: str) -> None:
    viewing = desk.approved("sato")
    code = phone.offer(viewing)
    held = desk.client(login, seated=False)
    for send in (held.get, held.post):
        assert send(f"/viewing/{viewing.pk}/scan/{code}/").status_code == 403
    viewing.refresh_from_db()
    assert phone.is_offered(viewing, code)
    assert viewing.attendant is None


@pytest.mark.parametrize("page", ["", "confirm/", "leave/"])
def test_a_phones_pages_are_there_for_the_attendant_only(desk: Desk, page: str) -> None:
    viewing = desk.approved("sato")
    scanned(desk, viewing)
    for login in ("sato", "tanaka"):
        visitor = desk.client(login, seated=False)
        send = visitor.post if page else visitor.get
        assert send(f"/viewing/{viewing.pk}/phone/{page}").status_code == 404


def test_another_login_of_his_keeps_nothing(desk: Desk) -> None:
    viewing = desk.approved("sato")
    scanned(desk, viewing)
    before = viewing.phone_beat_at
    clock.fix(clock.now() + SECOND)
    desk.client("takahashi", seated=False).get(f"/viewing/{viewing.pk}/phone/")
    viewing.refresh_from_db()
    assert viewing.phone_beat_at == before


def test_one_person_attends_one_screen_at_a_time(desk: Desk) -> None:
    first, second = desk.approved("sato"), desk.approved("ito")
    boss = desk.cast.people["takahashi"]
    actions.attend(first, boss, by=desk.at("takahashi"))
    with pytest.raises(Refusal, match="ほかの画面に立ち会っています"):
        actions.attend(second, boss, by=desk.at("takahashi"))
    actions.note_absence(first, by=desk.at("sato"))
    actions.attend(second, boss, by=desk.at("takahashi"))
    assert problem(second, desk.at("ito")) == "closed"  # attended, and not opened yet


def test_the_inbox_has_what_waits_for_him(desk: Desk) -> None:
    named = desk.approved("sato", designated="tanaka")
    clock.fix(clock.now() + SECOND)
    open_ = desk.approved("ito")
    assert to_attend(desk.at("takahashi")) == [named, open_]
    assert to_attend(desk.at("tanaka")) == [named]
    assert to_attend(desk.at("sato")) == []
    assert to_attend(desk.at("watanabe")) == []
    page = desk.client("tanaka").get("/viewing/").content.decode()
    assert "あなたが指定されています" in page
    assert "立会いを待っている閲覧" in desk.client("tanaka").get("/").content.decode()
    actions.attend(named, desk.cast.people["tanaka"], by=desk.at("tanaka"))
    assert to_attend(desk.at("tanaka")) == []
    assert open_.not_after is not None
    clock.fix(open_.not_after + SECOND)
    assert to_attend(desk.at("takahashi")) == []
