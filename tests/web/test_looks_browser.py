"""What can be measured of how a page looks: it fits 390 px, and its fields and parts have names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, sync_playwright

from hokanko.footage.models import Footage
from hokanko.rehearsal.cast import Cast
from tests.house.tree import ROOT
from tests.web.visitors import browser

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE: ViewportSize = {"width": 390, "height": 844}
STYLES = (ROOT / "hokanko" / "static" / "hokanko.css").read_text()
PAGES = (
    *("/", "/me/", "/footage/", "/viewing/", "/provision/", "/provision/ask/", "/intake/"),
    *("/intake/upload/", "/retention/", "/retention/certificates/", "/retention/cases/"),
    *("/people/", "/people/at/CHUO/register/", "/contractors/", "/terminals/", "/cameras/"),
    *("/rules/", "/rules/text/", "/editions/", "/board/", "/registers/", "/cases/"),
    *("/cases/open/complaint/", "/papers/", "/ledger/"),
)
FAULTS = """() => {
  const found = [];
  const seen = (each) => each.getBoundingClientRect().width > 1;
  const tell = (what, each) => found.push(what + ': ' + each.outerHTML.slice(0, 90));
  if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the screen');
  const fields = 'input:not([type=hidden]), select, textarea';
  for (const each of document.querySelectorAll(fields))
    if (!each.labels.length && !each.ariaLabel && !each.hasAttribute('aria-labelledby'))
      tell('no label', each);
  for (const each of document.querySelectorAll('img:not([alt])')) tell('no alt', each);
  for (const each of document.querySelectorAll('button, .button, .mainnav a, select, textarea'))
    if (seen(each) && each.getBoundingClientRect().height < 40) tell('hard to touch', each);
  for (const each of document.querySelectorAll('[type=checkbox], [type=radio]'))
    if (seen(each) && each.getBoundingClientRect().width < 20) tell('squeezed', each);
  for (const each of document.querySelectorAll('.calendar th, .calendar .tag'))
    if (each.getClientRects().length && each.getBoundingClientRect().height > 44)
      tell('broken word', each);
  let last = 0;
  for (const each of document.querySelectorAll('h1, h2, h3, h4')) {
    if (Number(each.tagName[1]) > last + 1) tell('heading out of order', each);
    last = Number(each.tagName[1]);
  }
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  return found;
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is missing: no page is laid out"),
]


@contextmanager
def telephone() -> Iterator[Callable[[str], list[str]]]:
    """A screen 390 px wide that tells the faults of a page; it loads nothing from anywhere."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = chromium.new_page(viewport=PHONE)

        def faults(html: str) -> list[str]:
            page.set_content(html.replace("</head>", f"<style>{STYLES}</style></head>"))
            return list(page.evaluate(FAULTS))

        yield faults
        chromium.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_fit_a_telephone_and_name_their_fields(
    cast: Cast, footage: Footage, language: str
) -> None:
    visitor = browser(cast, "suzuki")
    visitor.cookies["django_language"] = language
    answers = {path: visitor.get(path) for path in (*PAGES, f"/footage/{footage.pk}/")}
    assert {path for path, answer in answers.items() if answer.status_code != 200} == set()
    with telephone() as faults:
        found = {path: faults(answer.content.decode()) for path, answer in answers.items()}
    assert {path: told for path, told in found.items() if told} == {}


def test_the_frame_names_the_posts_of_the_reader_on_every_page(cast: Cast) -> None:
    visitor = browser(cast, "suzuki")
    frames = {path: visitor.get(path).content.decode().partition("</header>")[0] for path in PAGES}
    wrong = [path for path, frame in frames.items() if frame.count('class="tag"') != 1]
    assert wrong == []
