"""What is served outside the house: by default nothing private, else HTTPS and a second factor."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern
from pytest_django import Settings

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.people.inside import came_from, is_inside
from hokanko.people.models import Organisation
from hokanko.people.remote import close_remote, open_remote
from hokanko.rehearsal.cast import Cast
from hokanko.urls import urlpatterns
from hokanko.web.middleware import HSTS
from hokanko.web.outside import FOR_ALL
from tests.fixtures import NOON, PASSWORD
from tests.people.phone import enter, equip, shown
from tests.web.test_routes import address
from tests.web.visitors import browser, kinds_written

STRANGER = "203.0.113.7"
INSIDE = ("127.0.0.1", "::1", "10.1.2.3", "172.16.0.9", "192.168.1.20", "fd00::9", "fe80::1")
OUTSIDE = (STRANGER, "8.8.8.8", "172.32.0.1", "100.64.0.1", "2001:db8::5", "::ffff:8.8.8.8", "")
FROM_OUTSIDE: dict[str, Any] = {"REMOTE_ADDR": STRANGER}
HOST: dict[str, Any] = {"HTTP_HOST": "testserver"}
HTTPS: dict[str, Any] = {"wsgi.url_scheme": "https"}


def outside(cast: Cast, login: str = "tanaka") -> Client:
    """A stranger's browser that has somehow got hold of a login."""
    client = browser(cast, login)
    client.defaults |= FROM_OUTSIDE
    return client


def let(cast: Cast) -> None:
    """Remote access of 中央警察署 is on."""
    open_remote(cast.station, encrypted=True, by=cast.as_actor("suzuki"))


def test_inside_nothing_changes(cast: Cast) -> None:
    for peer in INSIDE:
        client = browser(cast, "tanaka")
        assert client.get("/footage/", REMOTE_ADDR=peer).status_code == 200


@pytest.mark.clause("home-2.5-c-net")
def test_a_default_installation_serves_no_video_outside(footage: Footage, cast: Cast) -> None:
    for peer in OUTSIDE:
        client = browser(cast, "tanaka")
        answer = client.get(f"/footage/{footage.pk}/", REMOTE_ADDR=peer, **HTTPS)
        assert answer.status_code == 403, peer
        assert footage.number not in answer.content.decode()


@pytest.mark.clause("home-2.5-c-net")
def test_outside_every_address_but_the_public_ones_is_shut(cast: Cast) -> None:
    visitors = (Client(**FROM_OUTSIDE), outside(cast, "suzuki"))
    for visitor in visitors:
        told = {
            str(route.name)
            for route in urlpatterns
            if isinstance(route, URLPattern)
            and visitor.get(address(route), **HTTPS).status_code != 403
        }
        assert told == FOR_ALL


def test_it_is_told_plainly_in_both_languages(cast: Cast) -> None:
    page = Client().get("/login/", REMOTE_ADDR=STRANGER).content.decode()
    assert "外のネットワークからは使えません" in page
    assert "ソフトウェアの既定" in page
    english = Client().get("/login/", REMOTE_ADDR=STRANGER, HTTP_ACCEPT_LANGUAGE="en")
    assert "not served to networks outside" in english.content.decode()


@pytest.mark.clause("home-2.5-c-net")
def test_with_remote_access_on_plain_http_is_refused(cast: Cast) -> None:
    let(cast)
    answer = Client().get("/login/", REMOTE_ADDR=STRANGER)
    assert answer.status_code == 403
    assert "HTTPS" in answer.content.decode()
    assert outside(cast).get("/footage/").status_code == 403
    assert Client().get("/login/", REMOTE_ADDR=STRANGER, **HTTPS).status_code == 200


@pytest.mark.clause("home-2.5-c-net")
def test_with_remote_access_on_password_and_code_open(cast: Cast, footage: Footage) -> None:
    equip(cast, "tanaka")
    let(cast)
    client = Client()
    assert enter(client, "tanaka", shown(), **FROM_OUTSIDE, **HTTPS) == "/"
    answer = client.get("/footage/", **FROM_OUTSIDE, **HTTPS)
    assert footage.number in answer.content.decode()
    assert answer.headers["Strict-Transport-Security"] == HSTS


@pytest.mark.clause("home-2.5-c-net")
def test_a_password_alone_does_not_open_outside(cast: Cast) -> None:
    let(cast)
    client = Client()
    said = {"login": "tanaka", "password": PASSWORD}
    answer = client.post("/login/", said, **FROM_OUTSIDE, **HTTPS)
    assert answer.status_code == 403
    assert "二段階認証" in answer.content.decode()
    assert kinds_written()[-1] == "refused"
    assert client.get("/", **FROM_OUTSIDE, **HTTPS).headers["Location"].startswith("/login/")


def test_a_login_without_a_code_is_shut_out_when_it_is_carried_outside(cast: Cast) -> None:
    let(cast)
    answer = outside(cast).get("/footage/", **HTTPS)
    assert answer.status_code == 403
    assert kinds_written()[-1] == "refused"


def test_a_second_factor_is_not_set_up_outside(cast: Cast) -> None:
    let(cast)
    client = Client()
    assert enter(client, "tanaka") == "/login/setup/", "from inside, with the password"
    answer = client.get("/login/setup/", **FROM_OUTSIDE, **HTTPS)
    assert answer.status_code == 403
    assert "<svg" not in answer.content.decode()


def test_another_organisation_stays_shut(cast: Cast) -> None:
    equip(cast, "yamada")
    let(cast)
    client = Client()
    assert enter(client, "yamada", shown(), **FROM_OUTSIDE, **HTTPS) == ""
    assert enter(client, "yamada", shown()) == "/", "inside it opens"
    assert client.get("/", **FROM_OUTSIDE, **HTTPS).status_code == 403


def test_turned_off_it_is_shut_at_the_next_request(cast: Cast) -> None:
    equip(cast, "tanaka")
    let(cast)
    client = Client()
    enter(client, "tanaka", shown(), **FROM_OUTSIDE, **HTTPS)
    close_remote(cast.station, by=cast.as_actor("suzuki"))
    assert client.get("/", **FROM_OUTSIDE, **HTTPS).status_code == 403
    assert kinds_written()[-2:] == ["remote.closed", "refused"]


@pytest.mark.clause("home-2.5-c-net")
def test_turning_it_on_is_recorded(cast: Cast, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client = browser(cast, "suzuki")
    assert "認めていない（はじめの状態）" in client.get("/remote/", **HTTPS).content.decode()
    client.post("/remote/at/CHUO/open/", **HTTPS)
    assert kinds_written()[-1] == "remote.opened"
    assert "外からの利用をやめる" in client.get("/remote/").content.decode()
    client.post("/remote/at/CHUO/close/")
    assert kinds_written()[-1] == "remote.closed"


def test_it_is_not_turned_on_over_plain_http(cast: Cast) -> None:
    answer = browser(cast, "suzuki").post("/remote/at/CHUO/open/")
    assert answer.status_code == 409
    assert Organisation.objects.get(pk="CHUO").remote_since is None
    with pytest.raises(Conflict):
        close_remote(cast.station, by=cast.as_actor("suzuki"))


@pytest.mark.parametrize("login", ["takahashi", "tanaka", "sato", "ito", "yamada", "watanabe"])
def test_only_the_person_in_charge_turns_it_on(cast: Cast, login: str) -> None:
    with pytest.raises(Refusal):
        open_remote(cast.station, encrypted=True, by=cast.as_actor(login))
    assert browser(cast, login).post("/remote/at/CHUO/open/").status_code == 403


def test_it_is_on_once(cast: Cast) -> None:
    let(cast)
    with pytest.raises(Conflict):
        let(cast)


def asked(**meta: Any) -> bool:
    return is_inside(RequestFactory().get("/", **meta))


def test_a_stranger_cannot_say_that_he_is_inside(cast: Cast) -> None:
    assert not asked(REMOTE_ADDR=STRANGER, HTTP_X_FORWARDED_FOR="192.168.1.5")


@pytest.mark.parametrize(
    "header",
    ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_PROTO"],
)
def test_a_proxy_that_nobody_named_makes_nobody_an_insider(header: str) -> None:
    assert asked(REMOTE_ADDR="127.0.0.1")
    assert not asked(REMOTE_ADDR="127.0.0.1", **{header: "192.168.1.5"})


def test_a_proxy_that_is_named_speaks_for_others(settings: Settings) -> None:
    settings.PROXIES = (ip_network("127.0.0.1"),)
    proxy: dict[str, Any] = {"REMOTE_ADDR": "127.0.0.1"}
    assert asked(**proxy, HTTP_X_FORWARDED_FOR="192.168.1.5")
    assert not asked(**proxy, HTTP_X_FORWARDED_FOR=STRANGER)
    assert not asked(**proxy, HTTP_X_FORWARDED_FOR=f"192.168.1.5, {STRANGER}"), "his own words"
    assert asked(**proxy, HTTP_X_FORWARDED_FOR=f"{STRANGER}, 192.168.1.5, 127.0.0.1")
    unsayings: tuple[dict[str, Any], ...] = (
        {},
        {"HTTP_X_FORWARDED_FOR": "unknown"},
        {"HTTP_FORWARDED": "for=192.168.1.5"},
    )
    for unsaid in unsayings:
        assert not asked(**proxy, **unsaid)
    request = RequestFactory().get("/", **proxy)
    assert came_from(request) is None


def test_only_a_named_proxy_says_that_it_was_https(cast: Cast, settings: Settings) -> None:
    equip(cast, "tanaka")
    let(cast)
    said: dict[str, Any] = {"HTTP_X_FORWARDED_FOR": STRANGER, "HTTP_X_FORWARDED_PROTO": "https"}
    assert Client().get("/login/", **said).status_code == 403
    settings.PROXIES = (ip_network("127.0.0.1"),)
    client = Client(enforce_csrf_checks=True)
    assert client.get("/login/", **said).status_code == 200
    assert client.get("/login/", **said | {"HTTP_X_FORWARDED_PROTO": "http"}).status_code == 403
    token = client.get("/login/", **said).context["csrf_token"]
    told = {"login": "tanaka", "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
    answer = client.post("/login/", told, HTTP_ORIGIN="https://testserver", **said | HOST)
    assert answer.headers["Location"] == "/login/code/", "forms come through the proxy too"


def test_a_login_grows_old_outside_too(cast: Cast) -> None:
    equip(cast, "tanaka")
    let(cast)
    client = Client()
    client.post("/login/", {"login": "tanaka", "password": PASSWORD}, **FROM_OUTSIDE, **HTTPS)
    clock.fix(NOON + timedelta(minutes=11))
    answer = client.post("/login/code/", {"code": shown()}, **FROM_OUTSIDE, **HTTPS)
    assert answer.headers["Location"] == "/login/?late=1"
