"""The dock wall: what stands beside the charger tells of every bay, and of whom it waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from hokanko import clock
from hokanko.cameras.checkout import TICKS, Worn, issue
from hokanko.cameras.models import Camera
from hokanko.dock import wall_pages
from hokanko.dock.docking import tell_trouble
from hokanko.dock.emptying import empty_bays
from hokanko.dock.models import Docking
from hokanko.dock.wall import panels
from hokanko.dock.wall_pages import drawn
from hokanko.errors import Unavailable
from hokanko.footage.models import Footage
from hokanko.footage.space import room
from hokanko.intake.actions import begin
from hokanko.intake.models import Arrival
from hokanko.intake.sources import Source
from hokanko.people.fresh import drawn_anew
from hokanko.people.models import Appointment
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from tests.dock.containers import plate
from tests.fixtures import IN_VALIDITY, WORN
from tests.media.clips import clip
from tests.web.visitors import browser

PC = machine("management-pc", "CHUO")
WALL = "/dock/CHUO/wall/"


@pytest.fixture
def home_again(in_validity: None, cast: Cast, tmp_path: Path) -> Path:
    """佐藤 took camera 1 out and brought it home with two clips; the bays."""
    del in_validity
    issue(
        cast.cameras["CHUO-1"],
        cast.people["sato"],
        Worn("胸部", TICKS),
        by=cast.as_actor("tanaka"),
    )
    clock.fix(IN_VALIDITY + timedelta(hours=5))
    bay = plate(tmp_path / "bays", cast)
    (bay / "MOV_0001.MP4").write_bytes(clip())
    (bay / "MOV_0002.MP4").write_bytes(clip(frames=30))
    return tmp_path / "bays"


def empty(cast: Cast, bays: Path) -> None:
    for _ in empty_bays(cast.station, bays, by=PC):
        pass


def test_the_wall_tells_of_a_camera_that_came_home(home_again: Path, cast: Cast) -> None:
    page = browser(cast, "tanaka").get(WALL).content.decode()
    assert "返却されていないカメラ（1）" in page.replace("</h2>", "").replace("\n", "")
    assert "佐藤 健" in page
    assert "充電器にカメラがありません" in page

    empty(cast, home_again)
    page = browser(cast, "tanaka").get(WALL).content.decode()
    assert "すべて戻っています" in page  # the charger ended the check-out
    assert "佐藤 健" in page
    assert "確認 2・解放 2／2 本" in page
    assert "完了。持ち出せます" in page
    assert "パスワードなしで読めます" in page


def test_progress_and_time_left(home_again: Path, cast: Cast) -> None:
    empty(cast, home_again)
    Docking.objects.update(clips=3, bytes=1_000_000)
    whole = sum(piece.bytes for piece in Footage.objects.all())
    coming = Source("MOV_0003.MP4", BytesIO().readinto, 1_000_000 - whole, {"bay": "bay-1"})
    begun = begin(cast.station, "1", coming, by=PC)
    Arrival.objects.filter(pk=begun.pk).update(bytes_done=500_000 - whole)
    clock.fix(clock.now() + timedelta(minutes=7))
    (panel,) = panels(cast.station)
    assert (panel.state, panel.done_bytes) == ("working", 500_000)
    assert panel.left == timedelta(minutes=7)  # half of it took as long
    page = browser(cast, "tanaka").get(WALL).content.decode()
    assert "残り約 7 分" in page
    assert 'max="1000000" value="500000"' in page


def test_of_a_camera_in_two_bays_each_bay_tells_its_own(home_again: Path, cast: Cast) -> None:
    again = plate(home_again, cast, bay="bay-9")
    (again / "MOV_0001.MP4").write_bytes(clip(frames=50))
    empty(cast, home_again)
    told = [(p.stay.bay, p.released, p.stay.clips, p.state) for p in panels(cast.station)]
    assert told == [("bay-1", 2, 2, "done"), ("bay-9", 1, 1, "done")]
    Docking.objects.filter(bay="bay-1").update(clips=3)  # one is not taken in yet
    assert [panel.state for panel in panels(cast.station)] == ["working", "done"]


def test_a_stranger_and_trouble_are_shown(cast: Cast, tmp_path: Path) -> None:
    bay = plate(tmp_path / "bays", cast)
    (bay / "SERIAL").write_text("STRANGER")
    (bay / "MOV_0001.MP4").write_bytes(clip())
    empty(cast, tmp_path / "bays")
    page = browser(cast, "tanaka").get(WALL).content.decode()
    assert "登録のないカメラ" in page
    assert "STRANGER" in page
    assert panels(cast.station)[0].state == "bad"


def test_a_camera_that_was_checked_out_again_is_not_offered(home_again: Path, cast: Cast) -> None:
    empty(cast, home_again)
    clock.fix(clock.now() + timedelta(minutes=1))
    camera = Camera.objects.get(pk=cast.cameras["CHUO-1"].pk)
    issue(camera, cast.people["sato"], WORN, by=cast.as_actor("tanaka"))
    page = browser(cast, "tanaka").get(WALL).content.decode()
    assert "佐藤 健 が持ち出しました" in page
    assert "完了。持ち出せます" not in page
    Docking.objects.update(clips=3)  # one is not taken in yet: it must not leave
    assert panels(cast.station)[0].state == "working"
    page = browser(cast, "tanaka").get(WALL).content.decode()
    assert "取込みが終わっていません" in page


@pytest.mark.parametrize(
    ("seconds", "ja", "en"),
    [
        (192, "3分12秒 進んでいます", "3 min 12 s fast"),
        (-3_600, "1時間 遅れています", "1 h slow"),
        (200_000, "2日7時間 進んでいます", "2 d 7 h fast"),
    ],
)
def test_a_wrong_clock_is_told_in_words(
    home_again: Path, cast: Cast, seconds: int, ja: str, en: str
) -> None:
    empty(cast, home_again)
    Docking.objects.update(clock_offset_s=seconds)
    reader = browser(cast, "tanaka")
    assert ja in reader.get(WALL).content.decode()
    reader.cookies["django_language"] = "en"
    assert en in reader.get(WALL).content.decode()


def test_a_camera_pulled_out_too_early_is_told_until_it_is_back(
    home_again: Path, cast: Cast, tmp_path: Path
) -> None:
    empty(cast, home_again)
    Docking.objects.update(clips=5)  # three of them were still being read
    (home_again / "bay-1").rename(tmp_path / "pulled")
    clock.fix(clock.now() + timedelta(minutes=1))
    empty(cast, home_again)
    page = browser(cast, "tanaka").get(WALL).content.decode()
    assert "抜かれています。もう一度差し込んでください" in page
    assert "取込みが終わらないまま" in page

    (tmp_path / "pulled").rename(home_again / "bay-1")
    (home_again / "bay-1" / "MOV_0003.MP4").write_bytes(clip(frames=40))
    clock.fix(clock.now() + timedelta(minutes=1))
    empty(cast, home_again)
    page = browser(cast, "tanaka").get(WALL).content.decode()
    assert "抜かれています" not in page
    assert "完了。持ち出せます" in page
    (home_again / "bay-1").rename(tmp_path / "pulled")
    empty(cast, home_again)
    assert panels(cast.station) == []  # gone with nothing left in it


def test_room_is_weighed_against_the_promise(cast: Cast, footage: Footage) -> None:
    told = room(cast.station)
    assert told is not None
    assert (told.days, told.short) == (90, 0)
    Footage.objects.update(bytes=7 * 10**14)
    told = room(cast.station)
    assert told is not None
    assert told.needed == 89 * 7 * 10**14  # what came today, every day; the first of it is held
    assert told.short > 0
    assert "足りません" in browser(cast, "tanaka").get(WALL).content.decode()


def test_events_come_when_something_moved(
    home_again: Path, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall_pages, "room", lambda _: None)  # others write to this disk too
    stream = drawn_anew(partial(drawn, cast.station), "ja", lambda: True, rounds=3, every_s=0)
    assert next(stream) == b"retry: 1000\n\n"
    first = next(stream).decode()
    assert first.startswith("event: wall\ndata: ")
    assert first.endswith("\n\n")
    assert "\n\n" not in first[:-2]
    assert next(stream) == b": nothing moved\n\n"
    empty(cast, home_again)
    assert "完了。持ち出せます" in next(stream).decode()
    assert list(stream) == []


def test_the_stream_is_one_of_events(cast: Cast) -> None:
    answer = browser(cast, "tanaka").get(f"{WALL}live/")
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.streaming


def end_the_post(cast: Cast) -> None:
    Appointment.objects.filter(person=cast.people["tanaka"]).update(until=clock.now())


def log_out(cast: Cast) -> None:
    Session.objects.all().delete()


def change_password(cast: Cast) -> None:
    cast.people["tanaka"].set_password("別の合言葉にした")
    cast.people["tanaka"].save()


@pytest.mark.parametrize("ended", [end_the_post, log_out, change_password])
def test_an_open_stream_ends_with_the_right_to_see_it(
    home_again: Path, cast: Cast, monkeypatch: pytest.MonkeyPatch, ended: Callable[[Cast], None]
) -> None:
    monkeypatch.setattr("hokanko.people.fresh.time.sleep", lambda _: None)
    reader = browser(cast, "tanaka")
    answer = reader.get(f"{WALL}live/")
    told = (part.decode() for part in iter(answer))
    assert next(told).startswith("retry")
    assert "佐藤 健" in next(told)
    ended(cast)
    last = next(told)
    assert "佐藤 健" not in last
    assert "見ることが認められなくなりました" in last
    assert list(told) == []


@pytest.mark.parametrize("address", [WALL, f"{WALL}live/"])
def test_who_may_not_list_footage_is_not_shown_the_wall(
    client: Client, cast: Cast, address: str
) -> None:
    assert client.get(address).status_code == 302
    for outsider in ("sato", "ito", "yamada", "nakamura"):
        assert browser(cast, outsider).get(address).status_code == 403
    assert browser(cast, "tanaka").post(address).status_code == 405


def test_what_stopped_a_bay_is_told_in_both_languages(home_again: Path, cast: Cast) -> None:
    empty(cast, home_again)
    tell_trouble(Docking.objects.get(), Unavailable("ディスクが一杯です。", "The disk is full."))
    reader = browser(cast, "tanaka")
    assert "ディスクが一杯です。" in reader.get(WALL).content.decode()
    reader.cookies["django_language"] = "en"
    page = reader.get(WALL).content.decode()
    assert "The disk is full." in page
    assert "ディスクが一杯です。" not in page
