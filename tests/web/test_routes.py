"""What holds for every address: strict headers, a login, and nothing inline in any template."""

from __future__ import annotations

import itertools
import re
import uuid
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from hokanko.rehearsal.cast import Cast
from hokanko.urls import urlpatterns
from hokanko.web.middleware import HEADERS
from tests.house.tree import PACKAGE, name_of
from tests.web.visitors import browser

PUBLIC = {
    "people.login",
    "web.language",
    "people.enrol",
    "public.notice",
    "headquarters.published",
    "headquarters.published_numbers",
}
ROUTES = [route for route in urlpatterns if isinstance(route, URLPattern)]
SAMPLES: dict[str, object] = {
    "UUIDConverter": uuid.UUID(int=1),
    "IntConverter": 1,
    "StringConverter": "CHUO",
    "SlugConverter": "chuo",
    "PathConverter": "a/b",
}
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE
)


def address(route: URLPattern) -> str:
    """An address that the route matches, of things that do not exist."""
    converters = route.pattern.converters
    samples = {name: SAMPLES[type(kind).__name__] for name, kind in converters.items()}
    return reverse(str(route.name), kwargs=samples)


def test_every_route_has_a_name_of_its_own() -> None:
    names = [str(route.name) for route in ROUTES]
    assert len(ROUTES) == len(urlpatterns)
    assert len(set(names)) == len(names)
    assert [each for each in names if "." not in each] == []


def test_headers_are_on_every_answer(cast: Cast) -> None:
    visitors = (Client(), browser(cast, "suzuki"))
    for route, visitor in itertools.product(ROUTES, visitors):
        answer = visitor.get(address(route))
        told = {each: answer.headers.get(each) for each in HEADERS}
        assert (route.name, told) == (route.name, HEADERS)
        assert answer.status_code < 500, route.name


def test_every_route_asks_for_a_login(cast: Cast) -> None:
    nobody, public = Client(), set()
    for route in ROUTES:
        for answer in (nobody.get(address(route)), nobody.post(address(route))):
            if not answer.headers.get("Location", "").startswith("/login/"):
                public.add(route.name)
    assert public == PUBLIC


def test_no_route_takes_a_form_without_its_token(cast: Cast) -> None:
    visitor = browser(cast, "suzuki", enforce_csrf_checks=True)
    taken = [r.name for r in ROUTES if visitor.post(address(r)).status_code != 403]
    assert taken == []


def test_scripts_and_styles_are_our_files_only() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.html")), ids=name_of)
def test_no_template_has_anything_inline(path: Path) -> None:
    found = INLINE.findall(path.read_text())
    assert not found, "the Content-Security-Policy would block it"


@pytest.mark.parametrize(
    "bad",
    ["<style>", '<p style="x">', '<a onclick="x">', "<script>", '<a href="javascript:x">'],
)
def test_something_inline_is_found(bad: str) -> None:
    assert INLINE.search(bad)


def test_a_lost_address_has_a_page(cast: Cast) -> None:
    answer = browser(cast, "suzuki").get("/nowhere/")
    assert answer.status_code == 404
    assert "ページがありません" in answer.content.decode()
