"""A network camera found, read, examined and started anew through a browser, and by whom."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from PIL import Image

from hokanko.cameras import discovery
from hokanko.cameras.discovery import Found, Network
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import frame
from hokanko.cameras.streams import connect
from hokanko.ledger.read import about
from hokanko.rehearsal.device import Device, Nature
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.footage.pieces import connected
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
OWN = Network("eth0", "192.168.1.2")


def jpeg() -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (320, 180), (40, 60, 80)).save(sink, "JPEG")
    return sink.getvalue()


@pytest.fixture
def device() -> Iterator[Device]:
    with Device(Nature(picture=jpeg())) as device:
        yield device


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A network on which one camera answers; who asked it, by the number asked from."""
    asked: list[str] = []

    def search(own: str) -> list[Found]:
        asked.append(own)
        return [Found("http://192.168.1.20/onvif/device_service", "玄関")]

    monkeypatch.setattr(discovery, "networks", lambda: [OWN])
    monkeypatch.setattr(discovery, "search", search)
    return asked


def ready() -> tuple[Founded, Camera, str]:
    here = standing.ward()
    camera = standing.ready(here)
    return here, camera, f"/cameras/{camera.pk}/device/"


def lines(camera: Camera) -> list[str]:
    return [line.kind for line in about(f"camera:{camera.pk}")]


def known(here: Founded, camera: Camera, device: Device) -> None:
    """Its device is known, and it streams from there."""
    connect(camera, "rtsp://127.0.0.1/live", user="admin", password="device", by=here.by("mori"))
    camera.device_url = device.address
    camera.save()


def test_nothing_is_asked_until_somebody_presses(network: list[str]) -> None:
    here, _, url = ready()
    assert browser(here, "mori").get(url).status_code == 200
    assert network == []


def test_a_camera_is_found_and_chosen(network: list[str]) -> None:
    here, camera, url = ready()
    client = browser(here, "mori")
    page = client.post(url, {"do": "search", "network": OWN.own}).content.decode()
    assert network == [OWN.own]
    assert "192.168.1.20" in page
    assert "camera.sought" in lines(camera)
    chosen = client.get(url, {"device": "http://192.168.1.20/onvif/device_service"})
    assert 'value="http://192.168.1.20/onvif/device_service"' in chosen.content.decode()


def test_only_a_network_of_this_machine_is_asked(network: list[str]) -> None:
    here, _, url = ready()
    browser(here, "mori").post(url, {"do": "search", "network": "203.0.113.1"})
    assert network == []


def test_what_a_camera_tells_fills_the_form_that_connects_it(device: Device) -> None:
    here, camera, url = ready()
    client = browser(here, "mori")
    told = {"do": "read", "device": device.address, "user": "admin", "password": "device"}
    page = client.post(url, told).content.decode()
    assert "練習用の機器 R-1" in page
    assert "1280 × 720" in page
    link = f"/cameras/{camera.pk}/connect/?address=rtsp%3A%2F%2F127.0.0.1%3A554%2Flive&user=admin"
    assert link.replace("&", "&amp;") in page
    form = client.get(link).content.decode()
    assert 'value="rtsp://127.0.0.1:554/live"' in form
    assert 'value="admin"' in form
    assert "camera.known" in lines(camera)


def test_a_wrong_password_is_told_on_the_form(device: Device) -> None:
    here, camera, url = ready()
    told = {"do": "read", "device": device.address, "user": "admin", "password": "another"}
    answer = browser(here, "mori").post(url, told)
    assert answer.status_code == 409
    assert "受け付けませんでした" in answer.content.decode()
    assert "camera.known" not in lines(camera)


def test_a_sample_frame_is_taken_from_the_camera(device: Device) -> None:
    here, camera, _ = ready()
    known(here, camera, device)
    before = frame(camera)
    assert browser(here, "mori").post(f"/cameras/{camera.pk}/snapshot/").status_code == 302
    after = frame(camera)
    assert after is not None
    assert after != before
    assert after.confirmed_at is None


def test_a_picture_that_is_none_is_told(device: Device) -> None:
    here, camera, _ = ready()
    known(here, camera, device)
    device.nature.picture = b"<html>not a picture</html>"
    before = frame(camera)
    assert browser(here, "mori").post(f"/cameras/{camera.pk}/snapshot/").status_code == 422
    assert frame(camera) == before


def test_a_camera_is_examined_and_started_anew(device: Device) -> None:
    here, camera, _ = ready()
    known(here, camera, device)
    client = browser(here, "mori")
    assert "まだ点検していません" in client.get(f"/cameras/{camera.pk}/").content.decode()
    assert client.post(f"/cameras/{camera.pk}/examine/").status_code == 302
    page = client.get(f"/cameras/{camera.pk}/").content.decode()
    assert "返事がありませんでした" in page or "直すところがあります" in page
    told = client.post(f"/cameras/{camera.pk}/reboot/", follow=True)
    assert "再起動を頼みました" in told.content.decode()
    assert device.asked[-1] == "SystemReboot"


@pytest.mark.parametrize("login", ["hara"])
def test_who_may_not_connect_cameras_reaches_no_network(
    login: str, network: list[str], device: Device
) -> None:
    here, camera, url = ready()
    known(here, camera, device)
    client = browser(here, login)
    assert client.get(url).status_code == 403
    assert client.post(url, {"do": "search", "network": OWN.own}).status_code == 403
    for what in ("examine", "reboot", "snapshot"):
        assert client.post(f"/cameras/{camera.pk}/{what}/").status_code == 403
    assert (network, device.asked) == ([], [])


def test_an_installer_of_the_ward_does_not_operate_it(device: Device) -> None:
    here, camera, _ = ready()
    known(here, camera, device)
    refused = browser(here, "aoki").post(f"/cameras/{camera.pk}/reboot/")
    assert refused.status_code == 403
    assert "ward-4-operate" in refused.content.decode()
    assert device.asked == []


def test_cameras_are_found_and_examined_by_command(
    network: list[str], device: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    here, camera, _ = ready()
    told = ["--org", here.org.pk, "--number", camera.number, "--by", "mori"]
    call_command("camera", "find", *told, "--network", OWN.own)
    assert "192.168.1.20" in capsys.readouterr().out
    known(here, camera, device)
    with pytest.raises(SystemExit):  # nothing streams there
        call_command("camera", "examine", *told)
    assert "camera.examined" in lines(camera)
    call_command("camera", "reboot", *told)
    assert device.asked[-1] == "SystemReboot"


def test_who_may_not_change_settings_is_not_led_there() -> None:
    here = standing.ward()
    camera = connected(here)
    led = {
        who: [
            way in browser(here, who).get(f"/cameras/{camera.pk}/").content.decode()
            for way in ("/connect/", "/mask/", "/device/")
        ]
        for who in ("mori", "aoki")
    }
    assert led == {"mori": [True] * 3, "aoki": [False] * 3}
