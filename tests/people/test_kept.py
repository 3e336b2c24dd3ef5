"""A form sent when its login is over is offered again, to whoever typed it and nobody else."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from hokanko import clock
from hokanko.errors import Unsound
from hokanko.people import kept
from hokanko.people.kept import KEPT, MOST_CHARS
from hokanko.people.kept_words import field_of, forms_of, is_secret, label_of, shown
from hokanko.people.models import Person
from hokanko.rehearsal.cast import Cast
from tests.fixtures import PASSWORD
from tests.people.phone import enter, equip
from tests.people.phone import shown as code_shown
from tests.web.visitors import browser

REGISTER = "/people/at/CHUO/register/"
OFFER = "/login/kept/"
SECRET = "川辺のさくら並木に7本の杭"
TYPED = {"login": "mori", "name": "森 <b>一郎</b>", "section": "地域第二係", "post": ""}
FROM = {"Referer": "http://testserver/people/at/CHUO/"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def idle(settings: Settings) -> None:
    settings.IDLE = timedelta(minutes=30)


@pytest.fixture
def client(cast: Cast) -> Client:
    """鈴木, who has filled a form in, and has been called away for 31 minutes."""
    client = browser(cast, "suzuki")
    client.get("/")
    later(31)
    return client


def later(minutes: float) -> None:
    clock.fix(clock.now() + timedelta(minutes=minutes))


def send(client: Client, **more: object) -> str:
    """Press the button too late; where it leads to."""
    answer = client.post(REGISTER, {**TYPED, "password": SECRET, **more}, headers=FROM)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def offer(client: Client) -> str:
    return client.get(OFFER).content.decode()


def test_what_was_typed_is_offered_again_after_the_login_and_sent_by_a_press(
    client: Client,
) -> None:
    to = send(client)
    assert to == "/login/?next=%2Fpeople%2Fat%2FCHUO%2F&asleep=1"
    assert "預かっています" in client.get(to).content.decode()
    assert not Person.objects.filter(login="mori").exists(), "nothing is done yet"
    assert enter(client, "suzuki") == OFFER
    page = offer(client)
    assert "まだ送っていません" in page
    assert f'action="{REGISTER}"' in page
    assert "森 &lt;b&gt;一郎&lt;/b&gt;" in page
    for label in ("ログイン名", "氏名", "係", "はじめのパスワード", "もう一度入れてください"):
        assert label in page
    assert 'href="/people/at/CHUO/"' in page, "a way back"
    assert not Person.objects.filter(login="mori").exists(), "it is not sent by itself"
    client.post(REGISTER, {**TYPED, "password": SECRET})
    assert Person.objects.get(login="mori").name == TYPED["name"]
    assert "預かっている内容はありません" in offer(client), "what has been sent is not kept"


def test_the_password_typed_is_kept_nowhere(client: Client) -> None:
    send(client)
    row = Session.objects.get()
    (sealed,) = row.get_decoded()[KEPT]
    assert TYPED["section"].encode() not in b64decode(sealed), "sealed"
    enter(client, "suzuki")
    assert SECRET not in offer(client)


def test_the_second_factor_is_asked_for_before_it_is_shown(cast: Cast, client: Client) -> None:
    equip(cast, "suzuki")
    client.get("/footage/")  # a second factor ends all logins of before
    client = browser(cast, "suzuki")
    client.get("/")
    later(31)
    send(client)
    assert client.post("/login/", {"login": "suzuki", "password": PASSWORD}).headers[
        "Location"
    ] == ("/login/code/")
    assert client.get(OFFER).status_code == 302, "not in yet"
    answer = client.post("/login/code/", {"code": code_shown()})
    assert answer.headers["Location"] == OFFER
    assert TYPED["section"] in offer(client)


def test_another_person_gets_nothing_of_it(client: Client) -> None:
    send(client)
    assert enter(client, "tanaka") != OFFER
    assert TYPED["section"] not in offer(client)
    client.post("/logout/")
    assert enter(client, "suzuki") != OFFER, "and it is gone"


def test_an_outsider_sees_nothing(client: Client) -> None:
    send(client)
    assert client.get(OFFER).headers["Location"].startswith("/login/")
    assert Client().get(OFFER).headers["Location"].startswith("/login/")


def test_a_wrong_password_in_between_loses_nothing(client: Client) -> None:
    send(client)
    client.post("/login/", {"login": "suzuki", "password": "wrong"})
    assert enter(client, "suzuki") == OFFER


def test_it_is_kept_for_an_hour(client: Client) -> None:
    send(client)
    later(59)
    assert enter(client, "suzuki") == OFFER
    later(2)
    assert TYPED["section"] not in offer(client)


def test_what_was_altered_does_not_open(client: Client) -> None:
    send(client)
    session = SessionStore(client.cookies["sessionid"].value)
    sealed = bytearray(b64decode(session[KEPT][0]))
    sealed[-1] ^= 1
    session[KEPT] = [b64encode(sealed).decode(), "%%%"]
    session.save()
    assert enter(client, "suzuki") != OFFER
    assert TYPED["section"] not in offer(client)


def test_what_is_too_long_is_told(client: Client) -> None:
    to = send(client, section="あ" * MOST_CHARS)
    assert "預かれませんでした" in client.get(to).content.decode()
    assert enter(client, "suzuki") == "/"


def test_without_the_keys_it_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise Unsound("鍵がありません。", "No key.")

    monkeypatch.setattr(kept, "sealer", away)
    assert "預かれませんでした" in client.get(send(client)).content.decode()


def test_a_file_is_chosen_again(cast: Cast, client: Client) -> None:
    path = f"/people/{cast.people['sato'].pk}/swear/"
    scan = SimpleUploadedFile("oath.pdf", b"%PDF-1.7 a secret paper")
    client.post(path, {"form": "own", "article": "第3条", "scan": scan}, headers=FROM)
    assert b"a secret paper" not in Session.objects.get().session_data.encode()
    assert enter(client, "suzuki") == OFFER
    page = offer(client)
    assert "もう一度選んでください" in page
    assert '<input type="file" id="file-1-1" name="scan"' in page
    assert 'enctype="multipart/form-data"' in page
    assert "第3条" in page


def test_a_mere_button_is_not_kept(cast: Cast, client: Client) -> None:
    client.post(f"/people/{cast.people['sato'].pk}/card/", headers=FROM)
    assert KEPT not in Session.objects.get().get_decoded()
    assert enter(client, "suzuki") == "/"


def test_a_session_that_ran_out_is_no_loss_either(client: Client) -> None:
    clock.fix(None)  # sessions end by the machine's own time
    Session.objects.update(expire_date=clock.now() - timedelta(minutes=5))
    send(client)
    assert enter(client, "suzuki") == OFFER
    assert TYPED["section"] in offer(client)


def test_nor_a_login_ended_from_elsewhere(cast: Cast, client: Client) -> None:
    browser(cast, "suzuki").post("/me/leave-everywhere/")
    send(client)
    assert enter(client, "suzuki") == OFFER


def test_who_was_never_in_has_nothing_kept(cast: Cast) -> None:
    client = Client()
    assert client.post(REGISTER, TYPED).headers["Location"].startswith("/login/")
    assert not Session.objects.exists()
    assert enter(client, "suzuki") == "/"


def test_two_tabs_are_both_kept(client: Client) -> None:
    send(client)
    send(client, section="留置係")
    enter(client, "suzuki")
    page = offer(client)
    assert page.index("留置係") < page.index(TYPED["section"]), "the newest first"


def test_what_is_offered_survives_another_idle_half_hour(client: Client) -> None:
    send(client)
    enter(client, "suzuki")
    client.get(OFFER)
    later(31)
    assert client.get(OFFER).headers["Location"].startswith("/login/")
    assert enter(client, "suzuki") == OFFER


def tokened(cast: Cast) -> tuple[Client, str]:
    """A browser that checks tokens, and the token of a page open in it."""
    client = browser(cast, "suzuki", enforce_csrf_checks=True)
    found = TOKEN.search(client.get("/me/password/").content.decode())
    assert found
    return client, found[1]


@pytest.mark.parametrize("path", [REGISTER, "/people/{}/swear/"])
def test_a_form_from_elsewhere_is_not_kept(cast: Cast, path: str) -> None:
    client, _token = tokened(cast)
    later(31)
    where = path.format(cast.people["sato"].pk)
    assert client.post(where, TYPED).status_code == 403
    assert not any(KEPT in each.get_decoded() for each in Session.objects.all())


def test_the_token_of_a_page_that_takes_files_is_checked_too(cast: Cast) -> None:
    client, token = tokened(cast)
    later(31)
    path = f"/people/{cast.people['sato'].pk}/swear/"
    scan = SimpleUploadedFile("oath.pdf", b"%PDF-1.7")
    answer = client.post(path, {"csrfmiddlewaretoken": token, "article": "第3条", "scan": scan})
    assert answer.status_code == 302
    assert any(KEPT in each.get_decoded() for each in Session.objects.all())


@pytest.mark.parametrize(("again", "offered"), [("suzuki", True), ("tanaka", False)])
def test_a_second_tab_of_the_same_person_loses_nothing(
    cast: Cast, again: str, *, offered: bool
) -> None:
    client, token = tokened(cast)
    later(31)
    client.get("/footage/")  # the first tab falls asleep, and somebody logs in there
    found = TOKEN.search(client.get("/login/").content.decode())
    assert found
    said = {"login": again, "password": PASSWORD, "csrfmiddlewaretoken": found[1]}
    assert client.post("/login/", said).status_code == 302
    typed = TYPED | {"csrfmiddlewaretoken": token}
    strange = client.post(REGISTER, typed, headers={"Origin": "http://elsewhere.example"})
    assert strange.status_code == 403
    answer = client.post(REGISTER, typed, headers={"Origin": "http://testserver"})
    assert answer.status_code == (302 if offered else 403)
    assert (TYPED["section"] in offer(client)) == offered


def test_fields_are_named_as_on_their_page() -> None:
    among = forms_of(REGISTER, list(TYPED))
    assert label_of(field_of("section", among)) == "係"
    assert label_of(field_of("nothing-known", among)) == "ほかの欄"
    assert is_secret("password", "", None)
    assert is_secret("address", "rtsp://me:mine@10.0.0.9/live", None)
    assert not is_secret("address", "rtsp://10.0.0.9/live", None)
    code = field_of("code", forms_of("/login/code/", ["code"]))
    assert is_secret("code", "123456", code)
    assert shown("7c9e6679-7425-40de-944b-e07fc1f90ae7", None) == "（画面で選んだもの）"


def test_a_script_that_asks_is_no_form(client: Client) -> None:
    client.post(REGISTER, TYPED, headers={"Sec-Fetch-Dest": "empty"})
    assert KEPT not in Session.objects.get().get_decoded()
    assert not kept.is_form(HttpRequest())
