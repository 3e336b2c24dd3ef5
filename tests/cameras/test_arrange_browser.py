"""The map in a real browser: pressed by mouse and by finger, and walked by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Page, Position, Route, ViewportSize, sync_playwright

from hokanko.cameras import laying
from hokanko.cameras.models import Camera, Sheet
from hokanko.media.redraw import Picture
from tests.cameras import standing
from tests.cameras.standing import base_map, sited, square
from tests.web.test_looks_browser import CHROMIUM, FLAGS, STYLES
from tests.web.visitors import browser

HOST = "http://hokanko.test"
TABS_MOST = 80

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is missing: no map is pressed"),
    pytest.mark.usefixtures("fresh_home", "db"),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks for, and where the answer goes."""

    method: str
    path: str
    body: bytes
    kind: str
    answers: Queue[tuple[int, str, bytes]]


def walk(client: Client, steps: Callable[[Page], None], width: int, *, touch: bool = False) -> None:
    """Walk through pages in a browser, in a thread of its own.

    Its every request is answered here, by the test's own client and its own database connection.
    """
    asked: Queue[Asked] = Queue()

    def forward(route: Route) -> None:
        request, where = route.request, urlsplit(route.request.url)
        if Path(where.path).suffix == ".css":
            route.fulfill(body=STYLES, content_type="text/css")
            return
        kind, body = request.headers.get("content-type", ""), request.post_data_buffer or b""
        answers: Queue[tuple[int, str, bytes]] = Queue()
        asked.put(Asked(request.method, f"{where.path}?{where.query}", body, kind, answers))
        status, told, content = answers.get()
        route.fulfill(status=status, content_type=told, body=content)

    def browse() -> None:
        with sync_playwright() as play:
            chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            screen: ViewportSize = {"width": width, "height": 900}
            page = chromium.new_context(viewport=screen, has_touch=touch).new_page()
            page.route("**/*", forward)
            steps(page)
            chromium.close()

    with ThreadPoolExecutor(1) as threads:
        walking = threads.submit(browse)
        while not walking.done() or not asked.empty():
            with suppress(Empty):
                each = asked.get(timeout=0.05)
                each.answers.put(_said(client, each))
        walking.result()


def _said(client: Client, asked: Asked) -> tuple[int, str, bytes]:
    said = client.generic(asked.method, asked.path, asked.body, asked.kind)
    if said.status_code == 302:
        said = client.get(said.headers["Location"])
    return said.status_code, said.headers.get("Content-Type", "text/plain"), said.content


@pytest.fixture
def placed() -> tuple[Client, Camera, Sheet]:
    """Who draws the map, a camera on the first sheet, and a second sheet 40 m wide."""
    here = standing.ward()
    at = square(here)
    camera, above = sited(here, at), laying.add_sheet(at, "2階", by=here.by("mori"))
    laying.describe_sheet(above, name="2階", metres_across=40, by=here.by("mori"))
    laying.lay_map(above, Picture(base_map()), by=here.by("mori"))
    return browser(here, "mori"), camera, above


def address(camera: Camera) -> str:
    return f"{HOST}/sites/{camera.site_id}/arrange/?what=camera:{camera.pk}"


@pytest.mark.parametrize(("width", "touch"), [(1280, False), (390, True)])
def test_a_camera_is_pressed_onto_another_sheet_and_as_far_as_it_sees(
    placed: tuple[Client, Camera, Sheet], width: int, touch: bool
) -> None:
    client, camera, above = placed
    told: list[object] = []

    def steps(page: Page) -> None:
        page.goto(address(camera))
        with page.expect_navigation():
            page.click("nav >> text=図面 2階")
        for x, y in ((0.5, 0.5), (0.9, 0.5), (0.7, 0.2), (0.75, 0.5)):
            shown = page.locator(".arrange input:visible")
            across, down = (int(shown.get_attribute(side) or 0) for side in ("width", "height"))
            spot: Position = {"x": x * across, "y": y * down}
            with page.expect_navigation():
                (shown.tap if touch else shown.click)(position=spot)
        told.append(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        with page.expect_navigation():
            page.get_by_text("この位置で記録する").click()
        told.append(page.locator(".notice.good p").inner_text())

    walk(client, steps, width, touch=touch)
    assert told == [True, "配置図の上の位置を記録しました。"]
    camera.refresh_from_db()
    assert (camera.sheet, camera.facing_deg) == (above, 90)
    assert (camera.map_x, camera.map_y) == pytest.approx((0.5, 0.5), abs=0.01)
    assert camera.view_deg == pytest.approx(90, abs=2)
    assert camera.reach == pytest.approx(0.25, abs=0.01), "ten metres of forty"


def test_on_a_phone_the_whole_plan_is_seen_and_read_without_scrolling_sideways(
    placed: tuple[Client, Camera, Sheet],
) -> None:
    client, camera, _ = placed
    told: list[object] = []

    def steps(page: Page) -> None:
        page.goto(f"{HOST}/sites/{camera.site_id}/")
        plan, number = page.locator(".placement svg").first, page.locator(".camera text").first
        drawn, written = plan.bounding_box(), number.bounding_box()
        assert drawn
        assert written
        told.append(drawn["x"] >= 0 and drawn["x"] + drawn["width"] <= 390)
        told.append(
            plan.evaluate("e => e.parentElement.scrollWidth <= e.parentElement.clientWidth")
        )
        told.append(written["height"] >= 14)

    walk(client, steps, 390)
    assert told == [True, True, True]


@pytest.mark.parametrize(("width", "touch"), [(1280, False), (390, True)])
def test_the_scale_is_measured_by_two_presses_and_a_number(
    placed: tuple[Client, Camera, Sheet], width: int, touch: bool
) -> None:
    client, _, above = placed

    def steps(page: Page) -> None:
        page.goto(f"{HOST}/sheets/{above.pk}/scale/")
        for x, y in ((0.25, 0.5), (0.75, 0.5)):
            shown = page.locator(".arrange input:visible")
            across, down = (int(shown.get_attribute(side) or 0) for side in ("width", "height"))
            spot: Position = {"x": x * across, "y": y * down}
            with page.expect_navigation():
                (shown.tap if touch else shown.click)(position=spot)
        page.fill("[name=metres]", "12.5")
        with page.expect_navigation():
            page.get_by_text("この縮尺で記録する").click()

    walk(client, steps, width, touch=touch)
    above.refresh_from_db()
    assert above.metres_across == pytest.approx(25, rel=0.01)


def test_by_keyboard_alone_a_camera_goes_to_another_sheet_and_sees_a_metre_farther(
    placed: tuple[Client, Camera, Sheet],
) -> None:
    client, camera, above = placed

    def steps(page: Page) -> None:
        page.goto(address(camera))
        for name in ("図面 2階", "右へ", "遠くまでにする", "遠くまでにする", "この位置で記録する"):
            _tab_to(page, name)
            with page.expect_navigation():
                page.keyboard.press("Enter")

    walk(client, steps, 1280)
    camera.refresh_from_db()
    assert (camera.sheet, camera.map_x, camera.map_y) == (above, 0.5, 0.5)
    assert camera.reach == pytest.approx(7 / 40), "the usual six metres, and one more"


def _tab_to(page: Page, name: str) -> None:
    """Go on by the tab key until that stands in focus; it may be there already."""
    for _ in range(TABS_MOST):
        if page.evaluate("(document.activeElement.innerText || '').trim()") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")
