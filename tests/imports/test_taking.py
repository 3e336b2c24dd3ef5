"""What is brought from another recorder: its times set right, duplicates known, nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock, home
from hokanko.cameras.actions import register as register_camera
from hokanko.cameras.models import Camera
from hokanko.coverage.actions import account
from hokanko.coverage.queries import OWED, RECOVERED, TOLD, day_span, stretches
from hokanko.coverage.register import register_rows
from hokanko.errors import Conflict, Refusal
from hokanko.footage.clocks import Shown, shown_by_recorder
from hokanko.footage.models import Footage
from hokanko.imports import actions
from hokanko.imports.actions import ClockRead
from hokanko.imports.models import Import
from hokanko.imports.queries import filled, tally
from hokanko.intake.actions import settle
from hokanko.ledger.read import about
from hokanko.people.attach import Scan, unsealed
from hokanko.vault.store import shelf
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.footage.pieces import NOW, START, connected, piece
from tests.imports.folder import JPEG, SLOW, begun, come, film, named

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEN = NOON - 2 * HOUR


@pytest.fixture
def here(fresh_home: home.Home, db: None) -> Founded:
    return standing.ward()


@pytest.fixture
def camera(here: Founded) -> Camera:
    return standing.running(here)


@pytest.mark.usefixtures("camera")
def test_a_time_in_a_name_is_set_right_and_the_original_is_kept(here: Founded) -> None:
    lot = begun(here)
    footage = come(here, lot, named(TEN), film()).footage
    assert footage is not None
    assert (footage.captured, footage.captured_by) == (TEN - SLOW, "import:name")
    assert shown_by_recorder(footage) == Shown(TEN, 192)
    assert footage.origin["named"] == clock.iso(TEN)
    assert footage.flags == []
    assert footage.last_day == clock.day_of(NOON) + 30 * DAY
    (line,) = (a for a in about(f"import:{lot.pk}") if a.kind == "import.begun")
    assert line.facts["offset_s"] == 192
    assert unsealed(lot) == JPEG
    assert JPEG not in bytes(lot.file or b"")


@pytest.mark.usefixtures("camera")
def test_of_an_unknown_clock_the_time_is_kept_as_it_was_told(here: Founded) -> None:
    lot = begun(here, clock=ClockRead())
    footage = come(here, lot, named(TEN), film()).footage
    assert footage is not None
    assert footage.captured == TEN
    assert shown_by_recorder(footage) == Shown(TEN, None)
    assert footage.origin["clock_by"] == "unknown"


@pytest.mark.usefixtures("camera")
def test_names_in_universal_time_are_read_as_such(here: Founded) -> None:
    lot = begun(here, names_utc=True, clock=ClockRead(NOON, NOON))
    footage = come(here, lot, "2026-11-20/01/front/30.00.mp4", film()).footage
    assert footage is not None
    assert (footage.captured, footage.captured_by) == (NOON - HOUR * 1.5, "import:folder")


@pytest.mark.usefixtures("camera")
def test_without_a_name_a_card_is_dated_by_when_it_was_written(here: Founded) -> None:
    card = begun(here, kind="card", clock=ClockRead(NOON, NOON))
    written = clock.iso(TEN)
    footage = come(here, card, "DCIM/100MEDIA/MOV_0001.MP4", film(), modified=written).footage
    assert footage is not None
    assert (footage.captured, footage.captured_by) == (
        TEN - 2 * timedelta(seconds=1),
        "import:file_time",
    )


@pytest.mark.usefixtures("camera")
@pytest.mark.parametrize(("kind", "written"), [("recorder", TEN), ("card", NOON + HOUR)])
def test_a_copy_s_own_time_counts_for_nothing(here: Founded, kind: str, written: object) -> None:
    """An export is dated by the export; a card's file after its taking out, by the copying."""
    clock.fix(NOON + 2 * HOUR)
    lot = begun(here, kind=kind)
    row = come(here, lot, "MOV_0001.MP4", film(), modified=clock.iso(written))  # type: ignore[arg-type]
    assert row.footage is not None
    assert row.footage.captured is None
    assert row.footage.flags == ["no-capture-time"]


@pytest.mark.usefixtures("camera")
def test_a_clock_read_wrongly_is_stated_again_and_the_times_move(here: Founded) -> None:
    lot = begun(here)
    moved = come(here, lot, named(TEN), film()).footage
    kept = come(here, lot, named(TEN + HOUR), film(1)).footage
    assert moved is not None
    assert kept is not None
    settle(kept, captured=TEN, wearer=None, reason="写っている時計", by=here.by("kishi"))
    again = ClockRead(NOON - 10 * DAY, NOON, Scan(JPEG, "b.jpg"))
    actions.state_again(lot, again, {"1": ""}, by=here.by("kishi"))
    moved.refresh_from_db()
    kept.refresh_from_db()
    assert moved.captured == TEN + 10 * DAY  # its clock stood ten days behind
    assert shown_by_recorder(moved) == Shown(TEN, -10 * 86400)
    assert kept.captured == TEN
    assert [a.kind for a in about(f"footage:{moved.pk}")].count("import.set_right") == 1


@pytest.mark.usefixtures("camera")
def test_what_is_held_already_is_not_kept_twice(here: Founded) -> None:
    first = come(here, begun(here), named(TEN), film())
    lot = begun(here)
    again = come(here, lot, "copy/" + named(TEN), film())
    assert (again.state, again.footage) == ("again", first.footage)
    assert Footage.objects.count() == 1
    assert len(list(shelf().names())) == 1


@pytest.mark.usefixtures("camera")
def test_a_duplicate_is_known_though_it_was_given_to_another_camera(here: Founded) -> None:
    register_camera(here.org, number="2", serial="S2", kind="fixed", by=here.by("mori"))
    first = come(here, begun(here), named(TEN), film())
    again = come(here, begun(here, cameras={"2": ""}), named(TEN), film())
    assert (again.state, again.footage) == ("again", first.footage)


@pytest.mark.usefixtures("camera")
def test_what_was_erased_is_not_brought_back(here: Founded) -> None:
    first = come(here, begun(here), named(TEN), film()).footage
    assert first is not None
    Footage.objects.filter(pk=first.pk).update(state="erased", erased_at=NOON)
    row = come(here, begun(here), named(TEN), film())
    assert (row.state, row.footage) == ("erased", None)
    assert first.number in row.note
    assert Footage.objects.count() == 1
    assert len(list(shelf().names())) == 1


@pytest.mark.usefixtures("camera")
def test_nor_is_it_brought_back_file_by_file(here: Founded) -> None:
    first = here.take_in("kishi")
    Footage.objects.filter(pk=first.pk).update(state="erased", erased_at=NOON)
    with pytest.raises(Conflict, match=first.number):
        here.take_in("kishi")
    assert Footage.objects.count() == 1


@pytest.mark.usefixtures("camera")
def test_what_is_over_by_the_rules_is_not_taken_in(here: Founded) -> None:
    old = come(here, begun(here), named(NOON - 31 * DAY), film())
    assert (old.state, Footage.objects.count()) == ("over", 0)
    assert "保存期間は" in old.note
    young = come(here, begun(here), named(NOON - 30 * DAY + HOUR), film())
    assert young.footage is not None
    assert young.footage.last_day == clock.day_of(NOON)


@pytest.mark.usefixtures("camera")
def test_where_nobody_knows_its_clock_a_person_settles_what_seems_over(here: Founded) -> None:
    row = come(here, begun(here, clock=ClockRead()), named(NOON - 300 * DAY), film())
    assert row.footage is not None
    assert "capture-time-old" in row.footage.flags
    assert row.footage.last_day == clock.day_of(NOON) + 30 * DAY


def test_each_file_finds_its_camera(here: Founded, camera: Camera) -> None:
    for number in ("2", "10"):
        register_camera(here.org, number=number, serial=number, kind="fixed", by=here.by("mori"))
    lot = begun(here, cameras={"1": "ch1", "10": "ch10", "2": "北口"})
    brought = [
        come(here, lot, f"{folder}/{named(TEN)[5:]}", film(at))
        for at, folder in enumerate(("CH1", "CH10", "北口", "ch3"))
    ]
    found = [row.footage.camera.number if row.footage else row.state for row in brought]
    assert found == [camera.number, "10", "2", "broken"]
    assert "どのカメラ" in brought[3].note


@pytest.mark.usefixtures("camera")
@pytest.mark.parametrize(
    ("path", "content", "state"),
    [
        ("player.exe", b"MZ", "left"),
        (".DS_Store", b"x", "left"),
        ("DCIM/IMG_0001.JPG", b"\xff\xd8", "left"),
        ("ch01.mp4", b"", "left"),
        ("export.zip", b"PK", "broken"),
        ("ch01.dav", b"DHAV its own format", "taken"),
        ("ch01.mp4", b"not a film", "taken"),
    ],
)
def test_nothing_is_passed_over(here: Founded, path: str, content: bytes, state: str) -> None:
    lot = begun(here)
    row = come(here, lot, path, content)
    assert (row.state, tally(lot)) == (state, {state: 1})
    assert bool(row.note) == (state != "taken")
    if row.footage is not None:
        assert "not-media" in row.footage.flags


def test_a_gap_that_is_filled_closes_with_its_account(here: Founded) -> None:
    camera = connected(here)
    piece(camera, START, START + HOUR)
    piece(camera, START + HOUR + timedelta(seconds=90), NOW)
    frame = day_span(START.date(), NOW.date())
    (gap,) = (each for each in stretches(camera, frame) if each.kind == OWED)
    account(camera, frame, [gap.key], "power", teller=here.people["kishi"], by=here.by("kishi"))
    long = piece(
        camera, START + HOUR - timedelta(seconds=30), START + HOUR + timedelta(seconds=120)
    )
    long.delete()
    lot = begun(here, taken_at=NOW, clock=ClockRead(NOW, NOW))
    row = come(here, lot, named((START + HOUR).astimezone(clock.TOKYO)), film())
    assert row.footage is not None
    Footage.objects.filter(pk=row.footage.pk).update(
        captured=START + HOUR - timedelta(seconds=30), duration_ms=150_000
    )
    kinds = [(each.kind, each.span.length.total_seconds()) for each in stretches(camera, frame)]
    assert (RECOVERED, 90.0) in kinds
    assert TOLD not in [kind for kind, _ in kinds]
    assert [r[4] for r in register_rows(here.org.pk, START.date(), NOW.date())] == [
        "後から取り込んだ"
    ]
    (told,) = filled(lot)
    assert (told.recovered, told.twice) == (timedelta(seconds=90), timedelta(seconds=60))
    assert told.length == timedelta(seconds=150)


def test_who_may_not_take_footage_in_may_not_bring_any(here: Founded) -> None:
    standing.running(here)
    with pytest.raises(Refusal):
        begun(here, "hara")
    assert not Import.objects.exists()


@pytest.mark.usefixtures("camera")
@pytest.mark.parametrize(
    "but",
    [
        {"cameras": {}},
        {"cameras": {"7": ""}},
        {"kind": "cloud"},
        {"device": " "},
        {"taken_at": NOON + DAY},
        {"clock": ClockRead(NOON, None)},
        {"clock": ClockRead(NOON, NOON + HOUR)},
        {"clock": ClockRead(NOON - 20_000 * DAY, NOON)},
        {"clock": ClockRead(NOON, NOON, Scan(b"plain text", "a.txt"))},
    ],
)
def test_what_cannot_be_is_not_begun(here: Founded, but: dict[str, object]) -> None:
    with pytest.raises(Conflict):
        begun(here, **but)  # type: ignore[arg-type]
    assert not Import.objects.exists()


@pytest.mark.usefixtures("camera")
def test_what_has_ended_takes_nothing_more(here: Founded) -> None:
    lot = begun(here)
    come(here, lot, named(TEN), film())
    actions.end(lot, by=here.by("kishi"))
    (line,) = (a for a in about(f"import:{lot.pk}") if a.kind == "import.ended")
    assert line.facts["outcome"] == {"taken": 1}
    with pytest.raises(Conflict):
        come(here, lot, named(TEN + HOUR), film(1))
    with pytest.raises(Conflict):
        actions.end(lot, by=here.by("kishi"))
