"""Retention counted from the capture: what is read later moves the day, and the key follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest

from hokanko import clock
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.home import Home
from hokanko.intake.actions import note_facts, settle
from hokanko.intake.facts import Seen, judge
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.keyring import keys
from hokanko.ledger import read
from hokanko.media.probe import CaptureTime, Probe
from hokanko.people.readying import swear
from hokanko.retention.actions import extend
from hokanko.retention.due import counted
from hokanko.retention.erase import erase_due
from hokanko.retention.models import Erasure
from hokanko.rules.actor import machine
from hokanko.vault import cabinet
from tests.clauses.founded import Founded, camera, found

SWEEP = machine("sweep", "AOBA", via="schedule")
TODAY = date(2026, 11, 20)


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """A ward with thirty days, and its operator who takes recordings in."""
    del fresh_home, db
    here = found("AOBA", "青葉区", "ward", {"org.name": "青葉区", "retention.days": "30"})
    here.register("kanri", "aoki", "青木 区長", "設置者")
    here.register("aoki", "mori", "森 課長", "管理責任者")
    swear(here.people["mori"], by=here.by("aoki"))
    camera(here, "mori")
    return here


def arrive(ward: Founded, content: bytes, name: str = "CAM.MP4") -> Footage:
    """A recording that says nothing of its time."""
    source = Source(name, BytesIO(content).readinto, len(content), {"via": "cli"})
    return receive(ward.org, "1", source, by=ward.by("mori"))


def looked_into(footage: Footage, captured: datetime | None, *flags: str) -> Footage:
    """The same, after the look inside it has found this time."""
    note_facts(footage, Seen({}, flags, captured, "mp4", 1000, None), by=machine("intake", "AOBA"))
    return Footage.objects.get(pk=footage.pk)


def readable(footage: Footage) -> bool:
    try:
        with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
            return len(reader.read_at(0, 4)) == 4
    except Missing:
        return False


@pytest.mark.parametrize(
    ("start", "captured", "due"),
    [
        ("captured", None, "2026-12-20"),
        ("captured", "2026-11-10T23:59:00+09:00", "2026-12-10"),
        ("captured", "2026-11-25T00:00:00+09:00", "2026-12-20"),  # a clock that runs ahead
        ("file_created", "2026-11-10T23:59:00+09:00", "2026-12-20"),
    ],
)
def test_the_day_by_the_rules(start: str, captured: str | None, due: str) -> None:
    moment = datetime.fromisoformat(captured) if captured else None
    created = datetime(2026, 11, 20, 12, tzinfo=clock.TOKYO)
    day = counted(created, moment, 30, clock_start=start, count_first_day=False)
    assert day == date.fromisoformat(due)


def test_a_time_found_inside_brings_the_day_forward_and_the_ledger_says_so(ward: Founded) -> None:
    footage = arrive(ward, b"film" * 500)
    assert footage.last_day == TODAY + timedelta(days=30)
    footage = looked_into(footage, clock.now() - timedelta(days=10))
    assert (footage.last_day, footage.key_day) == (date(2026, 12, 10), date(2026, 12, 20))
    line = read.about(thing(footage).name)[-1]
    assert (line.kind, line.clause) == ("retention.counted", "ward-5.3")
    assert line.facts == {"before": "2026-12-20", "last_day": "2026-12-10"}


@pytest.mark.clause("ward-5.4")
def test_it_ends_on_its_own_day_though_a_later_days_key_opened_it(ward: Founded) -> None:
    old = looked_into(arrive(ward, b"film" * 500), clock.now() - timedelta(days=10))
    fresh = looked_into(arrive(ward, b"street" * 500, "B.MP4"), clock.now())
    clock.fix(datetime(2026, 12, 10, 23, 59, tzinfo=clock.TOKYO))
    assert readable(old)
    clock.fix(datetime(2026, 12, 11, 0, 0, tzinfo=clock.TOKYO))
    assert not readable(old)  # before the sweep has come
    (erasure,) = erase_due(by=SWEEP)
    assert (erasure.day, len(erasure.footage)) == (date(2026, 12, 10), 1)
    assert not keys.keyring().opens("AOBA", old.key_day, str(old.pk))
    assert readable(fresh), "the rest of that key's day lives on"
    clock.fix(datetime(2026, 12, 21, 0, 1, tzinfo=clock.TOKYO))
    (erasure,) = erase_due(by=SWEEP)
    assert [row["id"] for row in erasure.footage] == [str(fresh.pk)]


def test_a_camera_whose_clock_stood_still_loses_nothing(ward: Founded) -> None:
    footage = arrive(ward, b"film" * 500)
    probe = Probe("A", 1, capture=(CaptureTime("mp4", "", "2004-01-01T00:00:00+00:00"),))
    seen = judge(footage, probe)
    assert "capture-time-old" in seen.flags
    footage = looked_into(footage, seen.captured, *seen.flags)
    assert footage.last_day == TODAY + timedelta(days=30)
    told = clock.now() - timedelta(days=2)
    settle(footage, captured=told, wearer=None, reason="設置業者に確認", by=ward.by("mori"))
    footage.refresh_from_db()
    assert (footage.flags, footage.last_day) == ([], date(2026, 12, 18))


def test_what_a_person_states_again_later_moves_the_day_back_with_its_key(ward: Founded) -> None:
    stated = clock.iso(clock.now() - timedelta(days=10))
    source = Source("A.MP4", BytesIO(b"film").readinto, 4, {"via": "cli", "stated": stated})
    footage = receive(ward.org, "1", source, by=ward.by("mori"))
    assert footage.last_day == footage.key_day == date(2026, 12, 10)
    right = clock.now() - timedelta(days=1)
    settle(footage, captured=right, wearer=None, reason="時計のずれ", by=ward.by("mori"))
    footage.refresh_from_db()
    assert footage.last_day == footage.key_day == date(2026, 12, 19)
    clock.fix(datetime(2026, 12, 12, 12, 0, tzinfo=clock.TOKYO))
    assert erase_due(by=SWEEP) == []
    assert readable(footage)


def test_what_is_over_already_still_has_today(ward: Founded) -> None:
    stated = clock.iso(clock.now() - timedelta(days=50))
    source = Source("A.MP4", BytesIO(b"film").readinto, 4, {"via": "cli", "stated": stated})
    assert receive(ward.org, "1", source, by=ward.by("mori")).last_day == TODAY


def test_an_extension_is_not_counted_away(ward: Founded) -> None:
    footage = arrive(ward, b"film" * 500)
    until = footage.last_day + timedelta(days=7)
    extend(footage, until, "裁判所の照会を待つため", ["防犯"], by=ward.by("mori"))
    footage = looked_into(footage, clock.now() - timedelta(days=10))
    assert footage.last_day == until


def test_extending_what_ends_before_its_keys_day_keeps_it_readable(ward: Founded) -> None:
    footage = looked_into(arrive(ward, b"film" * 500), clock.now() - timedelta(days=10))
    extend(footage, date(2026, 12, 15), "照会を待つため", ["防犯"], by=ward.by("mori"))
    clock.fix(datetime(2026, 12, 15, 12, 0, tzinfo=clock.TOKYO))
    assert erase_due(by=SWEEP) == []
    assert readable(footage)
    clock.fix(datetime(2026, 12, 16, 0, 1, tzinfo=clock.TOKYO))
    assert not readable(footage)
    erase_due(by=SWEEP)
    assert Erasure.objects.get().stage == "certified"
