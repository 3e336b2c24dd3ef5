"""How well cameras are locked: examined at registration and each month, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from hokanko import clock
from hokanko.cameras import actions, devices, examined, examining, jobs
from hokanko.cameras.hygiene import DELIVERED, Seen, look
from hokanko.cameras.models import Camera as Row
from hokanko.cameras.models import Examination
from hokanko.cameras.onvif import Device as Asked
from hokanko.cameras.recorded import STREAM
from hokanko.cameras.sealed import place_of_camera
from hokanko.cameras.standing import Siting
from hokanko.cameras.streams import connect
from hokanko.cameras.trial import described
from hokanko.casebook.exposed import tell_exposed
from hokanko.casebook.models import Case
from hokanko.errors import Conflict, Refusal
from hokanko.jobs.models import Job
from hokanko.keyring.texts import sealer
from hokanko.ledger.read import about
from hokanko.rehearsal.device import Device, Nature
from hokanko.rehearsal.rtsp import USER, Camera, Mood
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.media.test_live import drawn
from tests.recorder.secured import behind, certificate
from tests.web.visitors import BACKEND

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
STRONG = "かもめが12羽とぶ"


@pytest.fixture
def streaming(tmp_path: Path) -> Iterator[Callable[[str], Camera]]:
    """Makes a camera that streams with a password, or without one."""
    film = drawn(tmp_path / "film.mp4", "libx264")
    with ExitStack() as opened:
        yield lambda password: opened.enter_context(Camera(film, Mood(password=password)))


def wireless(here: Founded, camera: Camera, password: str, user: str = USER) -> Row:
    """A camera that lacks nothing but the check of its password, connected."""
    row = standing.ready(here)
    row.connection, row.net_measures = "wireless", "WPA3"
    row.save()
    connect(row, camera.url, user=user, password=password, by=here.by("mori"))
    return row


def tried(here: Founded, row: Row, login: str = "mori") -> Examination:
    return examining.note(row, look(row), by=here.by(login))


def refusal(here: Founded, row: Row) -> Refusal:
    with pytest.raises(Refusal) as told:
        actions.activate(row, by=here.by("mori"))
    return told.value


@pytest.mark.clause("pref-img-password")
def test_a_connected_camera_runs_once_it_was_found_locked(
    streaming: Callable[[str], Camera],
) -> None:
    here = standing.street()
    row = wireless(here, streaming(STRONG), STRONG)
    assert refusal(here, row).clause == "pref-img-password"
    seen = tried(here, row)
    assert (seen.openly, seen.accepted, seen.faults) == (False, True, [])
    assert row.password_checked_on == clock.today()
    actions.activate(row, by=here.by("mori"))
    assert "camera.examined" in [line.kind for line in about(f"camera:{row.pk}")]


@pytest.mark.clause("pref-img-password")
def test_a_camera_that_streams_without_credentials_is_not_activated(
    streaming: Callable[[str], Camera],
) -> None:
    here = standing.street()
    camera = streaming("")
    row = wireless(here, camera, STRONG)
    assert tried(here, row).faults == ["openly"]
    assert refusal(here, row).clause == "pref-img-password"
    camera.mood.password = STRONG
    assert tried(here, row).faults == []
    actions.activate(row, by=here.by("mori"))


@pytest.mark.clause("pref-img-password")
def test_a_camera_with_a_weak_password_is_not_activated(
    streaming: Callable[[str], Camera],
) -> None:
    here = standing.street()
    row = wireless(here, streaming("12345678"), "12345678")
    assert tried(here, row).faults == ["weak"]
    assert refusal(here, row).clause == "pref-img-password"


def test_a_camera_that_cannot_be_tried_waits() -> None:
    here = standing.street()
    row = standing.ready(here)
    row.connection, row.net_measures = "wireless", "WPA3"
    row.password_checked_on, row.stream_url = clock.today(), "rtsp://127.0.0.1:9/live"
    row.save()
    assert tried(here, row).openly is None
    assert refusal(here, row).clause == "pref-img-password"


def test_the_password_on_record_goes_over_tls_only_to_the_certificate_confirmed(
    streaming: Callable[[str], Camera], tmp_path: Path
) -> None:
    here = standing.street()
    row, camera = standing.ready(here), streaming(STRONG)
    context, shown = certificate(tmp_path, "camera")
    with behind(context, camera.port) as port:
        for trusted, accepted, faults in ((shown, True, []), ("0" * 64, None, ["another"])):
            row.stream_url, row.stream_certificate = f"rtsps://127.0.0.1:{port}/live", trusted
            row.stream_user = USER
            row.stream_password = sealer()(STRONG.encode(), place_of_camera(row, STREAM))
            row.save()
            seen = tried(here, row)
            assert (seen.accepted, seen.faults) == (accepted, faults)


def test_what_vendors_deliver_is_tried_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row(stream_url="rtsp://127.0.0.1/live")
    asked: list[tuple[str, str]] = []

    def answer(url: str, user: str = "", password: str = "") -> int:
        asked.append((user, password))
        return 200 if (user, password) == ("root", "pass") else 401

    monkeypatch.setattr("hokanko.cameras.hygiene.described", answer)
    assert look(row).delivered == "root"
    tries = [pair for pair in asked if pair[0]]
    assert tries == list(DELIVERED[: DELIVERED.index(("root", "pass")) + 1])


@pytest.mark.parametrize("lock", [403, 423, 429, 503])
def test_a_camera_that_locks_itself_is_left_alone(
    lock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(url: str, user: str = "", password: str = "") -> int:
        asked.append(user)
        return lock if len(asked) > 3 else 401

    monkeypatch.setattr("hokanko.cameras.hygiene.described", answer)
    seen = look(Row(stream_url="rtsp://127.0.0.1/live"))
    assert (seen.stopped, seen.delivered, len(asked)) == (True, "", 4)


def test_no_user_is_tried_often_enough_to_be_locked_out() -> None:
    users = [user for user, _ in DELIVERED]
    assert max(map(users.count, users)) <= 2


def test_the_user_on_record_is_not_tried_with_other_passwords(
    streaming: Callable[[str], Camera], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = standing.ward()
    row = wireless(here, streaming(STRONG), STRONG, user="admin")
    asked: list[str] = []

    def answer(url: str, user: str = "", password: str = "", certificate: str = "") -> int:
        asked.append(f"{user}:{password}")
        return 401

    monkeypatch.setattr("hokanko.cameras.hygiene.described", answer)
    look(row)
    assert [each for each in asked if each.startswith("admin:")] == [f"admin:{STRONG}"]


def test_a_password_as_delivered_on_record_needs_no_trying(
    streaming: Callable[[str], Camera], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = standing.ward()
    row = wireless(here, streaming(STRONG), "12345", user="admin")
    monkeypatch.setattr("hokanko.cameras.hygiene.described", lambda *_: 401)
    seen = look(row)
    assert (seen.delivered, seen.weak) == ("admin", True)


def test_the_credentials_are_proven_as_the_camera_asks(
    streaming: Callable[[str], Camera],
) -> None:
    camera = streaming(STRONG)
    assert described(camera.url) == 401
    assert described(camera.url, USER, STRONG) == 200
    assert described(camera.url, USER, "another") == 401


def test_a_clock_that_is_off_is_told(streaming: Callable[[str], Camera]) -> None:
    here = standing.ward()
    row = wireless(here, streaming(STRONG), STRONG)
    with Device(Nature(now=NOON.timestamp, ahead_s=-75.0)) as device:
        row.device_url = device.address
        seen = tried(here, row)
        assert (seen.ahead_s, seen.faults) == (-75, ["clock"])
        device.nature.ahead_s = 59.0
        assert tried(here, row).faults == []


def test_connecting_puts_the_examination_off(streaming: Callable[[str], Camera]) -> None:
    here = standing.ward()
    row = wireless(here, streaming(STRONG), STRONG)
    job = Job.objects.get(name=jobs.EXAMINE)
    assert job.args == {"pk": str(row.pk)}
    jobs.examine(**job.args)
    assert Examination.objects.get().by is None


def running(here: Founded, camera: Camera) -> Row:
    row = wireless(here, camera, STRONG)
    tried(here, row)
    actions.activate(row, by=here.by("mori"))
    return row


@pytest.mark.clause("pref-img-password")
def test_a_running_camera_is_examined_each_month_and_what_turned_bad_is_told(
    streaming: Callable[[str], Camera],
) -> None:
    here = standing.street()
    camera = streaming(STRONG)
    row = running(here, camera)
    assert list(examined.due()) == []
    clock.fix(NOON + timedelta(days=31))
    assert list(examined.due()) == [row]
    camera.mood.password = ""
    jobs.examine_due()
    assert list(examined.due()) == []
    tell_exposed()
    tell_exposed()
    case = Case.objects.get()
    assert (case.asks, case.fact) == ("exposed", f"exposed/camera:{row.pk}")
    client = Client()
    client.force_login(here.people["mori"], backend=BACKEND)
    assert "認証やパスワードを直すカメラ" in client.get("/").content.decode()
    assert "認証なしで映像が見えます" in client.get(f"/cameras/{row.pk}/").content.decode()
    camera.mood.password = STRONG
    tried(here, row)
    tell_exposed()
    case.refresh_from_db()
    assert case.fact_over_at is not None
    assert "認証やパスワードを直すカメラ" not in client.get("/").content.decode()


def test_a_camera_that_does_not_answer_is_asked_again_the_next_day(
    streaming: Callable[[str], Camera],
) -> None:
    here = standing.ward()
    row = running(here, streaming(STRONG))
    clock.fix(NOON + timedelta(days=31))
    examining.note(row, Seen(), by=here.by("mori"))
    assert list(examined.due()) == []
    clock.fix(NOON + timedelta(days=33))
    assert list(examined.due()) == [row]


def test_a_stranger_does_not_examine(streaming: Callable[[str], Camera]) -> None:
    here = standing.ward()
    row = wireless(here, streaming(STRONG), STRONG)
    with pytest.raises(Refusal):
        examining.note(row, Seen(), by=here.by("hara"))


def test_a_camera_is_started_anew_by_those_who_operate_it() -> None:
    here = standing.ward()
    row = standing.running(here)
    with pytest.raises(Conflict):
        devices.ask_to_reboot(row, by=here.by("mori"))
    with Device() as device:
        row.device_url, row.stream_url = device.address, "rtsp://127.0.0.1/live"
        row.save()
        with pytest.raises(Refusal) as told:
            devices.ask_to_reboot(row, by=here.by("aoki"))
        assert told.value.clause == "ward-4-operate"
        connect(row, row.stream_url, user="admin", password="device", by=here.by("mori"))
        devices.ask_to_reboot(row, by=here.by("mori")).reboot()
        assert device.asked[-1] == "SystemReboot"
    assert "camera.rebooted" in [line.kind for line in about(f"camera:{row.pk}")]


def test_another_device_is_not_shown_the_password(streaming: Callable[[str], Camera]) -> None:
    here = standing.ward()
    row = wireless(here, streaming(STRONG), STRONG)
    row.device_url = "http://192.168.1.66/onvif/device_service"
    assert devices.ask_to_reboot(row, by=here.by("mori")).password == ""


def test_what_a_device_says_of_itself_is_kept() -> None:
    here = standing.ward()
    row = standing.ready(here)
    with Device() as device:
        asked = Asked(device.address, "admin", "device")
        devices.know(row, asked, asked.told(), len(asked.streams()), by=here.by("mori"))
    row.refresh_from_db()
    assert (row.device_url, row.device_name) == (device.address, "練習用の機器 R-1")
    assert "camera.known" in [line.kind for line in about(f"camera:{row.pk}")]


def test_siting_keeps_what_was_seen(streaming: Callable[[str], Camera]) -> None:
    here = standing.street()
    row = wireless(here, streaming(""), "")
    tried(here, row)
    actions.decide_site(row, Siting.of(row), by=here.by("mori"))
    assert row.streams_openly
