"""A real home's clock that leaps is written down first; one that steps back writes nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Unavailable
from hokanko.ledger import leap, prove
from hokanko.ledger.append import append
from hokanko.ledger.leap import FORWARD, STEP_BACK
from hokanko.ledger.models import Entry
from hokanko.ledger.publish import publish
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def real(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast in a home whose clock is believed to be the machine's own."""
    monkeypatch.setattr(clock, "is_real", lambda: True)
    return cast


def write(cast: Cast) -> list[str]:
    """Write a line; the kinds that it added."""
    before = Entry.objects.count()
    append("login.done", by=cast.as_actor("suzuki"), org="CHUO", about="org:CHUO")
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))[before:]


def test_a_leap_is_written_before_the_line(real: Cast) -> None:
    clock.fix(NOON + FORWARD + SECOND)
    assert write(real) == ["clock.leapt", "login.done"]
    line = Entry.objects.get(kind="clock.leapt")
    said = json.loads(bytes(line.body))
    assert (line.org, line.about) == ("HOME", "org:HOME")
    assert said["facts"] == {"from": clock.iso(NOON), "to": clock.iso(clock.now())}
    assert said["by"]["posts"] == ["自動処理@HOME"]
    assert write(real) == ["login.done"]


def test_two_days_are_no_leap(real: Cast) -> None:
    clock.fix(NOON + FORWARD)
    assert write(real) == ["login.done"]
    assert leap.standing(clock.now()) is None


def test_a_leap_is_seen_before_anything_is_written(real: Cast) -> None:
    clock.fix(NOON + FORWARD + SECOND)
    found = leap.standing(clock.now())
    assert found == leap.Leap(NOON, clock.now())
    assert not Entry.objects.filter(kind="clock.leapt").exists()


def test_a_clock_that_is_set_on_purpose_does_not_leap(cast: Cast) -> None:
    clock.fix(NOON + timedelta(days=400))
    assert write(cast) == ["login.done"]
    assert leap.standing(clock.now()) is None


def test_which_clock_is_real(cast: Cast) -> None:
    assert not clock.is_real(), "a test has set it"
    clock.fix(None)
    assert clock.is_real()


def test_what_setting_a_clock_right_takes_back_is_let_pass(cast: Cast) -> None:
    clock.fix(NOON - STEP_BACK)
    assert write(cast) == ["login.done"]
    assert leap.behind(clock.now()) is None


def test_a_step_back_writes_nothing_and_says_two_ways(cast: Cast) -> None:
    clock.fix(NOON - STEP_BACK - SECOND)
    with pytest.raises(Unavailable) as raised:
        write(cast)
    told = raised.value
    assert "日時を合わせて" in told.mend_ja
    assert "hokanko clock correct" in told.mend_ja
    assert "hokanko clock correct" in told.mend_en
    assert told.exit_code == 3


def test_the_ledger_is_sound_with_times_that_decrease(cast: Cast) -> None:
    publish()
    clock.fix(NOON - timedelta(days=300))
    append(
        "clock.corrected",
        by=cast.as_actor("suzuki"),
        org="CHUO",
        about="org:CHUO",
        private={"reason": "電池切れ"},
    )
    assert write(cast) == ["login.done"]
    publish()
    verdict = prove.check()
    assert verdict.sound, verdict.problems
