"""Ends that cannot be finished at once: a medium away, a certificate lost, two sweeps."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from hokanko import clock, home
from hokanko.errors import Conflict, Missing, Unavailable
from hokanko.footage.models import Footage
from hokanko.intake.jobs import clear_broken
from hokanko.intake.models import Arrival
from hokanko.jobs.process import is_dead, me
from hokanko.keyring import keys
from hokanko.ledger.models import Entry
from hokanko.rehearsal.cast import Cast
from hokanko.retention.actions import certify, mark
from hokanko.retention.erase import erase_due, unfinished
from hokanko.retention.models import Erasure
from hokanko.retention.proof import certificate_path
from hokanko.retention.tending import clear_stray
from hokanko.rules.actor import HOME, machine
from hokanko.schedule import begin
from hokanko.vault import cabinet
from tests.fixtures import NOON

SWEEPER = machine("sweep", HOME)


@pytest.fixture
def medium(fresh_home: home.Home, cast: Cast, tmp_path: Path) -> Path:
    """A second place of the keyring, filled."""
    second = tmp_path / "medium"
    second.mkdir()
    asked = dataclasses.replace(fresh_home.settings, second=str(second))
    keys.use(home.Home(fresh_home.path, asked)).settle()
    return second


def test_the_end_waits_for_a_medium_that_is_away(medium: Path, footage: Footage) -> None:
    clock.fix(NOON + timedelta(days=90))
    away = medium.rename(medium.with_name("away"))
    medium.mkdir()
    with pytest.raises(Unavailable):
        erase_due(by=SWEEPER)
    begin()  # the house opens all the same
    assert [e.stage for e in unfinished()] == ["marked"]
    with pytest.raises(Missing), cabinet.opened(cabinet.original(str(footage.pk))):
        pass
    medium.rmdir()
    away.rename(medium)
    (done,) = erase_due(by=SWEEPER)
    assert (done.stage, unfinished()) == ("certified", [])
    assert certificate_path(done).exists()


def test_a_lost_certificate_is_written_again(footage: Footage) -> None:
    clock.fix(NOON + timedelta(days=90))
    (done,) = erase_due(by=SWEEPER)
    path = certificate_path(done)
    path.unlink()
    erase_due(by=SWEEPER)
    assert path.exists()
    Erasure.objects.update(certificate="")
    erase_due(by=SWEEPER)
    assert Erasure.objects.get().certificate == path.read_text()
    assert Entry.objects.filter(kind="retention.erased", about=f"erasure:{done.pk}").count() == 1


def test_two_sweeps_at_once_certify_once(cast: Cast, footage: Footage) -> None:
    clock.fix(NOON + timedelta(days=90))
    (done,) = erase_due(by=SWEEPER)
    with pytest.raises(Conflict):
        mark(cast.station, footage.last_day, by=SWEEPER)
    with pytest.raises(Conflict):
        certify(done, by=SWEEPER)


def test_a_dead_process_leaves_no_open_transfer(cast: Cast, footage: Footage) -> None:
    assert is_dead(me()) is False
    pid, _, rest = me().partition(":")
    assert is_dead(f"{pid}:1{rest}") is True  # its number was given out again
    assert is_dead(f"{pid}:1:2:elsewhere") is None
    Arrival.objects.update(state="copying", worker=f"{pid}:1{rest}")
    assert clear_broken() == 1
    assert clear_broken() == 0


def test_what_the_ledger_owes_is_no_stray(footage: Footage) -> None:
    (name,) = [thing.name for thing in [cabinet.original(str(footage.pk))]]
    cabinet.original(str(footage.pk)).delete()
    with pytest.raises(Conflict):
        clear_stray(name, by=machine("fsck", HOME))
