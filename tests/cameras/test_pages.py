"""The rack through a browser: registering a camera, checking one out; and who may not."""

from __future__ import annotations

import pytest

from hokanko.cameras.models import Camera
from hokanko.rehearsal.cast import Cast
from tests.web.visitors import browser, kinds_written

SEEN_TO = {"position": "胸部", "ticks": ["cord", "lamp", "continuous"]}
NEW = {"number": "7", "serial": "HKBWC-7", "kind": "wearable"}


def test_the_rack_shows_the_units_cameras(cast: Cast) -> None:
    page = browser(cast, "tanaka").get("/cameras/").content.decode()
    assert "HKBWC-CHUO-0001" in page
    assert "2台" in page
    assert "MINATO" not in page


def test_an_empty_rack_says_what_to_do(cast: Cast) -> None:
    Camera.objects.filter(org=cast.other).delete()
    page = browser(cast, "yamada").get("/cameras/").content.decode()
    assert "はじめに、カメラを登録してください" in page


def test_a_camera_is_registered(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    assert client.get("/cameras/at/CHUO/register/").status_code == 200
    answer = client.post("/cameras/at/CHUO/register/", NEW)
    assert answer.headers["Location"] == "/cameras/at/CHUO/"
    assert Camera.objects.filter(org=cast.station, number="7").exists()
    assert kinds_written()[-1] == "camera.registered"


def test_who_may_not_see_the_rack_is_not_sent_there(cast: Cast) -> None:
    answer = browser(cast, "kanri").post("/cameras/at/CHUO/register/", NEW)
    assert Camera.objects.filter(org=cast.station, number="7").exists()
    assert answer.headers["Location"] == "/"


def test_a_number_is_given_once(cast: Cast) -> None:
    answer = browser(cast, "tanaka").post("/cameras/at/CHUO/register/", NEW | {"number": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "errorlist" in page
    assert 'value="HKBWC-7"' in page, "what was typed stays"


@pytest.mark.usefixtures("in_validity")
def test_a_trained_wearer_takes_a_camera_out(cast: Cast) -> None:
    camera, client = cast.cameras["CHUO-1"], browser(cast, "tanaka")
    assert "佐藤 健" in client.get(f"/cameras/{camera.pk}/issue/").content.decode()
    answer = client.post(
        f"/cameras/{camera.pk}/issue/", SEEN_TO | {"holder": cast.people["sato"].pk}
    )
    assert answer.status_code == 302
    camera.refresh_from_db()
    assert camera.holder == cast.people["sato"]
    assert "佐藤 健" in client.get("/cameras/").content.decode()


@pytest.mark.usefixtures("in_validity")
def test_an_untrained_one_does_not(cast: Cast) -> None:
    camera = cast.cameras["CHUO-1"]
    said = SEEN_TO | {"holder": cast.people["ito"].pk}
    answer = browser(cast, "tanaka").post(f"/cameras/{camera.pk}/issue/", said)
    assert answer.status_code == 403
    assert "police-10" in answer.content.decode()
    assert kinds_written()[-1] == "refused"


@pytest.mark.usefixtures("in_validity")
def test_a_wearer_of_another_unit_cannot_be_chosen(cast: Cast) -> None:
    camera = cast.cameras["CHUO-1"]
    said = SEEN_TO | {"holder": cast.people["nakamura"].pk}
    answer = browser(cast, "tanaka").post(f"/cameras/{camera.pk}/issue/", said)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


@pytest.mark.usefixtures("in_validity")
def test_the_manager_does_not_issue(cast: Cast) -> None:
    camera = cast.cameras["CHUO-1"]
    said = SEEN_TO | {"holder": cast.people["sato"].pk}
    answer = browser(cast, "suzuki").post(f"/cameras/{camera.pk}/issue/", said)
    assert answer.status_code == 403
    assert "police-4.1-log" in answer.content.decode()


@pytest.mark.parametrize("login", ["yamada", "ito"])
def test_outsiders_and_plain_staff_see_no_rack(cast: Cast, login: str) -> None:
    client, camera = browser(cast, login), cast.cameras["CHUO-1"]
    for url in ("/cameras/at/CHUO/", "/cameras/at/CHUO/register/", f"/cameras/{camera.pk}/issue/"):
        assert client.get(url).status_code == 403
        assert kinds_written()[-1] == "refused"
    said = SEEN_TO | {"holder": cast.people["sato"].pk}
    assert client.post("/cameras/at/CHUO/register/", NEW).status_code == 403
    assert client.post("/cameras/at/CHUO/register/", {"number": ""}).status_code == 403
    assert client.post(f"/cameras/{camera.pk}/issue/", {}).status_code == 403
    assert client.post(f"/cameras/{camera.pk}/issue/", said).status_code == 403


def test_a_camera_that_is_not_there(cast: Cast) -> None:
    unknown = "/cameras/00000000-0000-4000-8000-000000000000/issue/"
    assert browser(cast, "tanaka").get(unknown).status_code == 404
