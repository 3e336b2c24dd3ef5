"""What goes wrong beside cameras that are recorded: name server, disk, rulebook, clock."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from hokanko.cameras.models import Silence
from hokanko.cameras.streams import connect
from hokanko.errors import Unavailable
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival
from hokanko.recorder import filing, posts, recorder
from hokanko.recorder.actions import fall_silent
from hokanko.recorder.reels import file_reel
from hokanko.rehearsal.rtsp import Camera
from hokanko.rules.actor import machine
from tests.cameras import standing
from tests.media.test_live import drawn
from tests.recorder.altered import alter, restore
from tests.recorder.test_recorder import Ward, lines

pytestmark = pytest.mark.usefixtures("fresh_home", "db", "one_connection")


@pytest.fixture
def recorded() -> Ward:
    here = standing.ward()
    return Ward(here, standing.running(here))


@pytest.fixture
def streaming(tmp_path: Path) -> Iterator[Camera]:
    with Camera(drawn(tmp_path / "film.mp4", "libx264")) as camera:
        yield camera


def test_a_name_server_that_is_dead_holds_up_no_camera(
    recorded: Ward, streaming: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, asked, ask = Event(), Event(), socket.getaddrinfo

    def slow(host: Any, *rest: Any, **more: Any) -> Any:
        if host == "camera.dead":
            asked.set()
            assert answer.wait(30)
            raise socket.gaierror(-3, "no answer")
        return ask(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(recorder, "LOOK_AGAIN_S", 0.2)
    recorded.connect(streaming)
    recorded.record(lambda: Footage.objects.count() >= 1)
    connect(recorded.row, "rtsp://camera.dead/live", by=recorded.here.by("mori"))
    began = time.monotonic()
    recorded.record(lambda: asked.is_set() and time.monotonic() - began > 1.0)
    answer.set()
    assert time.monotonic() - began < 20


def test_a_piece_says_how_long_it_was_by_what_passed(recorded: Ward, streaming: Camera) -> None:
    recorded.connect(streaming)
    [footage, *_] = recorded.record(Footage.objects.exists)  # the clock stands still meanwhile
    began, ended = (datetime.fromisoformat(footage.origin[each]) for each in ("began", "ended"))
    assert timedelta(seconds=0.5) < ended - began < timedelta(seconds=10)


def test_a_disk_that_has_room_again_is_written_to_while_the_camera_streams_on(
    recorded: Ward, streaming: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "LONGEST_WAIT_S", 0.5)
    room = [0]
    monkeypatch.setattr("hokanko.vault.cabinet.free_bytes", lambda: room[0])
    recorded.connect(streaming)

    def over() -> bool:
        if Silence.objects.filter(until=None).exists():
            room[0] = 1 << 40
        return Footage.objects.exists()

    recorded.record(over)
    silence = Silence.objects.get()
    assert silence.cause == "here"
    assert silence.until is not None


def test_a_piece_that_cannot_be_filed_is_filed_once_it_can(
    recorded: Ward, streaming: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "LOOK_AGAIN_S", 0.2)
    failed = [0]

    def once(*given: Any, **more: Any) -> Any:
        if not failed[0]:
            failed[0] = 1
            raise Unavailable("まだ", "Not yet")
        return file_reel(*given, **more)

    monkeypatch.setattr(filing, "file_reel", once)
    recorded.connect(streaming)
    recorded.record(lambda: Footage.objects.filter(origin__cut_off=True).exists())
    assert not Arrival.objects.filter(state="copying").exists()


def test_a_recorder_goes_on_when_the_rulebook_is_altered_and_mended(
    recorded: Ward, streaming: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "LONGEST_WAIT_S", 0.5)
    monkeypatch.setattr(recorder, "LOOK_AGAIN_S", 0.2)
    recorded.connect(streaming)
    was = [alter()]

    def over() -> bool:
        if was and Silence.objects.filter(until=None, cause="rules").exists():
            restore(was.pop())
        return Footage.objects.exists()

    recorded.record(over)
    assert {"camera.fell_silent", "camera.spoke_again"} <= set(lines(recorded.row))
    assert not Silence.objects.filter(begun_owed=True).exists()


def test_a_silence_that_the_alarms_noted_of_a_slow_recorder_ends_when_it_is_heard(
    recorded: Ward, streaming: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "LOOK_AGAIN_S", 0.2)
    recorded.connect(streaming)

    def over() -> bool:
        if Arrival.objects.filter(state="copying").exists() and not Silence.objects.exists():
            fall_silent(recorded.row, "recorder", by=machine("intake", "AOBA"))
        return Silence.objects.exclude(until=None).exists()

    recorded.record(over, piece_s=20)
    assert lines(recorded.row)[-1] == "camera.spoke_again"
