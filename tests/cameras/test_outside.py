"""What a sample frame shows outside one's premises: marked by press or number, and seen to."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from hokanko.cameras import frames
from hokanko.cameras.models import Camera, CameraFrame
from hokanko.cameras.queries import frame
from hokanko.cameras.ready import lacking
from hokanko.ledger import read
from hokanko.media import redraw
from tests.cameras import standing
from tests.cameras.standing import base_map, enact, signed, sited, square
from tests.clauses.founded import Founded
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
WINDOW = {"left": "59.4", "top": "10", "right": "80.2", "bottom": "30"}


def seen(here: Founded, login: str = "mori") -> tuple[Camera, Client, str]:
    """A camera with a sample frame of 600 × 400, confirmed; the address of its page."""
    enact(here)
    camera = sited(here, square(here))
    signed(here, camera)
    frames.file_frame(camera, redraw.jpeg(base_map(), 1280), area=frames.Area(), by=here.by(login))
    frames.confirm(camera, by=here.by(login))
    return camera, browser(here, login), f"/cameras/{camera.pk}/outside/"


@pytest.mark.clause("home-2.2-range")
def test_a_neighbours_window_is_marked_and_masked_before_the_camera_runs() -> None:
    here = standing.house()
    camera, client, url = seen(here)
    assert "range" not in lacking(camera)
    client.post(url, WINDOW | {"way": "", "words": ""})
    assert frame(camera).outside == [], "neither masked nor justified: told on the form"  # type: ignore[union-attr]
    client.post(url, WINDOW | {"way": "mask", "words": "隣家の窓。カメラのマスクで隠した"})
    (row,) = frame(camera).outside  # type: ignore[union-attr]
    assert (row["left"], row["right"], row["way"]) == (59, 81, "mask")
    refused = client.post(f"/cameras/{camera.pk}/activate/")
    assert refused.status_code == 403
    assert "home-2.2-range" in refused.content.decode(), "it is to be confirmed again"
    client.post(f"/cameras/{camera.pk}/confirm/")
    client.post(f"/cameras/{camera.pk}/activate/")
    camera.refresh_from_db()
    assert camera.activated_at is not None
    acts = {act.kind: act for act in read.about(f"camera:{camera.pk}")}
    assert acts["camera.frame_marked"].facts["outside_areas"] == ["59,10-81,30 mask"]
    assert "隣家の窓" in str(acts["camera.frame_marked"].private["remedy"])


@pytest.mark.clause("ward-2-range")
def test_two_presses_mark_an_area_and_it_can_be_given_up() -> None:
    here = standing.ward()
    camera, client, url = seen(here)
    once = client.post(url, {"wide.x": "360", "wide.y": "48"}).content.decode()
    (corner,) = re.findall(r'name="corner" value="([^"]+)"', once)
    assert corner == "50.0,10.0"
    twice = client.post(url, {"small.x": "160", "small.y": "107", "corner": corner})
    boxes = re.findall(r'type="number" name="(\w+)" value="([^"]+)"', twice.content.decode())
    assert dict(boxes)["bottom"] == "50.2"
    client.post(url, WINDOW | {"way": "reason", "words": "歩道を写さないと入口が写らない"})
    assert "歩道を写さない" in client.get(f"/cameras/{camera.pk}/").content.decode()
    client.post(url, {"drop": "0"})
    assert frame(camera).outside == []  # type: ignore[union-attr]


def test_aiming_elsewhere_keeps_the_former_frame_as_history_without_its_picture() -> None:
    here = standing.ward()
    camera, client, url = seen(here)
    client.post(url, WINDOW | {"way": "reason", "words": "歩道"})
    frames.file_frame(camera, redraw.jpeg(base_map(), 1280), area=frames.Area(), by=here.by("mori"))
    page = client.get(f"/cameras/{camera.pk}/").content.decode()
    assert "これまでの確認画像" in page
    assert "敷地外 1か所" in page
    assert CameraFrame.objects.exclude(superseded_at=None).get().picture is None


def test_without_a_frame_there_is_nothing_to_mark_and_others_mark_nothing() -> None:
    here = standing.ward()
    camera = sited(here, square(here))
    url = f"/cameras/{camera.pk}/outside/"
    assert browser(here, "mori").get(url).status_code == 404
    for login in ("hara", "kanri"):
        assert browser(here, login).get(url).status_code == 403
        assert browser(here, login).post(url, WINDOW).status_code == 403


def test_the_shape_of_a_picture_is_read_from_it() -> None:
    assert redraw.shape_of(redraw.jpeg(base_map((600, 400)), 1280).body) == pytest.approx(2 / 3)
    assert redraw.shape_of(b"\xff\xd8nothing") == 1.0
