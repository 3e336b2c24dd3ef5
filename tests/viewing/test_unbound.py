"""Viewing where no terminal is asked for: the room belongs to the browser that is logged in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people import actions as people
from hokanko.people.door import LOGIN_COOKIE
from hokanko.people.queries import actor
from hokanko.people.readying import swear
from hokanko.viewing import actions, queries, serve, shown
from hokanko.viewing.models import Viewing
from hokanko.viewing.steps import steps
from tests.clauses import offices
from tests.clauses.founded import FILM, Founded, camera, found
from tests.web.visitors import browser


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """A ward: 管理責任者 mori, 操作担当者 kishi, and hara without a post."""
    del fresh_home, db
    here = offices.ward({"org.name": "青葉区", "retention.days": "30"})
    camera(here, "mori")
    return here


def key(client: Client) -> str:
    return client.cookies[LOGIN_COOKIE].value


def opened(ward: Founded, client: Client, login: str = "mori") -> Viewing:
    """A room that this person has opened in this browser, its page shown."""
    footage = Footage.objects.first() or ward.take_in("mori")
    client.post(f"/viewing/ask/?footage={footage.number}", {"purposes": ["防犯"], "note": ""})
    room = Viewing.objects.filter(viewer=ward.people[login]).latest("asked_at")
    client.post(f"/viewing/{room.pk}/open/")
    client.post(f"/viewing/{room.pk}/beat/", "{}", content_type="application/json")
    return queries.viewing(room.pk)


def served(path: str, cookie: str) -> tuple[str, bytes]:
    """What the stream answers to a browser with this login."""
    status: list[str] = []

    def start(said: str, _: Any) -> None:
        status.append(said[:3])

    environ = {
        "PATH_INFO": path,
        "HTTP_COOKIE": f"{LOGIN_COOKIE}={cookie}",
        "HTTP_RANGE": "bytes=0-99",
    }
    body: Iterable[bytes] = serve.stream(environ, start)
    return status[0], b"".join(body)


@pytest.mark.clause("ward-4")
def test_the_manager_looks_without_terminal_or_attendant(ward: Founded) -> None:
    client = browser(ward, "mori")
    room = opened(ward, client)
    assert (room.state, room.terminal_id) == ("open", None)
    page = client.get(f"/viewing/{room.pk}/").content.decode()
    assert "<video" in page
    assert "立会人" not in page
    path = serve.ticket(room, key(client))
    assert path.rpartition(".")[0].rpartition(".")[0] in page
    assert served(path, key(client)) == ("206", FILM[:100])
    line = next(act for act in read.about(f"footage:{room.footage_id}") if "opened" in act.kind)
    assert (line.clause, line.facts["terminal"]) == ("ward-4", None)


def test_a_ticket_is_worth_nothing_in_another_browser(ward: Founded) -> None:
    client, elsewhere, other = browser(ward, "mori"), browser(ward, "mori"), browser(ward, "kishi")
    room = opened(ward, client)
    path = serve.ticket(room, key(client))
    for stranger in (key(elsewhere), key(other), "", "guessed"):
        assert served(path, stranger)[0] == "403"
        assert served(serve.ticket(room, stranger), stranger)[0] == "403"
    page = elsewhere.get(f"/viewing/{room.pk}/").content.decode()
    assert "別のログインで開かれています" in page
    assert "/stream/" not in page
    said = elsewhere.post(f"/viewing/{room.pk}/beat/", "{}", content_type="application/json")
    assert (said.json()["show"], said.json()["why"]) == (False, "elsewhere")
    assert other.get(f"/viewing/{room.pk}/").status_code == 404


def test_the_stream_ends_with_the_login(ward: Founded) -> None:
    client = browser(ward, "mori")
    room, secret = opened(ward, client), key(client)
    path = serve.ticket(room, secret)
    with shown.shown(str(room.pk), secret) as picture:
        assert picture.stands()
        client.post("/logout/")
        clock.fix(clock.now() + shown.ASK_AGAIN)
        assert not picture.stands()
    assert served(path, secret)[0] == "403"


def test_a_new_password_ends_the_stream(ward: Founded) -> None:
    client = browser(ward, "mori")
    room, secret = opened(ward, client), key(client)
    people.rekey(ward.people["mori"], "まったく別の合言葉-2026", by=ward.by("mori"))
    assert served(serve.ticket(room, secret), secret)[0] == "403"


@pytest.mark.clause("ward-4-others")
def test_others_wait_for_consent_and_for_nothing_else(ward: Founded) -> None:
    footage, client = ward.take_in("mori"), browser(ward, "hara")
    client.post(f"/viewing/ask/?footage={footage.number}", {"purposes": ["防犯"], "note": ""})
    room = Viewing.objects.get()
    before = steps(room, actor(ward.people["hara"]))
    assert [(step.code, step.done) for step in before] == [("purpose", True), ("consent", False)]
    assert (
        "了解を待っています：管理責任者 森 課長"
        in client.get(f"/viewing/{room.pk}/").content.decode()
    )
    assert client.post(f"/viewing/{room.pk}/open/").status_code == 403
    boss = browser(ward, "kishi")
    page = boss.get(f"/viewing/{room.pk}/decide/").content.decode()
    assert "了解する" in page
    assert "立ち会う" not in page
    gone = f"{clock.now() - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
    said = {"answer": "approve", "not_after": gone}
    assert (
        "期限がもう過ぎています" in boss.post(f"/viewing/{room.pk}/decide/", said).content.decode()
    )
    room.refresh_from_db()
    assert room.state == "asked"
    until = clock.now() + timedelta(hours=1)
    boss.post(
        f"/viewing/{room.pk}/decide/", {"answer": "approve", "not_after": until.isoformat()[:16]}
    )
    assert client.post(f"/viewing/{room.pk}/open/").status_code == 302
    client.post(f"/viewing/{room.pk}/beat/", "{}", content_type="application/json")
    room = queries.viewing(room.pk)
    assert served(serve.ticket(room, key(client)), key(client))[0] == "206"
    clock.fix(until + timedelta(minutes=1))
    assert served(serve.ticket(room, key(client)), key(client))[0] == "403"


def test_a_consent_whose_time_is_over_is_told_as_such(ward: Founded) -> None:
    footage, client = ward.take_in("mori"), browser(ward, "hara")
    room = actions.ask(footage, ward.people["hara"], ["防犯"], "", by=ward.by("hara"))
    now, kishi = clock.now(), ward.people["kishi"]
    with pytest.raises(Conflict, match="期限がもう過ぎています"):
        actions.approve(room, kishi, not_after=now, by=ward.by("kishi"))
    actions.approve(room, kishi, not_after=now + timedelta(hours=1), by=ward.by("kishi"))
    assert "了解：岸" in client.get(f"/viewing/{room.pk}/").content.decode()
    clock.fix(now + timedelta(hours=2))
    page = browser(ward, "hara").get(f"/viewing/{room.pk}/").content.decode()
    assert "認められた期限を過ぎました" in page
    assert "了解を待っています" not in page


@pytest.mark.parametrize("book", ["ward", "pref", "home"])
def test_an_adopter_may_still_bind_viewing_to_a_terminal(
    book: str, fresh_home: Home, db: None
) -> None:
    del fresh_home, db
    here = found("BOUND", "所属", book, {"org.name": "所属", "view.terminal_bound": "true"})
    post = {"ward": "管理責任者", "pref": "操作取扱者", "home": "設置者"}[book]
    boss = "設置者"
    here.register("kanri", "aoki", "青木", boss)
    viewer = "aoki"
    if post != boss:
        if book == "pref":
            here.register("aoki", "mori", "森", "管理責任者")
            swear(here.people["mori"], by=here.by("aoki"))
        here.register("mori" if book == "pref" else "aoki", "kishi", "岸", post)
        swear(here.people["kishi"], by=here.by("aoki"))
        viewer = "kishi"
    camera(here, "mori" if book == "pref" else viewer)
    footage = here.take_in(viewer)
    asked = actions.ask(footage, here.people[viewer], ["防犯"], "", by=here.by(viewer))
    with pytest.raises(Refusal) as no:
        actions.open_room(asked, by=here.by(viewer))
    assert (no.value.clause, "登録した端末" in no.value.ja) == (None, True)
    assert [step.code for step in steps(asked, here.by(viewer))] == ["purpose", "terminal"]
