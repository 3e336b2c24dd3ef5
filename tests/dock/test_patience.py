"""A dock that is watched: what cannot be taken in fills neither the ledger nor the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko.cameras.actions import register
from hokanko.dock import patience as module
from hokanko.dock.crowd import empty_all
from hokanko.dock.emptying import Outcome
from hokanko.dock.patience import FIRST_S, LONGEST_S, Patience
from hokanko.ledger.models import Entry
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from tests.dock.containers import plate
from tests.media.clips import clip

PC = machine("management-pc", "CHUO")


class Dock:
    """The rounds of one `hokanko dock`, with a stranger in its bay."""

    def __init__(self, cast: Cast, bays: Path) -> None:
        self.cast, self.bays, self.patience = cast, bays, Patience()
        self.bay = plate(bays, cast)
        (self.bay / "SERIAL").write_text("STRANGER")
        (self.bay / "MOV_0001.MP4").write_bytes(clip())

    def round(self) -> list[Outcome]:
        station = self.cast.station
        return list(empty_all(station, self.bays, at_once=4, patience=self.patience, by=PC))


@pytest.fixture
def dock(cast: Cast, tmp_path: Path) -> Dock:
    return Dock(cast, tmp_path / "bays")


def refused() -> int:
    return Entry.objects.filter(kind="refused").count()


def test_a_stranger_is_refused_once_while_it_stays(dock: Dock) -> None:
    assert [len(dock.round()) for _ in range(3)] == [1, 0, 0]
    assert refused() == 1


@pytest.mark.clause("police-2.1")
def test_once_it_is_registered_it_is_taken_in_at_once(dock: Dock, cast: Cast) -> None:
    dock.round()
    by = cast.as_actor("suzuki")
    register(cast.station, number="9", serial="STRANGER", kind="wearable", by=by)
    (outcome,) = dock.round()
    assert outcome.error is None
    assert dock.round() == []


def test_what_changed_or_was_pulled_out_is_tried_again_at_once(dock: Dock, tmp_path: Path) -> None:
    dock.round()
    (dock.bay / "MOV_0002.MP4").write_bytes(clip(frames=30))
    assert len(dock.round()) == 2
    dock.bay.rename(tmp_path / "pulled")
    assert dock.round() == []
    (tmp_path / "pulled").rename(dock.bay)
    assert len(dock.round()) == 2


def test_it_is_tried_ever_more_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(module, "monotonic", lambda: now)
    patience, waits = Patience(), []
    for _ in range(12):
        assert patience.is_due("a", "as it is")
        patience.note("a", "as it is", failed=True)
        begun = now
        while not patience.is_due("a", "as it is"):
            now += 1
        waits.append(now - begun)
    assert (waits[:3], waits[-1]) == ([FIRST_S, 2 * FIRST_S, 4 * FIRST_S], LONGEST_S)
    patience.note("a", "as it is", failed=False)
    assert patience.is_due("a", "as it is")
