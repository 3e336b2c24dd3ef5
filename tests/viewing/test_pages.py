"""The pages of viewing, from asking to the record, as each member of the cast meets them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.viewing import presence
from hokanko.viewing.models import Viewing
from tests.fixtures import PASSWORD
from tests.viewing.conftest import Desk


def ask(desk: Desk, client: Client, *purposes: str) -> Viewing:
    address = f"/viewing/ask/?footage={desk.footage.number}"
    answer = client.post(address, {"purposes": purposes, "note": ""})
    assert answer.status_code == 302
    return Viewing.objects.get(pk=answer["Location"].split("/")[2])


def beat(client: Client, viewing: Viewing, **said: object) -> dict[str, object]:
    answer = client.post(
        f"/viewing/{viewing.pk}/beat/", json.dumps(said), content_type="application/json"
    )
    assert answer.status_code == 200
    told: dict[str, object] = answer.json()
    return told


def test_the_clerk_asks_opens_watches_and_ends(desk: Desk) -> None:
    client = desk.client("tanaka")
    viewing = ask(desk, client, "ア")
    assert "映像を開く" in client.get(f"/viewing/{viewing.pk}/").content.decode()
    page = client.post(f"/viewing/{viewing.pk}/open/", follow=True).content.decode()
    assert 'data-mode="native"' in page
    assert "閲覧者 田中 美咲" in " ".join(page.split())
    assert beat(client, viewing, watched=[[0, 3]], tell=True)["show"] is True
    page = client.post(
        f"/viewing/{viewing.pk}/close/", {"reason": "button"}, follow=True
    ).content.decode()
    assert "この閲覧は終わりました" in page
    assert beat(client, viewing)["why"] == "closed"


def test_a_wearer_waits_for_approval_then_for_the_attendant(desk: Desk) -> None:
    client, boss = desk.client("sato"), desk.client("takahashi")
    viewing = ask(desk, client, "ア")
    room = f"/viewing/{viewing.pk}/"
    assert "承認を待っています：運用主任者 高橋 誠 さん" in client.get(room).content.decode()
    assert "佐藤 健" in boss.get("/viewing/").content.decode()
    said = {"answer": "approve", "designated": "", "not_after": "2026-11-20T17:00"}
    assert boss.post(f"{room}decide/", said).status_code == 302
    assert "立会人を待っています：運用主任者 高橋 誠 さん" in client.get(room).content.decode()
    wrong = client.post(f"{room}attend/", {"login": "takahashi", "password": "wrong"})
    assert "ログイン名かパスワードが違います" in wrong.content.decode()
    client.post(f"{room}attend/", {"login": "takahashi", "password": PASSWORD})
    assert "立会い：高橋 誠 さん" in client.get(room).content.decode()
    page = client.post(f"{room}open/", follow=True).content.decode()
    assert "立会い中（押して継続）" in page
    assert client.session["_auth_user_id"] == str(desk.cast.people["sato"].pk)


def test_an_absence_is_answered_and_written(desk: Desk) -> None:
    viewing = desk.opened("sato", attendant="takahashi")
    client = desk.client("sato")
    assert beat(client, viewing)["confirm_in"] == 60
    clock.fix(clock.now() + presence.CONFIRM_MAX + timedelta(seconds=1))
    assert beat(client, viewing)["why"] == "absent"
    confirmed = client.post(f"/viewing/{viewing.pk}/confirm/").json()
    assert confirmed == {"confirmed": False}


def test_the_supervisor_declines_and_the_asker_reads_why(desk: Desk) -> None:
    viewing, boss = desk.asked("ito"), desk.client("takahashi")
    here, why = f"/viewing/{viewing.pk}/decide/", "職務の検証に、この映像は要らないため。"
    assert "<details>" in boss.get(here).content.decode()
    for reason in ("", "　"):
        bare = boss.post(here, {"answer": "decline", "reason": reason})
        assert (bare.status_code, "<details open>" in bare.content.decode()) == (400, True)
        assert 'class="errorlist"' in bare.content.decode()
    viewing.refresh_from_db()
    assert viewing.state == "asked"
    for login in ("sato", "watanabe"):
        refused = desk.client(login).post(here, {"answer": "decline", "reason": why})
        assert refused.status_code == 403
    assert boss.post(here, {"answer": "decline", "reason": why}).status_code == 302
    page = desk.client("ito").get(f"/viewing/{viewing.pk}/").content.decode()
    assert "認められませんでした" in page
    assert "認めない理由" in page
    assert page.count(why) == 1
    assert boss.post(here, {"answer": "decline", "reason": why}).status_code == 409


@pytest.mark.clause("police-7.2.2-purpose")
def test_no_purpose_is_refused_in_the_form(desk: Desk) -> None:
    address = f"/viewing/ask/?footage={desk.footage.number}"
    answer = desk.client("tanaka").post(address, {"note": ""})
    assert answer.status_code == 403
    assert "police-7.2.2-purpose" in answer.content.decode()


def test_a_phone_gets_no_picture(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    elsewhere = desk.client("tanaka", seated=False)
    assert "別の端末" in elsewhere.get(f"/viewing/{viewing.pk}/").content.decode()
    assert beat(elsewhere, viewing)["show"] is False


@pytest.mark.parametrize("login", ["watanabe", "yamada", "kanri"])
def test_whoever_may_not_view_does_not_even_get_the_form(desk: Desk, login: str) -> None:
    answer = desk.client(login).get(f"/viewing/ask/?footage={desk.footage.number}")
    assert answer.status_code == 403


@pytest.mark.parametrize("page", ["", "beat/", "open/", "close/", "attend/", "confirm/", "leave/"])
def test_a_room_is_there_for_its_viewer_only(desk: Desk, page: str) -> None:
    viewing = desk.opened("tanaka")
    client = desk.client("suzuki")
    send = client.post if page else client.get
    assert send(f"/viewing/{viewing.pk}/{page}").status_code == 404
    assert client.get(f"/viewing/{viewing.pk}/part/").status_code == 404


def test_nobody_but_the_supervisor_sees_the_decision_page(desk: Desk) -> None:
    viewing = desk.asked("ito")
    for login in ("ito", "tanaka", "nakamura"):
        assert desk.client(login).get(f"/viewing/{viewing.pk}/decide/").status_code == 403


def test_native_footage_has_no_parts_and_odd_starts_are_refused(desk: Desk) -> None:
    viewing = desk.opened("tanaka")
    client = desk.client("tanaka")
    for start in ("0", "-1", "²"):
        assert client.get(f"/viewing/{viewing.pk}/part/", {"start": start}).status_code == 409


def test_a_stranger_has_to_log_in(desk: Desk, client: Client) -> None:
    assert client.get("/viewing/").status_code == 302


def test_a_number_that_is_not_there_can_be_put_right(desk: Desk) -> None:
    answer = desk.client("tanaka").get("/viewing/ask/?footage=CHUO-19990101-0001")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert 'value="CHUO-19990101-0001"' in page
    assert "映像ファイル「CHUO-19990101-0001」はありません。" in page
