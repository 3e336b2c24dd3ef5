"""Cameras and signs put on the placement map: pressed, stepped, typed, recorded, taken back."""

from __future__ import annotations

import re

import pytest

from hokanko.cameras import posting
from hokanko.cameras.arranging import Trial, pressed, stepped
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.queries import frame
from hokanko.cameras.sites import Spot
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from tests.cameras import standing
from tests.cameras.standing import framed, running, signed, sited, square
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def address(at: Site, mark: Camera | Sign) -> str:
    kind = "camera" if isinstance(mark, Camera) else "sign"
    return f"/sites/{at.pk}/arrange/?what={kind}:{mark.pk}"


def filled(page: str) -> dict[str, str]:
    """The form as the page gives it back, with what the next press is for."""
    boxes = re.findall(r'<input type="number" name="(\w+)"(?: value="([^"]*)")?', page)
    tool = re.search(r'name="tool" value="(\w+)" checked', page)
    return dict(boxes) | {"tool": tool.group(1) if tool else ""}


def test_four_presses_place_a_camera_turn_it_open_its_view_and_say_how_far() -> None:
    here = standing.ward()
    at = square(here)
    camera = sited(here, at, map_x=None, map_y=None, facing_deg=None)
    client = browser(here, "mori")
    url = address(at, camera)
    stood = client.post(url, {"tool": "stand", "wide.x": "360", "wide.y": "240"}).content.decode()
    assert filled(stood) == {
        "left": "50.0",
        "top": "50.0",
        "facing": "",
        "view": "",
        "reach": "",
        "tool": "look",
    }
    looked = client.post(url, filled(stood) | {"wide.x": "500", "wide.y": "240"}).content.decode()
    assert filled(looked)["facing"] == "90"
    wide = client.post(url, filled(looked) | {"wide.x": "460", "wide.y": "340"}).content.decode()
    assert filled(wide)["view"] == "90"
    assert 'class="camera picked" transform="translate(500 334)"' in wide
    far = client.post(url, filled(wide) | {"wide.x": "540", "wide.y": "240"}).content.decode()
    assert (filled(far)["view"], filled(far)["reach"]) == ("90", "25.0")
    assert Camera.objects.get().map_x is None, "nothing is recorded before one says so"
    client.post(url, filled(far) | {"step": "record"})
    camera.refresh_from_db()
    assert (camera.map_x, camera.map_y, camera.facing_deg, camera.view_deg) == (0.5, 0.5, 90, 90)
    assert camera.reach == 0.25


def test_on_a_small_screen_the_small_picture_is_pressed() -> None:
    here = standing.ward()
    at = square(here)
    camera, client = sited(here, at), browser(here, "mori")
    page = client.post(address(at, camera), {"tool": "stand", "small.x": "80", "small.y": "53"})
    assert filled(page.content.decode())["left"] == "25.0"


def test_by_keyboard_alone_a_camera_is_moved_turned_and_widened() -> None:
    here = standing.ward()
    at = square(here)
    camera, client = sited(here, at, view_deg=60), browser(here, "mori")
    url = address(at, camera)
    form = filled(client.get(url).content.decode())
    for step in ("right", "down", "back", "wide", "far", "far", "near"):
        form = filled(client.post(url, form | {"step": step}).content.decode())
    client.post(url, form | {"step": "record"})
    camera.refresh_from_db()
    assert (camera.map_x, camera.map_y) == (0.26, 0.51)
    assert (camera.facing_deg, camera.view_deg, camera.reach) == (85, 65, 0.15)
    pushed = client.post(url, form | {"wide.x": "0", "wide.y": "0"}).content.decode()
    assert filled(pushed)["left"] == "26.0", "a picture pressed by keyboard says 0, 0"


def test_what_was_recorded_by_mistake_goes_back_where_it_was() -> None:
    here = standing.ward()
    at = square(here)
    sign, client = signed(here, sited(here, at)), browser(here, "mori")
    url = address(at, sign)
    moved = client.post(url, {"left": "70", "top": "20", "step": "record"}, follow=True)
    sign.refresh_from_db()
    assert (sign.map_x, sign.map_y) == (0.7, 0.2)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', moved.content.decode()))
    assert (hidden["left"], hidden["top"]) == ("10.0", "90.0")
    client.post(url, hidden | {"step": "record"})
    sign.refresh_from_db()
    assert (sign.map_x, sign.map_y) == (0.1, 0.9)
    lines = acts(Entry.objects.filter(kind="sign.placed").order_by("id"))
    assert [line.facts["map"] for line in lines] == ["70.0 / 20.0", "10.0 / 90.0"]


def test_another_direction_asks_for_another_sample_frame_and_another_place_does_not() -> None:
    here = standing.ward()
    camera, client = running(here), browser(here, "mori")
    at = Site.objects.get()
    url = address(at, camera)
    form = filled(client.get(url).content.decode())
    client.post(url, form | {"left": "30", "step": "record"})
    assert frame(camera) is not None
    turned = client.post(url, form | {"step": "round"}).content.decode()
    assert "撮影範囲の確認をやり直す" in turned
    client.post(url, filled(turned) | {"step": "record"})
    assert frame(camera) is None


def test_a_mark_is_taken_off_the_map() -> None:
    here = standing.ward()
    at = square(here)
    camera, client = sited(here, at), browser(here, "mori")
    url = address(at, camera)
    off = client.post(url, filled(client.get(url).content.decode()) | {"step": "off"})
    assert filled(off.content.decode())["left"] == ""
    client.post(address(at, camera), filled(off.content.decode()) | {"step": "record"})
    camera.refresh_from_db()
    assert (camera.sheet, camera.map_x, camera.facing_deg) == (None, None, 90)
    assert client.get(f"/sites/{at.pk}/arrange/?what=camera:elsewhere").status_code == 404


def test_signs_have_numbers_of_their_own_that_are_not_given_again() -> None:
    here = standing.ward()
    at = square(here)
    camera = sited(here, at)
    first, second = signed(here, camera), signed(here, camera, place="裏門", spot=Spot(0.4, 0.4))
    assert (first.number, second.number) == (1, 2)
    posting.remove_sign(second, on=standing.TODAY, photo=standing.PHOTO, by=here.by("mori"))
    assert signed(here, camera, place="東口").number == 3
    page = browser(here, "mori").get(f"/sites/{at.pk}/").content.decode()
    assert "表示板 1：広場の入口" in page


def test_who_may_not_draw_the_map_places_nothing() -> None:
    here = standing.ward()
    at = square(here)
    camera = sited(here, at)
    framed(here, camera)
    for login in ("hara", "kanri"):
        url, client = address(at, camera), browser(here, login)
        assert client.get(url).status_code == 403
        assert client.post(url, {"left": "1", "top": "1", "step": "record"}).status_code == 403
    camera.refresh_from_db()
    assert camera.map_x == 0.25


@pytest.mark.parametrize(
    ("x", "y", "facing"), [(0.5, 0.1, 0), (0.9, 0.5, 90), (0.5, 0.9, 180), (0.1, 0.5, 270)]
)
def test_a_press_above_looks_up(x: float, y: float, facing: int) -> None:
    looked, tool = pressed(Trial(50, 50), "look", Spot(x, y), 0.5)
    assert (looked.facing, tool) == (facing, "edge")


def test_steps_stay_on_the_map() -> None:
    assert stepped(Trial(0, 100), "left") == Trial(0, 100)
    assert stepped(Trial(), "up") == Trial(50, 50)
    assert stepped(Trial(1, 1, 0), "back").facing == 355
    assert stepped(Trial(1, 1, 0), "wide").view == 60
    assert stepped(Trial(1, 1, 0, 5), "narrow").view == 5
    assert stepped(Trial(1, 1, 0, 60, 2), "near").reach == 2
    assert stepped(Trial(1, 1, 0, 60, 299), "far").reach == 300
    assert stepped(Trial(1, 1, 0), "far") == Trial(1, 1, 0, 60, 15)
    assert Trial.read("a,b") is None
