"""Bays as real cameras fill them: litter, same names, wrong clocks, in and out, thirty at once."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.dock import docking, emptying
from hokanko.dock.bays import Card, Clip
from hokanko.dock.emptying import Outcome, empty_bays
from hokanko.dock.models import Docking
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import life
from hokanko.intake.actions import settle
from hokanko.intake.jobs import examine
from hokanko.intake.queries import unsettled
from hokanko.intake.receive import receive
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from tests import databases
from tests.apart import surroundings, told_by
from tests.dock.containers import plate
from tests.fixtures import NOON
from tests.media.clips import clip

PC = machine("management-pc", "CHUO")


def lay(bay: Path, name: str, content: bytes = b"x") -> Path:
    """A file on a card, written at noon."""
    path = bay / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    return path


def empty(cast: Cast, bays: Path) -> list[Outcome]:
    return list(empty_bays(cast.station, bays, by=PC))


def test_a_card_is_read_as_cameras_lay_it_out(tmp_path: Path) -> None:
    for name in (
        "DCIM/100MEDIA/MOV_0001.MP4",
        "DCIM/100MEDIA/MOV_0001.THM",
        "DCIM/101MEDIA/MOV_0001.MP4",
        "DCIM/101MEDIA/._MOV_0001.MP4",
        "DCIM/100GOPRO/GL010001.LRV",
        "PRIVATE/AVCHD/BDMV/STREAM/00000.MTS",
        "PRIVATE/AVCHD/BDMV/INDEX.BDM",
        ".Trashes/501/OLD.MP4",
        "System Volume Information/A.MP4",
        "MISC/INDEX.IDX",
    ):
        lay(tmp_path, name)
    assert [load.clips[0].name for load in Card(tmp_path).loads()] == [
        "DCIM/100MEDIA/MOV_0001.MP4",
        "DCIM/101MEDIA/MOV_0001.MP4",
        "PRIVATE/AVCHD/BDMV/STREAM/00000.MTS",
    ]


def test_the_picture_beside_a_clip_leaves_with_it(cast: Cast, tmp_path: Path) -> None:
    bay = plate(tmp_path / "bays", cast)
    lay(bay, "DCIM/100MEDIA/MOV_0001.MP4", clip())
    lay(bay, "DCIM/100MEDIA/MOV_0001.THM")
    kept = lay(bay, "DCIM/100MEDIA/MOV_0002.THM")
    empty(cast, tmp_path / "bays")
    assert [path for path in bay.rglob("*") if path.is_file() and path.name != "SERIAL"] == [kept]


def test_two_cameras_with_the_same_names_are_two(cast: Cast, tmp_path: Path) -> None:
    for number in "12":
        content = clip(frames=10 * int(number))
        lay(plate(tmp_path / "bays", cast, number), "DCIM/100MEDIA/MOV_0001.MP4", content)
    assert [outcome.error for outcome in empty(cast, tmp_path / "bays")] == [None, None]
    found = Footage.objects.order_by("camera__number")
    assert [(f.camera.number, f.source) for f in found] == [
        ("1", "MOV_0001.MP4"),
        ("2", "MOV_0001.MP4"),
    ]


def test_a_clip_still_growing_stays_until_it_is_whole(cast: Cast, tmp_path: Path) -> None:
    path = lay(plate(tmp_path / "bays", cast), "MOV_0001.MP4", clip())
    card = Card(path.parent)
    with card.opened(Clip("MOV_0001.MP4", "MOV_0001.MP4", 1)) as source:
        with path.open("ab") as more:
            more.write(b"more")
        with pytest.raises(Conflict, match="書き込まれています"):
            receive(cast.station, "1", source, by=PC)
    assert not Footage.objects.exists()
    assert path.exists()
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.error is None
    assert not path.exists()


def test_clips_of_one_size_are_read_once(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some cameras make every clip equally large: what was let go is not looked for again."""
    asked: list[str] = []
    monkeypatch.setattr(emptying, "digest_of", lambda source: asked.append(source.name))
    bay = plate(tmp_path / "bays", cast)
    first = clip()
    lay(bay, "MOV_0001.MP4", first)
    lay(bay, "MOV_0002.MP4", first[:-1] + b"\xff")
    assert [outcome.error for outcome in empty(cast, tmp_path / "bays")] == [None, None]
    assert asked == []
    assert Footage.objects.count() == 2


def test_one_that_comes_again_after_it_was_let_go_is_filed_once(cast: Cast, tmp_path: Path) -> None:
    bay = plate(tmp_path / "bays", cast)
    for _ in range(2):
        path = lay(bay, "MOV_0001.MP4", clip())
        (outcome,) = empty(cast, tmp_path / "bays")
        assert outcome.footage == Footage.objects.get()
        assert not path.exists()


def test_in_and_out_is_noted_bay_by_bay(cast: Cast, tmp_path: Path) -> None:
    bays = tmp_path / "bays"
    lay(plate(bays, cast), "MOV_0001.MP4", clip())
    plate(bays, cast, "2")
    (bays / "empty").mkdir()
    empty(cast, bays)
    stays = {stay.bay: stay for stay in Docking.objects.all()}
    assert sorted(stays) == ["bay-1", "bay-2"]
    assert (stays["bay-1"].clips, stays["bay-2"].clips) == (1, 0)
    empty(cast, bays)
    assert Docking.objects.count() == 2  # the same stays go on

    (bays / "bay-2" / "SERIAL").unlink()
    (bays / "bay-2").rmdir()
    clock.fix(NOON + timedelta(minutes=5))
    empty(cast, bays)
    stays["bay-2"].refresh_from_db()
    assert stays["bay-2"].gone_at == NOON + timedelta(minutes=5)

    (bays / "bay-1" / "SERIAL").write_text(cast.cameras["CHUO-2"].serial)  # another takes its place
    empty(cast, bays)
    assert [stay.camera for stay in Docking.objects.filter(gone_at=None)] == [
        cast.cameras["CHUO-2"]
    ]


def test_a_wrong_clock_is_measured_and_the_time_kept(cast: Cast, tmp_path: Path) -> None:
    """The camera is asked at noon, and says 13:30; its file says what it said."""
    bay = plate(tmp_path / "bays", cast)
    path = lay(bay, "MOV_0001.MP4", clip())
    wrong = NOON + timedelta(minutes=80)
    os.utime(path, (wrong.timestamp(), wrong.timestamp()))
    asked = bay / docking.CLOCK_PLATE
    asked.write_text("2026-11-20T13:30:00")
    os.utime(asked, (NOON.timestamp(), NOON.timestamp()))
    clock.fix(NOON + timedelta(hours=2))
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.footage is not None
    examine(str(outcome.footage.pk))
    footage = Footage.objects.select_related("org", "camera").get()
    assert (footage.origin["clock_offset_s"], footage.origin["clock_by"]) == (5400, "asked")
    assert footage.origin["file_time"] == clock.iso(wrong)
    taken_in = next(act for act in life(footage) if act.kind == "intake.taken_in")
    assert taken_in.facts["origin"]["clock_offset_s"] == 5400
    assert "clock-off" in footage.flags
    assert unsettled("CHUO") == [footage]
    settle(footage, captured=NOON, wearer=None, reason="時計のずれ", by=cast.as_actor("tanaka"))
    assert "clock-off" not in footage.flags


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-11-20T12:00:20", (20, "asked")), ("2026-11-20T02:59:00Z", (-60, "asked"))],
)
def test_a_clock_that_was_asked(tmp_path: Path, text: str, expected: tuple[int, str]) -> None:
    asked = lay(tmp_path, docking.CLOCK_PLATE)
    asked.write_text(text)
    os.utime(asked, (NOON.timestamp(), NOON.timestamp()))
    assert docking.measured_offset(tmp_path, []) == expected


def test_files_from_the_future_show_a_clock_that_is_ahead(tmp_path: Path) -> None:
    clock.fix(NOON - timedelta(hours=1))
    lay(tmp_path, "MOV_0001.MP4")
    assert docking.measured_offset(tmp_path, Card(tmp_path).loads()) == (3600, "files")
    clock.fix(NOON + timedelta(hours=1))
    assert docking.measured_offset(tmp_path, Card(tmp_path).loads()) is None
    clock.fix(None)


def test_thirty_bays_at_once(tmp_path: Path) -> None:
    """Every clip once, without a gap; a camera in two bays is read once; one comes later."""
    env = surroundings(tmp_path / "home", reserve_mib="1", database_wait_s="120")
    with databases.own() as database:
        told = told_by("tests.dock.thirty", tmp_path / "bays", env=env | database)
    assert told == {
        "faults": [],
        "outcomes": 32,
        "numbers": list(range(1, 32)),
        "left": 0,
        "copying": 0,
        "unreleased": 0,
    }
