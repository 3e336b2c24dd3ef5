"""The recorder: what a camera sends is footage, what it does not is a silence on the ledger."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import av
import pytest
from av.container import InputContainer
from django.conf import settings
from django.core.management import call_command

from hokanko import clock
from hokanko.cameras.models import Camera as Row
from hokanko.cameras.models import Silence
from hokanko.cameras.recorded import address_of, takes_sound
from hokanko.cameras.streams import connect
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.intake.jobs import examine
from hokanko.intake.models import Arrival
from hokanko.jobs.worker import drain
from hokanko.ledger.read import about
from hokanko.management.commands.fsck import everything
from hokanko.media.live import Begun, Dated, Hole
from hokanko.recorder import filing, recorder
from hokanko.recorder.jobs import recover_reels
from hokanko.recorder.recorder import Recorder
from hokanko.recorder.reels import LATEST_S, LiveReel, begin_reel
from hokanko.rehearsal.rtsp import USER, Camera, Mood
from hokanko.rules.actor import machine
from hokanko.schedule import JOBS
from hokanko.vault import cabinet
from hokanko.vault.fsck import findings
from hokanko.vault.store import shelf
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.media.test_live import drawn

pytestmark = pytest.mark.usefixtures("fresh_home", "db", "one_connection")
LONGEST_S = 30.0


class Here(Executor):
    """Does at once what it is given: tests hold one database connection."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(work(*args, **kwargs))
        return done


@dataclass
class Ward:
    """A ward with one running camera."""

    here: Founded
    row: Row

    def connect(self, camera: Camera, password: str = "") -> None:
        connect(
            self.row,
            camera.url,
            user=USER if password else "",
            password=password,
            by=self.here.by("mori"),
        )

    def record(self, until: Callable[[], bool], piece_s: float = 1.0) -> list[Footage]:
        deadline = time.monotonic() + LONGEST_S
        Recorder(self.here.org, piece_s=piece_s, pool=Here()).run(
            lambda: until() or time.monotonic() > deadline
        )
        assert time.monotonic() < deadline
        return list(Footage.objects.order_by("number"))


@pytest.fixture
def ward() -> Ward:
    here = standing.ward()
    return Ward(here, standing.running(here))


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    with Camera(drawn(tmp_path / "film.mp4", "libx264"), Mood()) as camera:
        yield camera


def lines(row: Row) -> list[str]:
    return [entry.kind for entry in about(f"camera:{row.pk}")]


def test_what_a_camera_sends_becomes_sealed_footage(ward: Ward, camera: Camera) -> None:
    ward.connect(camera)
    made = ward.record(lambda: Footage.objects.count() >= 2)
    for footage in made[:2]:
        examine(str(footage.pk))
        footage.refresh_from_db()
        assert footage.origin["via"] == "live"
        assert footage.captured is not None
        assert abs(footage.captured - footage.created) < timedelta(seconds=5)
        assert footage.flags == []
        with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
            film: InputContainer
            with av.open(io.BytesIO(reader.read_at(0, reader.plain_bytes)), "r") as film:
                assert sum(1 for _ in film.decode(film.streams.video[0])) >= 10
    assert not list(findings(deep=True))
    assert Silence.objects.count() == 0


def test_pictures_that_a_camera_held_ready_are_of_the_time_before(
    ward: Ward, camera: Camera
) -> None:
    camera.mood.held_s = 8.0
    ward.connect(camera)
    came = clock.now()
    piece = ward.record(lambda: Footage.objects.exists(), piece_s=10.0)[0]
    began, ended = (datetime.fromisoformat(piece.origin[end]) for end in ("began", "ended"))
    assert began < came - timedelta(seconds=3)
    assert timedelta(seconds=9) < ended - began < timedelta(seconds=13)


def test_a_camera_that_falls_silent_and_comes_back_is_told(
    ward: Ward, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "SILENT_AFTER_S", 1.0)
    ward.connect(camera)
    camera.mood.silent.set()

    def back() -> bool:
        silence = Silence.objects.first()
        if silence:
            camera.mood.silent.clear()
        return silence is not None and silence.until is not None

    ward.record(back)
    assert lines(ward.row)[-2:] == ["camera.fell_silent", "camera.spoke_again"]


def test_a_camera_that_refuses_the_password_is_a_silence_with_its_cause(
    ward: Ward, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "SILENT_AFTER_S", 3.0)  # asked and refused by then
    camera.mood.password = "right"
    ward.connect(camera, "wrong")
    ward.record(Silence.objects.exists)
    assert Silence.objects.get().cause == "HTTPUnauthorizedError"


def begun(ward: Ward) -> LiveReel:
    by = machine("intake", ward.here.org.pk)
    return begin_reel(ward.here.org, ward.row.number, Begun(0, "h264", 160, 120, ()), by=by)


def orphaned() -> None:
    """The process that was recording is dead."""
    Arrival.objects.filter(state="copying").update(worker=f"1:0:x:{os.uname().nodename}")


def cut_off(ward: Ward, bodies: list[bytes]) -> None:
    """A piece whose process died after `bodies` were kept."""
    live = begun(ward)
    for body in bodies:
        live.take(body)
        live.keep()
    live.reel.close()
    orphaned()


def box(kind: bytes, size: int = 20) -> bytes:
    return size.to_bytes(4, "big") + kind + bytes(size - 8)


FRAGMENT = box(b"moof") + box(b"mdat", 70_000)


def test_what_was_kept_before_a_power_cut_is_footage_at_the_next_start(ward: Ward) -> None:
    whole = box(b"ftyp") + box(b"moov") + FRAGMENT * 3
    cut_off(ward, [whole, FRAGMENT[:-30]])
    recover_reels()
    footage = Footage.objects.get()
    assert footage.bytes == len(whole)
    assert footage.origin["cut_off"] is True
    with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
        assert reader.read_at(0, reader.plain_bytes) == whole
    assert not list(findings(deep=True))


def test_a_recorder_with_a_worker_beside_it_leaves_the_rescue_to_that(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(ward, [box(b"ftyp") + box(b"moov") + FRAGMENT])
    monkeypatch.setattr(filing, "ThreadPoolExecutor", lambda *_, **__: Here())
    settings.HOME.path.mkdir(exist_ok=True)
    call_command("record", org=ward.here.org.pk, leashed=os.getppid(), seconds=0.01)
    assert not Footage.objects.exists()
    drain(JOBS)
    assert Footage.objects.get().origin["cut_off"] is True


def test_fsck_leaves_the_youngest_bytes_of_a_recording_alone(ward: Ward) -> None:
    whole = box(b"ftyp") + box(b"moov") + FRAGMENT
    live = begun(ward)
    live.take(whole)
    live.keep()
    assert [found.kind for found in everything(deep=False)] == ["arrival"]  # it still runs
    live.reel.close()
    orphaned()
    call_command("fsck", "--repair")
    assert Footage.objects.get().bytes == len(whole)
    assert not list(everything(deep=True))


def test_a_piece_that_was_closed_but_not_filed_is_filed(ward: Ward) -> None:
    whole = box(b"ftyp") + box(b"moov") + FRAGMENT
    live = begun(ward)
    live.take(whole)
    live.reel.finish()
    orphaned()
    recover_reels()
    assert Footage.objects.get().bytes == len(whole)
    assert not list(findings(deep=True))


def test_a_piece_cut_off_before_its_first_fragment_leaves_nothing(ward: Ward) -> None:
    cut_off(ward, [box(b"ftyp")])
    recover_reels()
    assert not Footage.objects.exists()
    assert Arrival.objects.get().state == "broken"
    assert not list(shelf().names())


def test_a_full_disk_stops_the_recording_and_says_so(
    ward: Ward, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hokanko.vault.cabinet.free_bytes", lambda: 0)
    ward.connect(camera)
    ward.record(Silence.objects.exists)
    assert Silence.objects.get().cause == "here"
    assert not Footage.objects.exists()
    assert not Arrival.objects.exists(), (
        "it tries again each few seconds, for as long as it is full"
    )


def test_a_disk_that_fills_while_a_piece_grows_ends_it_there_and_keeps_it(
    ward: Ward, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = count(2)  # room enough to begin, and for the first that is kept
    monkeypatch.setattr(
        "hokanko.vault.cabinet.room_left", lambda: 1 << 30 if next(left) < 5 else -1
    )
    ward.connect(camera)
    ward.record(Silence.objects.exists)
    assert Silence.objects.get().cause == "here"
    assert Footage.objects.get().bytes
    monkeypatch.setattr("hokanko.vault.cabinet.room_left", lambda: 1 << 30)
    ward.record(lambda: Footage.objects.count() > 1)


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1/", "rtsp://", "rtsp://a:b@10.0.0.1/", "rtsp://10.0.0.1/a b", "rtsp://[::1/x"],
)
def test_an_address_that_is_none_is_refused(ward: Ward, url: str) -> None:
    with pytest.raises(Conflict):
        connect(ward.row, url, by=ward.here.by("mori"))


def test_an_address_outside_of_ones_own_network_is_not_followed(ward: Ward) -> None:
    connect(ward.row, "rtsp://8.8.8.8/live", by=ward.here.by("mori"))
    with pytest.raises(Conflict):
        address_of(ward.row)


def test_the_password_stands_in_no_row_and_on_no_line(ward: Ward, camera: Camera) -> None:
    ward.connect(camera, "v3ry-secret")
    ward.row.refresh_from_db()
    assert b"v3ry-secret" not in bytes(ward.row.stream_password or b"")
    assert "v3ry-secret" not in str([entry.facts for entry in about(f"camera:{ward.row.pk}")])
    assert f"{USER}:v3ry-secret@" in address_of(ward.row)


def test_who_may_not_change_settings_may_not_connect(ward: Ward, camera: Camera) -> None:
    with pytest.raises(Refusal):
        connect(ward.row, camera.url, by=ward.here.by("aoki"))


def test_sound_is_recorded_only_where_the_edition_has_it(ward: Ward, camera: Camera) -> None:
    with pytest.raises(Conflict):
        connect(ward.row, camera.url, sound=True, by=ward.here.by("mori"))
    ward.row.stream_sound = True  # an edition before allowed it
    assert not takes_sound(ward.row)


def test_a_cell_that_dates_a_piece_again_and_again_moves_it_by_seconds(ward: Ward) -> None:
    live = begun(ward)
    for times in range(1, 5):
        live.told(Dated(0, live.first_at - 20.0 * times))
    assert live.began == live.first - timedelta(seconds=LATEST_S)
    live.told(Hole(0, 40_000, 43_000))
    live.told(Dated(0, live.first_at))
    live.reel.close()
    assert live.began == live.first, "it was taken back: the camera's clock runs wrong"
    assert live.arrival.origin["holes"] == [[10_000, 13_000]], "and so was what is counted from it"
