"""A dock that is watched goes on while the database is busy or away for a moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from hokanko.dock import docking, emptying
from hokanko.dock.crowd import empty_all
from hokanko.dock.patience import Patience
from hokanko.footage.models import Footage
from hokanko.management.commands import dock as command
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from tests.apart import surroundings, told_by
from tests.dock.test_dock import card_in
from tests.media.clips import clip

PC = machine("management-pc", "CHUO")


class Enough(Exception):
    """The watch has gone round often enough."""


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Lets a step fail once, as where another process holds the database."""

    def lock(where: Any, step: str) -> None:
        real, left = getattr(where, step), [1]

        def once(*given: Any, **named: Any) -> Any:
            if left:
                left.pop()
                raise OperationalError("database is locked")
            return real(*given, **named)

        monkeypatch.setattr(where, step, once)

    return lock


STEPS = [
    (docking, "leave"),  # who has gone
    (docking, "come"),  # who is there
    (emptying, "find_camera"),
    (emptying, "receive"),
    (emptying, "release"),  # after it was filed, before it leaves
    (command, "examine"),
    (command, "publish"),
    (command, "asker_or_machine"),
]


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize(("where", "step"), STEPS)
def test_the_post_stays_says_so_and_tries_again(
    cast: Cast,
    tmp_path: Path,
    locked: Callable[[Any, str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    where: Any,
    step: str,
) -> None:
    folder, rounds = card_in(tmp_path / "bays", cast, clip()), iter(range(2))

    def sleep(_seconds: float) -> None:
        if next(rounds, None) is None:
            raise Enough

    monkeypatch.setattr(command, "sleep", sleep)
    locked(where, step)
    with pytest.raises(Enough):
        call_command("dock", "--org", "CHUO", "--bays", str(tmp_path / "bays"))
    assert "保管庫が答えませんでした（OperationalError）" in capsys.readouterr().err
    assert list(folder.iterdir()) == []
    assert Footage.objects.get().released_at is not None


def test_one_camera_that_met_it_stops_no_other(
    cast: Cast, tmp_path: Path, locked: Callable[[Any, str], None]
) -> None:
    for number in ("1", "2"):
        card_in(tmp_path / "bays", cast, clip(frames=20 + int(number)), number=number)
    locked(emptying, "receive")
    patience = Patience()
    told = [list(_round(cast, tmp_path, patience)) for _ in range(2)]
    assert [len(each) for each in told] == [2, 1]  # the second time only who has not been emptied
    assert sorted(outcome.error is None for outcome in told[0]) == [False, True]
    assert told[1][0].error is None


def test_with_threads_while_another_process_holds_the_database(tmp_path: Path) -> None:
    """A real lock, held until the dock has said twice that it waits."""
    env = surroundings(tmp_path / "home", reserve_mib="1", database_wait_s="1")
    told = told_by("tests.dock.busy", tmp_path / "bays", env=env)
    assert told == {"waited": 2, "faults": [], "left": 0, "unreleased": 0, "footage": 1}


def _round(cast: Cast, place: Path, patience: Patience) -> Any:
    return empty_all(cast.station, place / "bays", at_once=2, patience=patience, by=PC)
