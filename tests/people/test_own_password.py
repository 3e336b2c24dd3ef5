"""One's own password changed by oneself, and every login ended at once."""

from __future__ import annotations

import pytest
from django.test import Client

from hokanko.rehearsal.cast import Cast
from tests.clauses.founded import Founded
from tests.fixtures import PASSWORD
from tests.people.test_login import enter
from tests.provision.outside import ward as found_ward
from tests.web.visitors import BACKEND, browser, kinds_written

NEW = "川辺のさくら並木に7本の杭"
PAGE = "/me/password/"
TYPED = {"current": PASSWORD, "password": NEW, "again": NEW}


def test_changed_by_the_one_in_use_and_every_other_login_ends(cast: Cast) -> None:
    here, there = browser(cast, "tanaka"), browser(cast, "tanaka")
    answer = here.post(PAGE, TYPED, follow=True)
    assert "変更しました" in answer.content.decode()
    assert here.get("/").status_code == 200, "this login goes on"
    assert there.get("/").status_code == 302
    assert kinds_written()[-1] == "person.rekeyed"
    assert enter(Client(), "tanaka", PASSWORD) == ""
    assert enter(Client(), "tanaka", NEW) == "/"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password": "短い", "again": "短い"}, "12"),
        ({"again": NEW + "x"}, "二つの新しいパスワードが違います"),
        ({"password": PASSWORD, "again": PASSWORD}, "いまのパスワードと同じです"),
        ({"current": "まちがい"}, "いまのパスワードが違うか"),
        ({"current": ""}, "いまのパスワード"),
    ],
)
def test_what_does_not_fit_changes_nothing(cast: Cast, wrong: dict[str, str], words: str) -> None:
    client = browser(cast, "tanaka")
    answer = client.post(PAGE, TYPED | wrong)
    assert words in answer.content.decode()
    assert NEW not in answer.content.decode(), "a password is never sent back"
    assert enter(Client(), "tanaka", PASSWORD) == "/"


def test_a_passer_by_at_an_open_login_is_locked_out_like_at_the_door(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    for _ in range(5):
        client.post(PAGE, TYPED | {"current": "wrong"})
    assert "いまは使えません" in client.post(PAGE, TYPED).content.decode()
    assert kinds_written().count("login.failed") == 6


def test_everybody_may_whatever_his_rulebook(fresh_home: object, db: None) -> None:
    ward: Founded = found_ward()
    for login in ("hara", "kishi"):
        client = Client()
        client.force_login(ward.people[login], backend=BACKEND)
        assert client.post(PAGE, TYPED).status_code == 302


def test_nobody_without_a_login(cast: Cast) -> None:
    for address in (PAGE, "/me/leave-everywhere/"):
        assert Client().post(address, TYPED).headers["Location"].startswith("/login/")
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(cast.people["tanaka"], backend=BACKEND)
    assert checked.post(PAGE, TYPED).status_code == 403
    assert checked.post("/me/leave-everywhere/").status_code == 403
    assert enter(Client(), "tanaka", PASSWORD) == "/"


def test_leaving_everywhere_ends_every_login_of_this_person_alone(cast: Cast) -> None:
    here, there, other = browser(cast, "tanaka"), browser(cast, "tanaka"), browser(cast, "sato")
    assert here.get("/me/leave-everywhere/").status_code == 405
    assert here.post("/me/leave-everywhere/").headers["Location"] == "/login/?left=1"
    assert [each.get("/").status_code for each in (here, there, other)] == [302, 302, 200]
    assert "ほかの端末やブラウザーも" in here.get("/login/?left=1").content.decode()
    assert kinds_written()[-1] == "login.ended_everywhere"
    assert enter(Client(), "tanaka", PASSWORD) == "/"


def test_one_s_own_page_leads_there_and_nobody_else_s(cast: Cast) -> None:
    assert PAGE in browser(cast, "tanaka").get("/me/").content.decode()
    page = browser(cast, "suzuki").get(f"/people/{cast.people['tanaka'].pk}/").content.decode()
    assert PAGE not in page
