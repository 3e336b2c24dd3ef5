"""The promise meter: what is promised, what is held, when the disk breaks it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hokanko.cameras.models import Camera
from hokanko.footage.space import Outlook, outlook
from hokanko.vault import cabinet
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.footage.pieces import DAY, NOW, connected, piece
from tests.web.visitors import BACKEND

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
GIB = 1 << 30


@pytest.fixture
def here() -> Founded:
    return standing.ward()


@pytest.fixture
def camera(here: Founded) -> Camera:
    return connected(here)


def week(camera: Camera, size: int) -> None:
    """Seven days of footage, one piece of `size` a day."""
    for ago in range(7):
        ended = NOW - ago * DAY
        piece(camera, ended - timedelta(hours=1), ended, size=size)


def told(here: Founded, monkeypatch: pytest.MonkeyPatch, free: int) -> Outlook:
    monkeypatch.setattr(cabinet, "room_left", lambda: free)
    found = outlook(here.org)
    assert found is not None
    return found


def test_a_disk_that_keeps_it_all(
    here: Founded, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    week(camera, GIB)
    found = told(here, monkeypatch, 24 * GIB)
    assert (found.days, found.held_days, found.held, found.daily) == (30, 7, 7 * GIB, GIB)
    assert (found.breaks_on, found.short) == (None, 0)
    assert (found.fits_days, found.keeps_percent) == (31, 100)


def test_a_disk_too_small_breaks_on_a_day_and_says_what_would_mend_it(
    here: Founded, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    week(camera, GIB)
    found = told(here, monkeypatch, 8 * GIB)
    assert found.breaks_on == (NOW + 9 * DAY).date()
    assert (found.fits_days, found.keeps_percent) == (15, 50)
    # 30 days of 1 GiB come before the first of them ends; by then the seven held have ended
    assert found.short == (23 - 8) * GIB
    enough = told(here, monkeypatch, 8 * GIB + found.short)
    assert enough.breaks_on is None


def test_the_page_and_the_home_page_tell_it(
    here: Founded, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    week(camera, GIB)
    client = Client()
    client.force_login(here.people["mori"], backend=BACKEND)
    monkeypatch.setattr(cabinet, "room_left", lambda: 8 * GIB)
    page = client.get("/retention/space/").content.decode()
    assert "令和8年12月1日" in page
    assert "50%以下" in page
    assert "15日以下" in page
    assert "保存期間を守れなくなる所属" in client.get("/").content.decode()
    monkeypatch.setattr(cabinet, "room_left", lambda: 80 * GIB)
    assert "守れます" in client.get("/retention/space/").content.decode()
    assert "保存期間を守れなくなる所属" not in client.get("/").content.decode()


def test_a_week_without_footage_breaks_nothing(
    here: Founded, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(here, monkeypatch, 0).fits_days is None
    assert told(here, monkeypatch, 0).breaks_on is None
