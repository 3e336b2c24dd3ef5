"""Recorders beside the server: begun where cameras are connected, begun again, ended with it."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from hokanko.cameras.models import Hearing
from hokanko.cameras.streams import connect
from hokanko.management import health, recorders
from hokanko.management.recorders import Keeper
from tests.cameras import standing
from tests.fixtures import NOON

ENOUGH_S = 20.0


def sleeper(_: str) -> Sequence[str]:
    return [sys.executable, "-c", "import time; time.sleep(60)"]


def until(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ENOUGH_S
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Watched(Keeper):
    """Its children can be seen."""

    def child(self, org: str) -> subprocess.Popen[bytes] | None:
        return self._posts[org].child


@pytest.fixture
def keeper() -> Iterator[Watched]:
    keeper = Watched(sleeper)
    yield keeper
    keeper.end()


def test_one_is_begun_for_each_organisation_and_ended_when_not_wanted(keeper: Watched) -> None:
    keeper.look(["AOBA", "IE"])
    one, two = keeper.child("AOBA"), keeper.child("IE")
    assert one
    assert two
    keeper.look(["IE"])
    assert one.poll() is not None
    assert two.poll() is None
    keeper.look(["IE"])
    assert keeper.child("IE") is two
    keeper.end()
    assert two.poll() is not None


def test_one_that_was_killed_begins_again_after_a_while(
    keeper: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorders, "FIRST_WAIT_S", 0.1)
    keeper.look(["AOBA"])
    first = keeper.child("AOBA")
    assert first
    first.kill()
    first.wait()
    keeper.look(["AOBA"])
    assert keeper.child("AOBA") is None  # not at once

    def again() -> bool:
        keeper.look(["AOBA"])
        return keeper.child("AOBA") is not None

    until(again)
    assert keeper.child("AOBA") is not first


def test_the_wait_grows_while_it_dies_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("hokanko.management.recorders.time.monotonic", lambda: now[0])
    begun: list[float] = []

    class Dead:
        def __init__(self, _: object, **_with: object) -> None:
            begun.append(now[0])

        def poll(self) -> int:
            return 3

    monkeypatch.setattr("hokanko.management.recorders.subprocess.Popen", Dead)
    keeper = Keeper(sleeper)
    for second in range(200):
        now[0] = float(second)
        keeper.look(["AOBA"])
    waits = [round(later - one) for one, later in itertools.pairwise(begun)]
    assert waits[:5] == sorted(waits[:5])
    assert len(begun) < 12


@pytest.mark.usefixtures("fresh_home", "db")
def test_doctor_tells_whether_it_records() -> None:
    here = standing.ward()
    camera = standing.running(here)
    connect(camera, "rtsp://127.0.0.1:1/live", by=here.by("mori"))
    (told,) = health._recorder(None)  # type: ignore[arg-type]
    assert not told.ok
    assert "hokanko serve" in told.mend
    Hearing.objects.create(camera=camera, seen_at=NOON, since=NOON, heard_at=NOON)
    (told,) = health._recorder(None)  # type: ignore[arg-type]
    assert told.ok
