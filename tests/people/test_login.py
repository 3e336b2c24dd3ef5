"""The front door: one answer for every failure, a lock after five, a new session each time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.people.door import SEAT_COOKIE
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON, PASSWORD
from tests.web.visitors import browser, kinds_written

WRONG = "ログイン名かパスワードが違うか、いまは使えません。"


def enter(client: Client, login: str, password: str = PASSWORD, to: str = "/") -> str:
    """Where the door leads to; "" when it stays shut."""
    answer = client.post("/login/", {"login": login, "password": password, "next": to})
    return answer.headers.get("Location", "")


def test_the_right_password_opens(cast: Cast) -> None:
    client = Client()
    assert enter(client, "tanaka", to="/rules/") == "/rules/"
    assert "田中 美咲" in client.get("/").content.decode()
    assert kinds_written()[-1] == "login.done"


def test_the_session_is_a_new_one(cast: Cast) -> None:
    client = Client()
    client.get("/login/")
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before or ""
    enter(client, "tanaka")
    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"]["httponly"]


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_the_door_leads_nowhere_else(cast: Cast, to: str) -> None:
    assert enter(Client(), "tanaka", to=to) == "/"


def test_every_failure_reads_the_same(cast: Cast) -> None:
    cast.people["sato"].retired_at = NOON
    cast.people["sato"].save()
    tries = {"nobody": PASSWORD, "tanaka": "wrong", "sato": PASSWORD}
    pages = [
        Client().post("/login/", {"login": login, "password": word})
        for login, word in tries.items()
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(WRONG in page.content.decode() for page in pages)
    assert kinds_written()[-3:] == ["login.failed"] * 3


def test_five_failures_lock_for_a_quarter_of_an_hour(cast: Cast) -> None:
    client = Client()
    for _ in range(5):
        assert enter(client, "tanaka", "wrong") == ""
    assert enter(client, "tanaka") == "", "the right password does not open a locked account"
    clock.fix(NOON + timedelta(minutes=16))
    assert enter(client, "tanaka") == "/"


def test_four_failures_do_not(cast: Cast) -> None:
    client = Client()
    for _ in range(4):
        enter(client, "tanaka", "wrong")
    assert enter(client, "tanaka") == "/"


def test_a_form_without_its_token_is_not_taken(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    said = {"login": "tanaka", "password": PASSWORD}
    assert client.post("/login/", said).status_code == 403


def test_logging_out(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    client.cookies[SEAT_COOKIE] = "kept"
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").headers["Location"] == "/login/"
    assert client.get("/").status_code == 302
    assert client.cookies[SEAT_COOKIE].value == "kept"


def test_who_is_in_need_not_log_in_again(cast: Cast) -> None:
    assert browser(cast, "tanaka").get("/login/").headers["Location"] == "/"


def test_a_retired_person_is_out_at_once(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    browser(cast, "suzuki").post(f"/people/{cast.people['tanaka'].pk}/retire/")
    assert client.get("/").status_code == 302
