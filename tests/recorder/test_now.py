"""What each camera does now, and the hourly statement: from facts, on the page and the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.test import Client

from hokanko import clock
from hokanko.cameras.models import Camera, Hearing, PlannedOff
from hokanko.cameras.recorded import organisations
from hokanko.cameras.streams import connect
from hokanko.intake.models import Arrival
from hokanko.people.fresh import drawn_anew
from hokanko.people.models import Appointment
from hokanko.recorder.actions import fall_silent, speak_again
from hokanko.recorder.hours import last_hours, measure
from hokanko.recorder.jobs import state_hours
from hokanko.recorder.now import silent, states
from hokanko.recorder.now_pages import drawn
from hokanko.rules.actor import machine
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
NOW = "/recordings/now/at/AOBA/"
BY = machine("intake", "AOBA")
SECOND = timedelta(seconds=1)


@pytest.fixture
def ward() -> Founded:
    return standing.ward()


@pytest.fixture
def camera(ward: Founded) -> Camera:
    row = standing.running(ward)
    connect(row, "rtsp://127.0.0.1:1/live", by=ward.by("mori"))
    return row


@pytest.fixture
def mori(ward: Founded) -> Client:
    return browser(ward, "mori")


def heard(camera: Camera, *, seconds_ago: int = 2, since: datetime | None = NOON) -> None:
    """The recorder wrote of it that long ago."""
    at = clock.now() - seconds_ago * SECOND
    told = {"seen_at": at, "since": since, "heard_at": at if since else None}
    Hearing.objects.update_or_create(camera=camera, defaults=told)


def page(client: Client) -> str:
    return client.get(NOW).content.decode()


def home(client: Client) -> str:
    return client.get("/").content.decode()


def test_a_camera_that_is_recorded_is_told_with_its_last_bytes(
    camera: Camera, mori: Client
) -> None:
    heard(camera)
    told = page(mori)
    assert "録画している" in told
    assert "11:59:58" in told
    assert "いま録画できていないカメラ" not in home(mori)


def test_a_camera_that_was_set_running_just_now_is_no_alarm(camera: Camera, mori: Client) -> None:
    """The recorder looks each ten seconds: until then nothing is wrong."""
    Camera.objects.update(activated_at=clock.now() - 5 * SECOND)
    assert "いま録画できていないカメラ" not in home(mori)
    Camera.objects.update(activated_at=clock.now() - 60 * SECOND)
    assert "いま録画できていないカメラ" in home(mori)


def test_a_silent_camera_is_told_with_its_reason_there_and_at_home(
    camera: Camera, mori: Client
) -> None:
    heard(camera)
    fall_silent(camera, "HTTPUnauthorizedError", by=BY)
    told = page(mori)
    assert "途絶している" in told
    assert "パスワードが違う" in told
    assert "いま録画できていないカメラ" in home(mori)
    speak_again(camera, by=BY)
    assert "途絶している" not in page(mori)
    assert "いま録画できていないカメラ" not in home(mori)


@pytest.mark.parametrize(
    ("language", "what", "change"),
    [
        ("ja", "UDP でしか送らない", "UDP から TCP に変えてください"),
        ("en", "sends by UDP alone", "from UDP to TCP"),
    ],
)
def test_of_a_camera_that_sends_by_udp_alone_it_is_told_what_to_change_in_it(
    camera: Camera, mori: Client, language: str, what: str, change: str
) -> None:
    heard(camera)
    fall_silent(camera, "no tcp", by=BY)
    mori.cookies["django_language"] = language
    told = page(mori)
    assert what in told
    assert change in told
    clock.fix(NOON + 90 * SECOND)
    ribbon = mori.get(f"/cameras/{camera.pk}/recording/").content.decode()
    assert what in ribbon
    assert "RTP over TCP" in ribbon


def test_a_recorder_that_died_is_no_recording(ward: Founded, camera: Camera, mori: Client) -> None:
    heard(camera, seconds_ago=60)
    assert "録画する処理が動いていない" in page(mori)
    assert [state.camera for state in silent(ward.org)] == [camera]


def test_planned_time_off_is_no_silence(ward: Founded, camera: Camera, mori: Client) -> None:
    heard(camera)
    fall_silent(camera, "no answer", by=BY)
    PlannedOff.objects.create(
        camera=camera,
        begun=NOON - SECOND,
        ended=NOON + 60 * SECOND,
        reason="upkeep",
        at=NOON,
        by=ward.people["mori"],
    )
    assert [state.kind for state in states(ward.org)] == ["off"]
    assert "計画停止" in page(mori)
    assert silent(ward.org) == []


def test_an_empty_page_says_what_to_do_next(ward: Founded, mori: Client) -> None:
    assert organisations() == []
    assert "「カメラをつなぐ」でアドレスを登録して" in page(mori)
    assert mori.get("/recordings/now/").headers["Location"] == NOW


def test_the_page_is_drawn_anew_when_something_moved(ward: Founded, camera: Camera) -> None:
    heard(camera)
    stream = drawn_anew(partial(drawn, ward.org), "en", lambda: True, rounds=2, every_s=0)
    told = [next(stream).decode() for _ in range(2)]
    assert "recording" in told[1]
    fall_silent(camera, "no answer", by=BY)
    assert "the camera does not answer" in next(stream).decode()


def test_an_open_stream_ends_with_the_post(
    ward: Founded, camera: Camera, mori: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hokanko.people.fresh.time.sleep", lambda _: None)
    heard(camera)
    told = (part.decode() for part in iter(mori.get(f"{NOW}live/")))
    assert next(told).startswith("retry")
    assert "録画している" in next(told)
    Appointment.objects.filter(person=ward.people["mori"]).update(until=clock.now())
    last = next(told)
    assert "録画している" not in last
    assert "見ることが認められなくなりました" in last
    assert list(told) == []


def test_who_may_not_list_cameras_sees_none(ward: Founded, camera: Camera) -> None:
    hara = browser(ward, "hara")
    assert [hara.get(each).status_code for each in (NOW, f"{NOW}live/")] == [403, 403]


def recorded(camera: Camera, begun: datetime) -> None:
    """A piece that has been recorded since then, and still is."""
    Arrival.objects.create(
        org=camera.org,
        camera=camera,
        source="1.mp4",
        key_day=clock.day_of(begun),
        origin={"via": "live", "began": clock.iso(begun)},
        worker="x",
        begun_at=begun,
    )


def test_the_hour_is_stated_once_with_what_is_missing(
    ward: Founded, camera: Camera, mori: Client
) -> None:
    recorded(camera, NOON + timedelta(minutes=10))
    clock.fix(NOON + timedelta(minutes=64))
    heard(camera)
    state_hours()
    assert last_hours(ward.org) == []  # 11 to 12: the camera was not connected yet
    clock.fix(NOON + timedelta(minutes=66))
    heard(camera)
    state_hours()
    state_hours()
    (newest,) = last_hours(ward.org)
    assert (newest.begun, newest.cameras, newest.short) == (NOON, 1, ("1",))
    assert (newest.seconds, newest.due) == (3000, 3600)
    told = page(mori)
    assert "3000" in told
    assert "3600" in told


def test_a_silence_is_no_recording(ward: Founded, camera: Camera) -> None:
    recorded(camera, NOON)
    clock.fix(NOON + timedelta(minutes=20))
    fall_silent(camera, "no answer", by=BY)
    clock.fix(NOON + timedelta(minutes=30))
    speak_again(camera, by=BY)
    clock.fix(NOON + timedelta(hours=1, minutes=1))
    heard(camera)
    assert measure(ward.org, NOON).seconds == 3000


def test_hours_in_which_the_machine_was_off_are_stated_later(ward: Founded, camera: Camera) -> None:
    recorded(camera, NOON)
    clock.fix(NOON + timedelta(minutes=66))
    heard(camera)
    state_hours()
    clock.fix(NOON + timedelta(hours=4, minutes=6))
    state_hours()
    assert [hour.begun.astimezone(clock.TOKYO).hour for hour in last_hours(ward.org)] == [
        15,
        14,
        13,
        12,
    ]
    assert last_hours(ward.org)[0].seconds == 0
