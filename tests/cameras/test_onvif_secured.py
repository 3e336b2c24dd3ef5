"""A camera's device asked over HTTPS: only from the certificate that a person compared."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from urllib3.exceptions import InsecureRequestWarning

from hokanko import clock
from hokanko.cameras import asking, examining, hygiene
from hokanko.cameras.certificates import certificate_at, in_groups
from hokanko.cameras.models import Camera
from hokanko.cameras.onvif import Device as Asked
from hokanko.cameras.queries import frame
from hokanko.cameras.streams import connect
from hokanko.casebook.exposed import tell_exposed
from hokanko.errors import Conflict
from hokanko.ledger.read import about
from hokanko.rehearsal.device import Device, Nature
from tests.cameras.judging import client
from tests.cameras.test_device_pages import jpeg, ready
from tests.clauses.founded import Founded
from tests.recorder.secured import certificate
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
OTHER = "0" * 64


@pytest.fixture
def shown(tmp_path: Path) -> str:
    return certificate(tmp_path, "device")[1]


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    """A device over HTTPS; `tls_shown` is what it shows."""
    tls, _ = certificate(tmp_path, "device")
    with Device(Nature(picture=jpeg()), tls=tls) as device:
        yield device


def asked(device: Device, trusted: str | None = None) -> Asked:
    shown = certificate_at(device.address) if trusted is None else trusted
    return Asked(device.address, "admin", "device", shown)


def known(here: Founded, camera: Camera, device: Device) -> None:
    """It was read with its certificate compared, and streams from there."""
    connect(camera, "rtsp://127.0.0.1/live", user="admin", password="device", by=here.by("mori"))
    camera.device_url, camera.device_certificate = device.address, certificate_at(device.address)
    camera.save()


def test_an_independent_client_takes_the_device_for_a_camera_over_https(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bundle in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):  # which would judge the certificate
        monkeypatch.delenv(bundle, raising=False)
    device.nature.now = time.time

    def ask() -> tuple[str, str]:
        camera = client(device, use_https=True)
        picture = camera.media2().GetSnapshotUri(ProfileToken="fine")
        return camera.devicemgmt().GetDeviceInformation().Model, picture

    with pytest.warns(InsecureRequestWarning):  # it takes any certificate
        model, picture = ask()
    assert model == "R-1"
    assert picture.startswith("https://")


def test_time_streams_picture_and_restart_go_over_it(device: Device) -> None:
    device.nature.now, camera = clock.now().timestamp, asked(device)
    assert abs(camera.measure().total_seconds()) < 5
    assert camera.told().model == "R-1"
    assert camera.picture(camera.streams()[0].token) == jpeg()
    camera.reboot()
    assert device.asked[-1] == "SystemReboot"


def test_a_device_that_wants_an_http_digest_gets_it_over_it(device: Device) -> None:
    device.nature.http_digest = True
    assert asked(device).told().serial == "R-0001"
    assert asked(device).picture("main") == jpeg()


def test_a_device_that_tells_addresses_in_the_clear_is_asked_over_tls_all_the_same(
    device: Device,
) -> None:
    device.nature.tells = "http"
    assert asked(device).picture("main") == jpeg()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("rtsps://127.0.0.1/live", "rtsps://127.0.0.1:322/live"),
        ("rtsps://203.0.113.7:8322/live", "rtsps://127.0.0.1:8322/live"),
        ("rtsp://127.0.0.1/live", "rtsp://127.0.0.1:554/live"),
    ],
)
def test_a_stream_over_tls_is_told_as_one(device: Device, told: str, kept: str) -> None:
    device.nature.stream = told
    assert {each.address for each in asked(device).streams()} == {kept}


@pytest.mark.parametrize("trusted", ["", OTHER])
def test_who_shows_another_certificate_is_told_nothing(device: Device, trusted: str) -> None:
    for ask in (Asked.measure, Asked.told, Asked.streams, Asked.reboot):
        with pytest.raises(Conflict) as refused:
            ask(asked(device, trusted))
        assert "証明書" in refused.value.ja
    with pytest.raises(Conflict):
        asked(device, trusted).picture("main")
    assert device.asked == []


def test_what_speaks_no_tls_there_is_told_nothing(device: Device) -> None:
    with Device() as plain:
        address = plain.address.replace("http:", "https:")
        with pytest.raises(Conflict):
            certificate_at(address)
        with pytest.raises(Conflict):
            Asked(address, "admin", "device", OTHER).told()
        assert plain.asked == []


def test_a_handshake_that_never_ends_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the call and says nothing
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(Conflict):
            asking.exchange(url, asking.Ask("GET"), certificate=OTHER, within_s=0.2)


def test_the_page_shows_the_fingerprint_before_the_password_is_sent(device: Device) -> None:
    here, camera, url = ready()
    client, shown = browser(here, "mori"), certificate_at(device.address)
    told = {"do": "read", "device": device.address, "user": "admin", "password": "device"}
    first = client.post(url, told)
    assert in_groups(shown) in first.content.decode()
    assert "練習用の機器" not in first.content.decode()
    assert device.asked == []
    camera.refresh_from_db()
    assert camera.device_url == ""
    data = first.context["reading"].data
    again = told | {"password": "", "tried": data["tried"], "certificate": data["certificate"]}
    assert "練習用の機器 R-1" in client.post(url, again).content.decode()
    camera.refresh_from_db()
    assert (camera.device_url, camera.device_certificate) == (device.address, shown)
    line = next(each for each in about(f"camera:{camera.pk}") if each.kind == "camera.known")
    assert line.facts["certificate"] == shown
    assert "練習用の機器 R-1" in client.post(url, told).content.decode()  # compared once


def test_a_password_typed_for_one_device_is_not_sent_to_another(device: Device) -> None:
    here, _, url = ready()
    client = browser(here, "mori")
    elsewhere = device.address.replace("127.0.0.1", "localhost")
    told = {"do": "read", "device": elsewhere, "user": "admin", "password": "device"}
    tried = client.post(url, told).context["reading"].data["tried"]
    moved = told | {"device": device.address, "password": "", "tried": tried}
    moved["certificate"] = certificate_at(device.address)
    assert "受け付けませんでした" in client.post(url, moved).content.decode()


def test_a_changed_certificate_is_refused_and_told(device: Device) -> None:
    here, camera, url = ready()
    known(here, camera, device)
    camera.device_certificate = OTHER
    camera.save()
    client, before = browser(here, "mori"), frame(camera)
    for what in ("snapshot", "reboot"):
        answer = client.post(f"/cameras/{camera.pk}/{what}/")
        assert answer.status_code == 409
        assert "確かめたものと違います" in answer.content.decode()
    assert frame(camera) == before
    told = {"do": "read", "device": device.address, "user": "admin", "password": "device"}
    assert "証明書が前と違います" in client.post(url, told).content.decode()
    assert device.asked == []


def test_an_examination_finds_the_changed_certificate(device: Device) -> None:
    here, camera, _ = ready()
    known(here, camera, device)
    assert "another" not in examining.note(camera, hygiene.look(camera), by=here.by("mori")).faults
    camera.device_certificate = OTHER
    camera.save()
    assert "another" in examining.note(camera, hygiene.look(camera), by=here.by("mori")).faults
    page = browser(here, "mori").get(f"/cameras/{camera.pk}/").content.decode()
    assert "証明書が、確かめたものと違います" in page
    tell_exposed()


def test_a_sample_frame_and_a_restart_over_it(device: Device) -> None:
    here, camera, _ = ready()
    known(here, camera, device)
    before, client = frame(camera), browser(here, "mori")
    assert client.post(f"/cameras/{camera.pk}/snapshot/").status_code == 302
    assert frame(camera) != before
    assert client.post(f"/cameras/{camera.pk}/reboot/").status_code == 302
    assert device.asked[-1] == "SystemReboot"


def test_the_command_tells_the_fingerprint_and_takes_it_confirmed(
    device: Device, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, camera, _ = ready()
    file, shown = tmp_path / "password", certificate_at(device.address)
    file.write_text("device\n", encoding="utf-8")
    words = ["camera", "device", "--org", here.org.pk, "--number", camera.number, "--by", "mori"]
    words += ["--address", device.address, "--user", "admin", "--file", str(file)]
    with pytest.raises(SystemExit):
        call_command(*words)
    assert device.asked == []
    call_command(*words, "--certificate", in_groups(shown))
    assert "R-1" in capsys.readouterr().out
    camera.refresh_from_db()
    assert camera.device_certificate == shown
    call_command(*words)
