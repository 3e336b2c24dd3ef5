"""An open reader is shared while its room stands, and closed, key and all, soon after."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.errors import Missing
from hokanko.keyring import keys
from hokanko.people.door import SEAT_COOKIE
from hokanko.viewing import actions, serve
from hokanko.viewing.models import Viewing
from hokanko.viewing.shown import ASK_AGAIN, close_unused, shown
from tests.viewing.conftest import Desk


@pytest.fixture
def room(desk: Desk) -> Viewing:
    return desk.opened("sato", attendant="takahashi")


def open_files() -> list[str]:
    """What this process holds open on the shelf."""
    shelf = str(keys.home().sealed)
    links = [os.path.realpath(entry) for entry in Path("/proc/self/fd").iterdir()]
    return [link for link in links if link.startswith(shelf)]


def test_threads_share_one_reader(desk: Desk, room: Viewing) -> None:
    with shown(str(room.pk), desk.secret) as first, shown(str(room.pk), desk.secret) as second:
        assert first.reader() is second.reader()
        assert len(open_files()) == 1


def test_another_terminal_shares_nothing(desk: Desk, room: Viewing) -> None:
    with shown(str(room.pk), desk.secret) as picture, shown(str(room.pk), "another") as other:
        assert picture.reader()
        with pytest.raises(ValueError, match="does not stand"):
            other.reader()


def test_the_reader_waits_a_moment_for_the_next_range(desk: Desk, room: Viewing) -> None:
    with shown(str(room.pk), desk.secret) as picture:
        reader = picture.reader()
    close_unused()
    with shown(str(room.pk), desk.secret) as picture:
        assert picture.reader() is reader


def test_what_nobody_uses_is_closed(desk: Desk, room: Viewing) -> None:
    with shown(str(room.pk), desk.secret) as picture:
        picture.reader()
        for _ in range(3):
            close_unused()
        assert len(open_files()) == 1, "it is being served"
    close_unused()
    close_unused()
    assert open_files() == []


@pytest.mark.clause("police-7.2.2-attend")
def test_the_reader_is_closed_at_once_when_the_room_does_not_stand(
    desk: Desk, room: Viewing
) -> None:
    with shown(str(room.pk), desk.secret) as picture:
        picture.reader()
        actions.close(room, "button", by=desk.at("sato"))
        clock.fix(clock.now() + ASK_AGAIN)
        assert not picture.stands()
    assert open_files() == []


def test_a_picture_that_is_over_does_not_come_back(desk: Desk, room: Viewing) -> None:
    with shown(str(room.pk), desk.secret) as picture:
        picture.reader()
        opened_at = clock.now()
        clock.fix(opened_at + timedelta(seconds=30))
        assert not picture.stands(), "the page is silent"
        clock.fix(opened_at)
        assert not picture.stands()
        with shown(str(room.pk), desk.secret) as again:
            assert again is not picture
            assert again.reader() is not None


def test_an_unknown_room_is_missing(desk: Desk) -> None:
    with shown("0" * 32, desk.secret) as picture, pytest.raises(Missing):
        picture.reader()


def test_an_answer_that_nobody_reads_lets_go(desk: Desk, room: Viewing) -> None:
    environ = {
        "PATH_INFO": serve.ticket(room, desk.secret),
        "HTTP_COOKIE": f"{SEAT_COOKIE}={desk.secret}",
        "HTTP_RANGE": "bytes=0-",
    }
    answer = serve.stream(environ, lambda *_: None)
    answer.close()  # type: ignore[attr-defined]  # PEP 3333: it may have one
    close_unused()
    close_unused()
    assert open_files() == []
