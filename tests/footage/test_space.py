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


def test_a_camera_that_has_run_for_two_days_is_reckoned_by_two_days(
    here: Founded, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours in (25, 1):
        ended = NOW - timedelta(hours=hours)
        piece(camera, ended - timedelta(hours=1), ended, size=GIB)
    found = told(here, monkeypatch, 12 * GIB)
    assert found.daily == GIB
    assert found.breaks_on is not None, "a seventh of it would be kept"


def test_before_a_day_has_come_nothing_is_promised(
    here: Founded, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece(camera, NOW - timedelta(hours=3), NOW - timedelta(hours=2), size=GIB)
    assert told(here, monkeypatch, 80 * GIB).is_young
    client = Client()
    client.force_login(here.people["mori"], backend=BACKEND)
    page = client.get("/retention/space/").content.decode()
    assert "まだ1日たっていません" in page
    assert "守れます" not in page


def test_before_a_day_has_come_no_size_is_told_that_would_be_too_small(
    here: Founded, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece(camera, NOW - timedelta(hours=3), NOW - timedelta(hours=2), size=GIB)
    assert told(here, monkeypatch, 0).breaks_on is not None
    client = Client()
    client.force_login(here.people["mori"], backend=BACKEND)
    page = client.get("/retention/space/").content.decode()
    assert "1日分の映像がたまってから" in page
    assert "以上増やす" not in page
