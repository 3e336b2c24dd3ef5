"""A login's life: its cookie is shut, it ends at logging out, with the password, after a shift."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from hokanko.people.actions import rekey
from hokanko.rehearsal.cast import Cast
from tests.fixtures import PASSWORD
from tests.web.visitors import browser

SHIFT_S = 12 * 3600
SAID: dict[str, Any] = {"login": "tanaka", "password": PASSWORD}


def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_site(cast: Cast) -> None:
    client = Client()
    client.post("/login/", SAID)
    kept = client.cookies["sessionid"]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", "")


def test_over_https_the_cookies_are_sent_by_nothing_else(cast: Cast, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.get("/login/", secure=True)
    client.post("/login/", SAID, secure=True)
    assert client.cookies["sessionid"]["secure"]
    assert client.cookies["csrftoken"]["secure"]


def test_a_cookie_kept_from_before_logging_out_opens_nothing(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    stolen = client.cookies["sessionid"].value
    client.post("/logout/")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/").status_code == 302
    assert not Session.objects.filter(session_key=stolen).exists()


def test_another_password_ends_every_login(cast: Cast) -> None:
    here, there = browser(cast, "tanaka"), browser(cast, "tanaka")
    rekey(cast.people["tanaka"], "別の長い合言葉-2026", by=cast.as_actor("suzuki"))
    assert [each.get("/").status_code for each in (here, there)] == [302, 302]


def test_a_login_lasts_a_shift_and_is_not_lengthened_by_use(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    before = Session.objects.get()
    assert client.session.get_expiry_age() <= SHIFT_S
    for page in ("/", "/me/", "/footage/"):
        client.get(page)
    assert Session.objects.get().expire_date == before.expire_date
