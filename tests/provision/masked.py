"""What the pages for masks of a file and of a still have in common, step by step."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.test import Client

from tests.clauses.founded import Founded
from tests.web.visitors import browser

WHY = "依頼に関わらない通行人が写っているため"
LEFT_HALF = {"left": "0", "top": "0", "right": "50", "bottom": "100", "reason": WHY}


def pressed_twice(client: Client, url: str, typed: Mapping[str, str]) -> dict[str, str]:
    """The numbers on the form once two corners were pressed, the second on a small screen."""
    once = client.post(url, {**typed, "wide.x": "540", "wide.y": "135"}).content.decode()
    (corner,) = re.findall(r'name="corner" value="([^"]+)"', once)
    assert corner == "75.0,25.0"
    for said in typed.values():
        assert f'value="{said}"' in once
    small = {"small.x": "80", "small.y": "180", "corner": corner}
    twice = client.post(url, {**typed, **small}).content.decode()
    boxes = dict(re.findall(r'type="number" name="(\w+)" value="([^"]+)"', twice))
    edges = {"left": "25.0", "top": "25.0", "right": "75.0", "bottom": "75.0"}
    assert {name: boxes[name] for name in edges} == edges
    return boxes


def assert_only_clerks_look(
    ward: Founded, url: str, pictures: tuple[str, ...], sent: Mapping[str, str]
) -> None:
    """Neither the page nor its pictures, nor the posting, for whoever may not mask."""
    for login in ("hara", "aoki", "kanri"):
        client = browser(ward, login)
        for address in (url, *(f"{url}{name}" for name in pictures)):
            assert client.get(address).status_code == 403, (login, address)
        assert client.post(url, sent).status_code == 403


def assert_no_masks_here(
    client: Client, page: str, url: str, sent: Mapping[str, str], *pictures: str
) -> None:
    """A home's request shows no way to masks, and each address refuses with its article."""
    assert url not in client.get(page).content.decode()
    looks = [client.get(f"{url}{name}") for name in pictures]
    for answer in (client.get(url), client.post(url, sent), *looks):
        assert answer.status_code == 403
        assert "home-2.5-b-process" in answer.content.decode()
