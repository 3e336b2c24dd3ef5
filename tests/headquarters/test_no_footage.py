"""Whoever holds a post of headquarters only meets the article wherever footage could be seen."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, reverse

from hokanko.footage.models import Footage
from hokanko.people.actions import register
from hokanko.people.door import LOGIN_COOKIE, SEAT_COOKIE
from hokanko.rehearsal.cast import Cast
from hokanko.urls import urlpatterns
from hokanko.viewing.actions import ask, open_room
from hokanko.viewing.models import Viewing
from hokanko.viewing.serve import stream, ticket
from tests.fixtures import PASSWORD
from tests.people.test_appoint import seated
from tests.provision.requests import entered
from tests.web.visitors import browser

POSTS = (
    "総括運用管理者",
    "副総括運用管理者",
    "実施責任者",
    "実施副責任者",
    "総括責任者",
    "総括副責任者",
)
ASKED = {
    "purposes": "ア",
    "note": "見たい",
    "words": "見たい",
    "login": "hq",
    "password": PASSWORD,
    "medium": "USB-1",
    "delivering": "medium",
    "decision": "approve",
}


def names() -> list[str]:
    """The routes of viewing rooms, with all that a room gives (parts, codes, scenes), and the rest
    through which footage or a picture of it leaves."""
    rooms = [
        str(route.name)
        for route in urlpatterns
        if isinstance(route, URLPattern)
        and str(route.name).startswith("viewing.")
        and "viewing_id" in route.pattern.converters
        and route.name != "viewing.send_back"  # a question back, by the software's own rule
    ]
    return [*rooms, "viewing.ask", "retention.erase"]


def address(name: str, footage: Footage, room: Viewing) -> str:
    """Where it lies, for the footage or for somebody's open room."""
    if name == "viewing.ask":
        return f"{reverse(name)}?footage={footage.number}"
    if name == "retention.erase":
        return reverse(name, args=[footage.number])
    wanted = {"viewing_id": room.pk} | ({"code": "x"} if name == "viewing.scan" else {})
    return reverse(name, kwargs=wanted)


@pytest.fixture
def room(cast: Cast, footage: Footage) -> Viewing:
    """田中's open room at the station's management PC."""
    by = seated(cast, "tanaka")
    found = ask(footage, cast.people["tanaka"], ["ア"], "", by=by)
    open_room(found, by=by)
    return found


def somebody(cast: Cast, post: str) -> None:
    """A person of headquarters with that post, and no other."""
    cast.people["hq"] = register(
        cast.hq,
        login="hq",
        name="本部 花子",
        password=PASSWORD,
        post=post,
        by=cast.as_actor("kanri"),
    )


@pytest.mark.clause("police-7.2.2", "police-3.1.1")
@pytest.mark.parametrize("post", POSTS)
def test_every_way_to_footage_is_refused_with_the_article(
    cast: Cast, footage: Footage, room: Viewing, post: str
) -> None:
    somebody(cast, post)
    visitor, otherwise = browser(cast, "hq"), []
    for name in names():
        here = address(name, footage, room)
        first = visitor.get(here)
        answer = visitor.post(here, ASKED) if first.status_code == 405 else first
        body = b"" if answer.streaming else answer.content
        told = body.decode(errors="replace")
        if answer.status_code != 403 or "[police-" not in told or "第7 2" not in told:
            otherwise.append((name, answer.status_code, first.status_code))
    assert otherwise == []


@pytest.mark.clause("police-7.2.4")
@pytest.mark.parametrize("post", POSTS)
def test_no_package_goes_out_to_them(cast: Cast, footage: Footage, post: str) -> None:
    provision = entered(cast, footage)
    somebody(cast, post)
    here = reverse("provision.hand", args=[provision.number])
    answer = browser(cast, "hq").post(here, ASKED | {"login": "ito"})
    told = answer.content.decode()
    assert answer.status_code == 403
    assert "[police-7.2.4]" in told
    assert "第7 2(4)" in told
    assert "許可できる役職" in told
    assert all(who in told for who in ("運用管理者", "運用主任者", "運用担当者"))
    provision.refresh_from_db()
    assert provision.state == "entered"


@pytest.mark.parametrize("post", POSTS[:2])
def test_somebody_elses_ticket_streams_nothing(cast: Cast, room: Viewing, post: str) -> None:
    somebody(cast, post)
    visitor = browser(cast, "hq")
    own, statuses = visitor.cookies[LOGIN_COOKIE].value, list[str]()
    for secret, cookie in (("of the terminal", own), (own, own), (own, "of the terminal")):
        environ = {
            "PATH_INFO": ticket(room, secret),
            "HTTP_COOKIE": f"{LOGIN_COOKIE}={cookie}; {SEAT_COOKIE}={cookie}",
            "HTTP_RANGE": "bytes=0-",
        }
        body = stream(environ, lambda status, _headers: statuses.append(status[:3]))
        assert b"".join(body) == b""
    assert statuses == ["403"] * 3
