"""Ribbons on a telephone: the whole day is on the screen, in letters that can be read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from hokanko.cameras.models import Camera
from tests.cameras import standing
from tests.footage.pieces import NOW, START, connected, piece
from tests.house.tree import ROOT
from tests.web.visitors import browser

CHROMIUM = Path("/usr/bin/chromium")
STYLES = (ROOT / "hokanko" / "static" / "hokanko.css").read_text()
LEAST_LETTER = 12  # pixels
HOUR = timedelta(hours=1)
DRAWN = """() => {
  const box = (each) => each.getBoundingClientRect();
  const all = (what) => [...document.querySelectorAll('.ribbon svg ' + what)];
  const hours = all('.hour').filter((each) => box(each).width);
  return {
    edges: all('rect.out').map((each) => [box(each).left, box(each).right]),
    width: innerWidth,
    ticks: hours.map((each) => each.textContent),
    gaps: hours.slice(1).map((each, n) => box(each).left - box(hours[n]).right),
    letters: all('text').map((each) => box(each).height).filter(Boolean),
    scrolls: all('rect.out').some((each) => {
      const around = each.closest('figure').parentElement;
      return around.scrollWidth > around.clientWidth;
    }),
  };
}"""

pytestmark = [
    pytest.mark.usefixtures("fresh_home", "db"),
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is missing: no page is laid out"),
]


def drawn(html: str) -> dict[str, Any]:
    """How a page is laid out on a screen 390 px wide; nothing is loaded from anywhere."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        page.set_content(html.replace("</head>", f"<style>{STYLES}</style></head>"))
        found: dict[str, Any] = page.evaluate(DRAWN)
        chromium.close()
    return found


@pytest.mark.parametrize(
    ("address", "ticks"),
    [
        ("/cameras/{}/recording/", ["0:00", "6:00", "12:00", "18:00"]),
        ("/timeline/", ["0:00", "6:00", "12:00", "18:00"]),
        ("/recordings/", ["1", "11", "21"]),
    ],
)
def test_a_telephone_shows_the_afternoon_too(address: str, ticks: list[str]) -> None:
    here = standing.ward()
    camera: Camera = connected(here)
    Camera.objects.filter(pk=camera.pk).update(number="駅前広場の北口ゲート-12")
    piece(camera, START, START + HOUR)
    piece(camera, START + 2 * HOUR, NOW)
    html = browser(here, "mori").get(address.format(camera.pk)).content.decode()
    seen = drawn(html)
    assert seen["edges"]
    assert all(0 <= left < right <= seen["width"] for left, right in seen["edges"])
    assert all(right - left > seen["width"] / 2 for left, right in seen["edges"])
    assert not seen["scrolls"]
    assert min(seen["letters"]) >= LEAST_LETTER
    assert seen["ticks"] == ticks
    assert min(seen["gaps"]) > 0
