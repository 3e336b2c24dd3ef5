"""The navigation: grouped by task, one entry marked, folded on a telephone and reached by keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from hokanko.rehearsal.cast import Cast
from tests.web.test_looks_browser import CHROMIUM, FLAGS, PHONE, STYLES
from tests.web.visitors import browser

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="page">')


@pytest.mark.parametrize("login", ["suzuki", "tanaka", "sato", "ito", "watanabe", "kanri"])
def test_each_place_stands_once_in_its_group(cast: Cast, login: str) -> None:
    page = browser(cast, login).get("/").content.decode()
    menu = page.partition('id="menu"')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="([^"]+)"', menu)
    assert len(links) == len(set(links)) > 2
    assert CURRENT.findall(menu) == ["/"]
    groups = re.findall(r'<p id="menu-\d+">([^<]+)</p>', menu)
    assert len(groups) == len(set(groups))


@pytest.mark.parametrize("address", ["/cameras/", "/desk/", "/recordings/", "/recordings/now/"])
def test_what_stands_under_the_cameras_lights_their_entry(cast: Cast, address: str) -> None:
    page = browser(cast, "suzuki").get(address, follow=True).content.decode()
    menu = page.partition('id="menu"')[2].partition("</nav>")[0]
    assert CURRENT.findall(menu) == ["/cameras/"]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is missing: no page is laid out")
def test_it_is_folded_on_a_telephone_and_opens_by_keyboard(cast: Cast, tmp_path: Path) -> None:
    html = browser(cast, "suzuki").get("/cameras/").content.decode()
    saved = tmp_path / "page.html"
    saved.write_text(html.replace("</head>", f"<style>{STYLES}</style></head>"))
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = chromium.new_page(viewport=PHONE)
        page.goto(saved.as_uri())
        link = page.locator(".mainnav a[aria-current=page]")
        assert not link.is_visible()
        assert page.locator("h1").bounding_box()["y"] < PHONE["height"] / 2  # type: ignore[index]
        page.locator(".mainnav > button").focus()
        page.keyboard.press("Enter")
        assert link.is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.mainnav a')")
        page.keyboard.press("Escape")
        assert not link.is_visible()
        page.set_viewport_size({"width": 1280, "height": 800})
        assert link.is_visible()
        assert not page.locator(".mainnav > button").is_visible()
        chromium.close()
