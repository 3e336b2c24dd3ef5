"""Bytes by ticket: ranges, their cap, whose ticket it is, and that the stream stops in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from hokanko import clock
from hokanko.people.door import SEAT_COOKIE
from hokanko.viewing import actions, presence, serve, shown
from hokanko.viewing.models import Viewing
from tests.fixtures import take_in
from tests.viewing.conftest import Desk

FILM = b"not really a film" * 1000  # what the fixture `footage` holds


class Answer:
    """What a WSGI server would have sent."""

    def __init__(self, path: str, cookie: str, asked: str = "bytes=0-") -> None:
        self.status, self.headers = "", dict[str, str]()
        environ = {
            "PATH_INFO": path,
            "HTTP_COOKIE": f"{SEAT_COOKIE}={cookie}",
            "HTTP_RANGE": asked,
        }
        self.pieces: Iterable[bytes] = serve.stream(environ, self._start)

    def _start(self, status: str, headers: list[tuple[str, str]]) -> Any:
        self.status, self.headers = status[:3], dict(headers)

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)


@pytest.fixture
def room(desk: Desk) -> Viewing:
    return desk.opened("sato", attendant="takahashi")


def test_a_range_is_served_decrypted(desk: Desk, room: Viewing) -> None:
    answer = Answer(serve.ticket(room, desk.secret), desk.secret, "bytes=5-104")
    assert (answer.status, answer.body) == ("206", FILM[5:105])
    assert answer.headers["Content-Range"] == f"bytes 5-104/{len(FILM)}"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=16990-", 16990, 17000), ("bytes=-10", 16990, 17000), ("bytes=0-99999", 0, 17000)],
)
def test_open_ends(desk: Desk, room: Viewing, asked: str, first: int, last: int) -> None:
    answer = Answer(serve.ticket(room, desk.secret), desk.secret, asked)
    assert answer.body == FILM[first:last]


@pytest.mark.parametrize("asked", ["", "bytes=17000-", "bytes=9-3", "bytes=0-1,4-5", "lines=1-2"])
def test_what_cannot_be_served_by_range_is_not_served(
    desk: Desk, room: Viewing, asked: str
) -> None:
    answer = Answer(serve.ticket(room, desk.secret), desk.secret, asked)
    assert (answer.status, answer.body) == ("416", b"")


def test_an_answer_is_capped(desk: Desk) -> None:
    big = take_in(desk.cast, bytes(serve.MOST_BYTES + 1000), name="BIG.MP4")
    viewing = actions.ask(big, desk.cast.people["tanaka"], ("ア",), "", by=desk.at("tanaka"))
    actions.open_room(viewing, by=desk.at("tanaka"))
    answer = Answer(serve.ticket(viewing, desk.secret), desk.secret)
    assert (answer.status, len(answer.body)) == ("206", serve.MOST_BYTES)


@pytest.mark.parametrize("range_", ["bytes=a-b", "bytes=-"])
def test_a_range_that_is_none_is_refused(desk: Desk, room: Viewing, range_: str) -> None:
    assert Answer(serve.ticket(room, desk.secret), desk.secret, range_).status == "403"


def test_a_forged_ticket_is_refused(desk: Desk, room: Viewing) -> None:
    path = serve.ticket(room, desk.secret)
    for forged in (path[:-1] + "Z", path + "\xe9", f"{serve.STREAM}x", f"{serve.STREAM}a.b.c"):
        assert Answer(forged, desk.secret).status == "403"


def test_the_cookie_of_another_terminal_is_refused(desk: Desk, room: Viewing) -> None:
    assert Answer(serve.ticket(room, desk.secret), "another").status == "403"
    assert Answer(serve.ticket(room, "another"), "another").status == "403"


def test_an_old_ticket_is_refused(desk: Desk, room: Viewing) -> None:
    path = serve.ticket(room, desk.secret)
    clock.fix(clock.now() + timedelta(seconds=serve.TICKET_S + 1))
    presence.beat(room, [], terminal=str(room.terminal_id))
    assert Answer(path, desk.secret).status == "403"


@pytest.mark.clause("police-7.2.2-attend")
def test_the_stream_stops_when_the_attendant_leaves(
    desk: Desk,
) -> None:
    big = take_in(desk.cast, bytes(range(256)) * 8000, name="BIG.MP4")
    viewing = actions.ask(big, desk.cast.people["sato"], ("ア",), "", by=desk.at("sato"))
    boss = desk.cast.people["takahashi"]
    actions.approve(viewing, boss, by=desk.at("takahashi"))
    actions.attend(viewing, boss, by=desk.at("takahashi"))
    actions.open_room(viewing, by=desk.at("sato"))
    pieces = iter(Answer(serve.ticket(viewing, desk.secret), desk.secret).pieces)
    assert next(pieces)
    clock.fix(clock.now() + timedelta(seconds=1))
    assert next(pieces), "he is still there"
    actions.note_absence(viewing, by=desk.at("sato"))
    clock.fix(clock.now() + shown.ASK_AGAIN)
    assert list(pieces) == []
    assert timedelta(seconds=2) - shown.ASK_AGAIN >= presence.BEAT_MAX


def test_the_stream_stops_when_the_page_is_silent(desk: Desk, room: Viewing) -> None:
    pieces = iter(Answer(serve.ticket(room, desk.secret), desk.secret).pieces)
    clock.fix(clock.now() + timedelta(seconds=2))
    assert list(pieces) == []


@pytest.mark.clause("police-7.1.2")
def test_nothing_is_served_after_the_last_day(desk: Desk) -> None:
    clock.fix(clock.now() + timedelta(days=89))
    room = desk.opened("tanaka")
    path = serve.ticket(room, desk.secret)
    assert Answer(path, desk.secret).status == "206"
    clock.fix(clock.now() + timedelta(days=1))
    assert Answer(serve.ticket(room, desk.secret), desk.secret).status == "403"


def test_a_closed_room_serves_nothing(desk: Desk, room: Viewing) -> None:
    path = serve.ticket(room, desk.secret)
    actions.close(room, "button", by=desk.at("sato"))
    assert Answer(path, desk.secret).status == "403"
