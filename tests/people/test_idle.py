"""A login that nobody uses asks for the password again; what keeps itself fresh goes on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hokanko import clock, home
from hokanko.errors import Unavailable
from hokanko.people.idle import BEATS, MOVING, WALLS, note_used
from hokanko.rehearsal.cast import Cast
from hokanko.urls import urlpatterns
from hokanko.web import asleep
from tests.fixtures import NOON
from tests.web.visitors import browser

HALF_AN_HOUR = timedelta(minutes=30)
WALL = "/dock/CHUO/wall/"
SCRIPT = {"Sec-Fetch-Dest": "empty"}


@pytest.fixture(autouse=True)
def idle(settings: Settings) -> None:
    settings.IDLE = HALF_AN_HOUR


@pytest.fixture
def client(cast: Cast) -> Client:
    """田中, who has just opened a page."""
    client = browser(cast, "tanaka")
    client.get("/")
    return client


def later(minutes: float) -> None:
    clock.fix(clock.now() + timedelta(minutes=minutes))


def test_who_comes_back_too_late_logs_in_again_and_goes_on(client: Client) -> None:
    later(31)
    before = client.cookies["sessionid"].value
    answer = client.get("/footage/?page=2")
    assert answer.headers["Location"] == "/login/?next=%2Ffootage%2F%3Fpage%3D2&asleep=1"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "しばらく操作がなかったためです" in page
    assert 'value="/footage/?page=2"' in page
    assert not Session.objects.filter(pk=before).exists(), "the cookie opens nothing any more"


def test_who_goes_on_pressing_stays(client: Client) -> None:
    for _ in range(5):
        later(29)
        assert client.get("/footage/").status_code == 200


def test_what_was_sent_too_late_is_not_done_and_leads_back_to_its_page(client: Client) -> None:
    later(31)
    answer = client.post("/people/read/", headers={"Referer": "http://testserver/people/read/"})
    assert answer.headers["Location"] == "/login/?next=%2Fpeople%2Fread%2F&asleep=1"


def test_a_login_is_not_lengthened_by_use(client: Client) -> None:
    before = Session.objects.get().expire_date
    later(20)
    client.get("/footage/")
    assert Session.objects.get().expire_date == before


def test_use_is_written_once_a_minute(client: Client) -> None:
    before = Session.objects.get().session_data
    later(0.5)
    client.get("/footage/")
    assert Session.objects.get().session_data == before
    later(1)
    client.get("/footage/")
    assert Session.objects.get().session_data != before


def test_a_wall_goes_on_for_hours_and_keeps_nobody_logged_in(client: Client) -> None:
    for _ in range(20):
        later(10)
        assert client.get(WALL).status_code == 200
        assert client.get(f"{WALL}live/").status_code == 200
    assert client.get("/footage/").status_code == 302


def test_what_a_script_asks_for_is_no_press(client: Client) -> None:
    for _ in range(4):
        later(10)
        answer = client.get("/intake/", headers=SCRIPT)
        assert answer.status_code == 200, "what moves on the screen goes on moving"
    assert client.get("/footage/", headers=SCRIPT).status_code == 302, "and leads nowhere else"


def test_opening_a_moving_page_anew_asks_for_the_password(client: Client) -> None:
    later(31)
    assert client.get("/intake/").status_code == 302


def test_a_long_upload_was_no_idle_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def an_hour_long(request: HttpRequest) -> None:
        monkeypatch.setattr(asleep, "note_used", note_used)
        later(60)
        note_used(request)

    later(29)
    monkeypatch.setattr(asleep, "note_used", an_hour_long)
    client.post("/intake/upload/", {})
    later(10)
    assert client.get("/footage/").status_code == 200


def test_a_clock_set_back_does_not_keep_a_login_awake(client: Client) -> None:
    clock.fix(NOON - timedelta(hours=5))
    assert client.get("/footage/").status_code == 302


def test_without_the_setting_nothing_falls_asleep(client: Client, settings: Settings) -> None:
    settings.IDLE = None
    later(60 * 11)
    assert client.get("/footage/").status_code == 200


def test_every_address_named_is_one() -> None:
    named = {each.name for each in urlpatterns if hasattr(each, "name")}
    assert named >= WALLS | MOVING | BEATS
    assert reverse("dock.wall", args=["CHUO"]) == WALL


def test_the_setting_is_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for written, idle in (("", HALF_AN_HOUR), ("15", timedelta(minutes=15)), ("0", None)):
        monkeypatch.setenv("HOKANKO_IDLE_MINUTES", written)
        assert home.at(tmp_path).idle == idle
    monkeypatch.setenv("HOKANKO_IDLE_MINUTES", "half an hour")
    with pytest.raises(Unavailable):
        _ = home.at(tmp_path).idle
