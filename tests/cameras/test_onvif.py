"""A camera asked over ONVIF: who it is, and devices that lie."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.cameras import asking
from hokanko.cameras.digest import proof
from hokanko.cameras.discovery import networks, search
from hokanko.cameras.onvif import Device as Asked
from hokanko.cameras.onvif import device_address
from hokanko.cameras.soap import read
from hokanko.errors import Conflict
from hokanko.rehearsal.device import Device, Nature, answer_probe, match

HERE = "127.0.0.1"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=clock.TOKYO)
HOUR = 3600.0


@pytest.fixture
def device() -> Iterator[Device]:
    """A camera whose clock is an hour ahead."""
    with Device(Nature(ahead_s=HOUR)) as device:
        yield device


def asked(device: Device, password: str = "device") -> Asked:  # noqa: S107 of none that exists
    return Asked(device.address, device.nature.user, password)


def test_a_device_says_who_it_is_and_where_it_streams(device: Device) -> None:
    camera = asked(device)
    assert abs(camera.measure() - timedelta(seconds=HOUR)) < timedelta(seconds=5)
    assert (camera.told().maker, camera.told().model) == ("練習用の機器", "R-1")
    first, *_, last = camera.streams()
    assert (first.width, first.codec, first.address) == (1920, "H265", "rtsp://127.0.0.1:554/live")
    assert (last.width, last.token) == (640, "low")
    camera.reboot()
    assert "SystemReboot" in device.asked


def test_its_clock_is_measured_against_ours(device: Device) -> None:
    clock.fix(NOON)
    try:
        device.nature.now, device.nature.ahead_s = NOON.timestamp, -90.0
        assert asked(device).measure() == timedelta(seconds=-90)
    finally:
        clock.fix(None)


def test_hours_that_a_rehearsal_was_moved_are_no_error_of_its_clock(
    device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = asked(device)
    assert camera.ahead_s is None
    (moved := tmp_path / "rehearsal.json").write_text('{"offset_seconds": -86400}')
    monkeypatch.setattr("hokanko.clock._Clock.file", str(moved))
    assert camera.measure() > timedelta(days=1)
    assert abs((camera.ahead_s or 0) - HOUR) < 5


def test_a_wrong_password_is_told(device: Device) -> None:
    with pytest.raises(Conflict) as told:
        asked(device, "another").told()
    assert "パスワード" in told.value.ja


def test_a_device_that_wants_an_http_digest_gets_it(device: Device) -> None:
    device.nature.http_digest, device.nature.picture = True, b"\xff\xd8 a picture"
    assert asked(device).told().serial == "R-0001"
    assert asked(device).picture("main") == b"\xff\xd8 a picture"
    with pytest.raises(Conflict):
        asked(device, "another").told()


def test_an_address_that_leads_elsewhere_is_kept_at_the_device(device: Device) -> None:
    device.nature.stream = "rtsp://viewer:secret@203.0.113.7:8554/live?a=1#x"
    assert {s.address for s in asked(device).streams()} == {"rtsp://127.0.0.1:8554/live?a=1"}


@pytest.mark.parametrize(
    "stream",
    [
        "",
        "http://127.0.0.1/",
        "rtsp://127.0.0.1:99999/live",
        "rtsp://127.0.0.1/a b",
        "rtsp://127.0.0.1/" + "a" * 300,
        "rtsp://[::1/live",
        "file:///etc/passwd",
    ],
)
def test_no_other_address_is_taken(device: Device, stream: str) -> None:
    device.nature.stream = stream
    with pytest.raises(Conflict):
        asked(device).streams()


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
ENVELOPE = b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>%b</s:Body>'


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"<html>Please log in</html>",
        b"<a><b></a>",
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"),
        b"\xff\xfe\x00\x80",
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<a/>" + b" " * asking.MOST,
        ENVELOPE % b"" + b"</s:Envelope>",
    ],
)
def test_a_malformed_answer_is_told(device: Device, said: bytes) -> None:
    questions = ("GetSystemDateAndTime", "GetServices", "GetCapabilities")
    device.nature.answers = dict.fromkeys(questions, said)
    with pytest.raises(Conflict):
        asked(device).measure()
    with pytest.raises(Conflict):
        asked(device).streams()


@pytest.mark.parametrize("wrong", ["<t:Hour>99", "<t:Hour>", "<t:Hour>-1", "<t:Hour>" + "9" * 5000])
def test_a_time_that_is_none_is_told(device: Device, wrong: str) -> None:
    right = device.said("GetSystemDateAndTime")
    assert right is not None
    hour = right[right.index("<t:Hour>") : right.index("</t:Hour>")]
    space = 'xmlns:d="http://www.onvif.org/ver10/device/wsdl"'
    schema = 'xmlns:t="http://www.onvif.org/ver10/schema"'
    opening = "<d:GetSystemDateAndTimeResponse"
    lie = right.replace(hour, wrong).replace(opening, f"{opening} {space} {schema}")
    device.nature.answers = {"GetSystemDateAndTime": lie.encode()}
    with pytest.raises(Conflict):
        asked(device).measure()


def test_entities_are_never_made() -> None:
    with pytest.raises(Conflict):
        read(LAUGHS)
    assert read(b"<a>&lt;</a>").text == "<"


@pytest.fixture
def dripping() -> Iterator[str]:
    """A device that sends a byte now and then, for ever."""
    listener, gone = socket.create_server((HERE, 0)), threading.Event()

    def drip() -> None:
        caller, _ = listener.accept()
        with caller:
            caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not gone.wait(0.02):
                try:
                    caller.sendall(b"<")
                except OSError:
                    return

    threading.Thread(target=drip, daemon=True).start()
    yield f"http://{HERE}:{listener.getsockname()[1]}/"
    gone.set()
    listener.close()


def test_a_slow_answer_is_cut_off(dripping: str) -> None:
    with pytest.raises(Conflict):
        asking.exchange(dripping, asking.Ask("GET"), within_s=0.2)


def test_nothing_outside_the_own_network_is_asked() -> None:
    for address in ("http://203.0.113.7/", "http://8.8.8.8/onvif", "http://nobody.invalid/"):
        with pytest.raises(Conflict):
            Asked(address).measure()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("192.168.1.9", "http://192.168.1.9/onvif/device_service"),
        (" 192.168.1.9:8080 ", "http://192.168.1.9:8080/onvif/device_service"),
        ("http://camera.local/onvif/other", "http://camera.local/onvif/other"),
        ("https://camera.local", "https://camera.local/onvif/device_service"),
    ],
)
def test_what_people_type_is_an_address(typed: str, address: str) -> None:
    assert device_address(typed) == address


@pytest.mark.parametrize(
    "typed", ["", "ftp://a/", "http://a:b@c/", "http://a b/", "http://[/", "あ"]
)
def test_what_is_none_is_told(typed: str) -> None:
    with pytest.raises(Conflict):
        device_address(typed)


def test_the_digest_is_the_one_of_the_rfc(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 2617, 3.5: the example with qop, but for its client nonce, which is random here."""
    challenge = (
        'Digest realm="testrealm@host.com", qop="auth,auth-int", '
        'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
    )
    monkeypatch.setattr("os.urandom", lambda _: bytes.fromhex("0a4f113b"))
    said = proof([challenge], "GET", "/dir/index.html", "Mufasa", "Circle Of Life")
    assert said is not None
    assert 'response="6629fae49393a05397450978507c4ef1"' in said
    assert 'opaque="5ccc069c403ebaf9f0171e9517f40e41"' in said


@pytest.mark.parametrize(
    "challenge",
    [
        "Negotiate",
        "Digest",
        "Digest realm",
        'Digest realm="a", nonce="b", algorithm=ROT13',
        'Digest realm="a", nonce="b", qop="auth-int"',
    ],
)
def test_a_challenge_that_nobody_can_answer(challenge: str) -> None:
    assert proof([challenge], "GET", "/", "admin", "x") is None


def test_basic_is_the_last_resort() -> None:
    both = ["Basic realm=a", 'Digest realm="a", nonce="b"']
    assert (proof(both, "GET", "/", "admin", "x") or "").startswith("Digest ")
    assert proof(both[:1], "GET", "/", "admin", "x") == "Basic YWRtaW46eA=="


Answering = Callable[..., tuple[str, int]]


@pytest.fixture
def neighbour() -> Iterator[Answering]:
    """Something on the network that answers the next probe with what it is told to."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind((HERE, 0))
        line.settimeout(5)

        def answering(address: str = "", *, raw: list[bytes] | None = None) -> tuple[str, int]:
            def serve() -> None:
                if raw is None:
                    answer_probe(line, address)
                    return
                _, caller = line.recvfrom(65535)
                for each in raw:
                    line.sendto(each, caller)

            threading.Thread(target=serve, daemon=True).start()
            return (HERE, line.getsockname()[1])

        yield answering


def test_a_camera_on_the_network_is_found(neighbour: Answering) -> None:
    at = neighbour("http://127.0.0.1:8000/onvif/device_service")
    (found,) = search(HERE, seconds=0.3, at=at)
    assert found.address == "http://127.0.0.1:8000/onvif/device_service"
    assert found.name == "R-1"


def test_of_two_addresses_the_one_over_tls_is_taken(neighbour: Answering) -> None:
    at = neighbour("http://127.0.0.1/onvif/device_service https://127.0.0.1/onvif/device_service")
    (found,) = search(HERE, seconds=0.3, at=at)
    assert found.address == "https://127.0.0.1/onvif/device_service"


def test_a_camera_that_names_another_is_taken_for_itself(neighbour: Answering) -> None:
    (found,) = search(HERE, seconds=0.3, at=neighbour("http://203.0.113.7/onvif/device_service"))
    assert found.address == "http://127.0.0.1/onvif/device_service"


def test_noise_on_the_network_is_passed_over(neighbour: Answering) -> None:
    noise = [b"", b"\xff" * 2000, LAUGHS, match("urn:uuid:of-somebody-else", "http://127.0.0.1/")]
    assert search(HERE, seconds=0.3, at=neighbour(raw=noise)) == []


def test_networks_are_private_and_not_the_machine_itself() -> None:
    assert all(not each.own.startswith("127.") for each in networks())
