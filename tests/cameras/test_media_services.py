"""The streams of a camera by Media2 (Profile T), and by Media1 where that one fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from onvif import ONVIFOperationException

from hokanko.cameras.onvif import Device as Asked
from hokanko.errors import Conflict
from hokanko.ledger.read import about
from hokanko.rehearsal.device import Device, Nature
from hokanko.rehearsal.profiles import MEDIA1, MEDIA2, PROFILES, fault
from tests.cameras.judging import client, judged
from tests.cameras.test_device_pages import jpeg, known, ready
from tests.web.visitors import browser

BOTH, ONLY_NEW, ONLY_OLD = (MEDIA1, MEDIA2), (MEDIA2,), (MEDIA1,)
SPACES = f'xmlns:m="{MEDIA1}" xmlns:m2="{MEDIA2}" xmlns:t="http://www.onvif.org/ver10/schema"'
ENVELOPE = (
    f'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" {SPACES} '
    'xmlns:d="http://www.onvif.org/ver10/device/wsdl"><s:Body>{}</s:Body></s:Envelope>'
)


@pytest.fixture
def device() -> Iterator[Device]:
    """A camera with both media services."""
    with Device(Nature(picture=jpeg())) as device:
        yield device


def asked(device: Device, password: str = "device") -> Asked:  # noqa: S107 of none that exists
    return Asked(device.address, device.nature.user, password)


def codecs(device: Device) -> list[str]:
    return [each.codec for each in asked(device).streams()]


def saying(body: str) -> bytes:
    return ENVELOPE.format(body).encode()


def services(**address: str) -> bytes:
    """A list of services: Media1 and Media2 at these addresses."""
    told = "".join(
        f"<d:Service><d:Namespace>{ {'old': MEDIA1, 'new': MEDIA2}[name] }</d:Namespace>"
        f"<d:XAddr>{at}</d:XAddr></d:Service>"
        for name, at in address.items()
    )
    return saying(f"<d:GetServicesResponse>{told}</d:GetServicesResponse>")


def base(device: Device) -> str:
    return device.address.rpartition("/")[0]


def test_an_independent_client_takes_the_device_for_a_camera(device: Device) -> None:
    camera = client(device)
    assert camera.devicemgmt().GetDeviceInformation().Model == "R-1"
    old = camera.media()
    sizes = [p.VideoEncoderConfiguration.Resolution.Width for p in old.GetProfiles()]
    assert sizes == [640, 1280]
    setup = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}
    stream = old.GetStreamUri(StreamSetup=setup, ProfileToken="main")
    assert stream.Uri == device.nature.stream
    assert old.GetSnapshotUri(ProfileToken="main").Uri.endswith("/snapshot.jpg")
    assert camera.devicemgmt().SystemReboot() == "Rebooting"


def test_an_independent_client_takes_it_for_one_of_profile_t(device: Device) -> None:
    camera = client(device)
    told = camera.devicemgmt().GetServices(IncludeCapability=False)
    assert {MEDIA1, MEDIA2} <= {each.Namespace for each in told}
    new = camera.media2()
    (*_, fine) = new.GetProfiles(Type=["VideoEncoder"])
    encoder = fine.Configurations.VideoEncoder
    assert (encoder.Encoding, encoder.Resolution.Width, encoder.Profile) == ("H265", 1920, "Main")
    assert new.GetProfiles()[0].Configurations is None  # no type was asked for
    assert new.GetStreamUri(Protocol="RTSP", ProfileToken="fine") == device.nature.stream
    assert new.GetSnapshotUri(ProfileToken="fine").endswith("/snapshot.jpg")
    for wrong in ({"Protocol": "RTSP", "ProfileToken": "none"}, {"Protocol": "?"}):
        with pytest.raises(ONVIFOperationException):
            new.GetStreamUri(**{"ProfileToken": "fine"} | wrong)


def test_what_we_ask_of_media2_is_as_the_schema_has_it(device: Device) -> None:
    camera = asked(device)
    camera.picture(camera.streams()[0].token)
    heard = [each for each in device.heard if MEDIA2.encode() in each]
    first, *others, last = [judged(each) for each in heard]
    assert first.Type == ["VideoEncoder"]
    assert {(each.Protocol, each.ProfileToken) for each in others} == {
        ("RTSP", each.token) for each in PROFILES
    }
    assert last.ProfileToken == "fine"


@pytest.mark.parametrize("media", [BOTH, ONLY_NEW])
def test_its_streams_and_picture_by_media2(device: Device, media: tuple[str, ...]) -> None:
    device.nature.media = media
    assert codecs(device) == ["H265", "H264", "H264"]
    assert asked(device).picture("fine") == jpeg()
    assert {"GetProfiles2", "GetStreamUri2", "GetSnapshotUri2"} <= set(device.asked)
    assert not {"GetProfiles", "GetStreamUri", "GetSnapshotUri"} & set(device.asked)


def test_media1_where_there_is_no_other(device: Device) -> None:
    device.nature.media = ONLY_OLD
    assert codecs(device) == ["H264", "H264"]
    assert asked(device).picture("main") == jpeg()
    assert "GetCapabilities" not in device.asked


def test_old_firmware_that_lists_no_services(device: Device) -> None:
    device.nature.lacks = ("GetServices",)
    assert codecs(device) == ["H264", "H264"]
    assert asked(device).picture("main") == jpeg()
    assert "GetCapabilities" in device.asked


@pytest.mark.parametrize(
    "said",
    [b"", b"<html>404</html>", ENVELOPE.format("").encode(), b"<!DOCTYPE a><a/>", services()],
)
def test_a_list_of_services_that_is_none_is_passed_over(device: Device, said: bytes) -> None:
    device.nature.answers = {"GetServices": said}
    assert codecs(device) == ["H264", "H264"]


@pytest.mark.parametrize("lacks", ["GetProfiles2", "GetStreamUri2"])
def test_where_media2_declines_media1_is_asked(device: Device, lacks: str) -> None:
    device.nature.lacks = (lacks,)
    assert codecs(device) == ["H264", "H264"]


def test_a_picture_that_media2_does_not_have_is_asked_of_media1(device: Device) -> None:
    device.nature.lacks = ("GetSnapshotUri2",)
    assert asked(device).picture("main") == jpeg()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"<html>Please log in</html>",
        b"<a>" * 100_000 + b"</a>" * 100_000,
        saying("<m2:GetProfilesResponse/>"),
        saying(f'<m:GetProfilesResponse xmlns:m="{MEDIA1}"/>'),
    ],
)
def test_where_media2_cannot_be_read_media1_is_asked(device: Device, said: bytes) -> None:
    device.nature.answers = {"GetProfiles2": said}
    assert codecs(device) == ["H264", "H264"]


def test_a_profile_that_does_not_stream_is_passed_over(device: Device) -> None:
    profile = '<m2:Profiles token="{0}"><m2:Name>{0}</m2:Name></m2:Profiles>'
    told = profile.format("sound") + profile.format("main")
    device.nature.answers = {
        "GetProfiles2": saying(f"<m2:GetProfilesResponse>{told}</m2:GetProfilesResponse>")
    }
    (only,) = asked(device).streams()
    assert (only.token, only.codec, only.width) == ("main", "", 0)


def test_the_words_with_which_it_declines_are_told(device: Device) -> None:
    device.nature.media = ONLY_NEW
    words = "Too many\x85 profiles &lt;script&gt; " + "x" * 200
    device.nature.answers = {"GetStreamUri2": saying(fault("Receiver", "Action", words))}
    with pytest.raises(Conflict) as told:
        asked(device).streams()
    assert "Too many profiles <script>" in told.value.en
    assert len(told.value.en) < 150


def test_a_fault_without_words(device: Device) -> None:
    device.nature.media = ONLY_NEW
    device.nature.answers = {"GetProfiles2": saying("<s:Fault/>")}
    with pytest.raises(Conflict) as told:
        asked(device).streams()
    assert told.value.en == "The camera declined."


def test_a_camera_without_a_stream(device: Device) -> None:
    device.nature.media = ONLY_OLD
    device.nature.answers = {"GetProfiles": saying("<m:GetProfilesResponse/>")}
    with pytest.raises(Conflict) as told:
        asked(device).streams()
    assert "映像を一つも" in told.value.ja


def test_a_wrong_password_is_not_tried_a_second_time(device: Device) -> None:
    with pytest.raises(Conflict) as told:
        asked(device, "another").streams()
    assert "パスワード" in told.value.ja
    assert device.asked.count("GetProfiles2") == 1
    assert "GetProfiles" not in device.asked


def test_a_list_that_leads_elsewhere_is_kept_at_the_device(device: Device) -> None:
    port = device.port
    device.nature.answers = {
        "GetServices": services(new=f"http://a:b@203.0.113.7:{port}/onvif/media2_service")
    }
    assert codecs(device)[0] == "H265"


@pytest.mark.parametrize(
    "odd", ["", "/onvif/media2_service", "ftp://127.0.0.1/", "http://[::1/", "http://127.0.0.1:0/"]
)
def test_an_address_that_is_none_is_passed_over(device: Device, odd: str) -> None:
    old = f"{base(device)}/media_service"
    device.nature.answers = {"GetServices": services(new=odd, old=old)}
    assert codecs(device) == ["H264", "H264"]
    device.nature.answers = {"GetServices": services(new=odd)}
    with pytest.raises(Conflict):
        asked(device).streams()


def test_a_stream_that_leads_elsewhere_is_kept_at_the_device(device: Device) -> None:
    device.nature.media = ONLY_NEW
    device.nature.stream = "rtsp://viewer:secret@203.0.113.7:8554/live?a=1#x"
    assert {s.address for s in asked(device).streams()} == {"rtsp://127.0.0.1:8554/live?a=1"}
    device.nature.stream = "/live"
    with pytest.raises(Conflict):
        asked(device).streams()


@pytest.mark.usefixtures("fresh_home", "db")
def test_a_camera_with_media2_alone_is_set_up_on_the_page(device: Device) -> None:
    device.nature.media = ONLY_NEW
    here, camera, url = ready()
    visitor = browser(here, "mori")
    told = {"do": "read", "device": device.address, "user": "admin", "password": "device"}
    page = visitor.post(url, told).content.decode()
    assert "1920 × 1080" in page
    assert "H265" in page
    line = next(each for each in about(f"camera:{camera.pk}") if each.kind == "camera.known")
    assert line.facts["streams"] == len(PROFILES)
    known(here, camera, device)
    assert visitor.post(f"/cameras/{camera.pk}/snapshot/").status_code == 302


@pytest.mark.usefixtures("fresh_home", "db")
def test_its_refusal_is_shown_on_the_page_as_text(device: Device) -> None:
    device.nature.media = ONLY_NEW
    words = "&lt;script&gt;No&lt;/script&gt;"
    device.nature.answers = {"GetProfiles2": saying(fault("Receiver", "Action", words))}
    here, camera, url = ready()
    told = {"do": "read", "device": device.address, "user": "admin", "password": "device"}
    visitor = browser(here, "mori")
    answer = visitor.post(url, told)
    assert answer.status_code == 409
    assert "カメラの言葉：「&lt;script&gt;No&lt;/script&gt;」" in answer.content.decode()
    english = visitor.post(url, told, headers={"Accept-Language": "en"}).content.decode()
    assert "“&lt;script&gt;No&lt;/script&gt;”. Enter the camera" in english
    assert "camera.known" not in [each.kind for each in about(f"camera:{camera.pk}")]


@pytest.mark.usefixtures("fresh_home", "db")
def test_its_streams_are_told_by_command(
    device: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    device.nature.media = ONLY_NEW
    here, camera, _ = ready()
    words = ["camera", "device", "--org", here.org.pk, "--number", camera.number, "--by", "mori"]
    with pytest.raises(SystemExit):  # without the password
        call_command(*words, "--address", device.address)
    device.nature.password = ""
    call_command(*words, "--address", device.address, "--user", "admin")
    assert "1920x1080\tH265" in capsys.readouterr().out
