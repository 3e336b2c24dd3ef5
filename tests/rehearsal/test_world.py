"""The rehearsal's station stands within its project: cameras out, late and home, shifts closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko import clock
from hokanko.cameras import out
from hokanko.casebook.models import Case
from hokanko.dock.wall import panels
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.ledger.models import Entry
from hokanko.rehearsal.cast import settle
from hokanko.rehearsal.world import FOUNDED, STANDS, fill
from hokanko.rules.decide import is_valid
from hokanko.shifts.queries import listing, to_explain
from tests.fixtures import PASSWORD
from tests.media.clips import clip

CLIPS = 6


@pytest.mark.django_db
def test_the_stations_day(fresh_home: Home, tmp_path: Path) -> None:
    (fresh_home.path / clock.REHEARSAL_FILE).write_text('{"offset_seconds": 0}')
    clock.fix(None)
    clock.move(FOUNDED - clock.now())
    files = [tmp_path / f"{number}.mp4" for number in range(CLIPS)]
    for number, file in enumerate(files):
        file.write_bytes(clip(frames=20 + number))
    cast = settle(PASSWORD)
    fill(cast, tmp_path / "desk", lambda _: None, files)

    assert clock.today() == STANDS.date()
    assert is_valid("CHUO")
    assert [each.camera.number for each in out.still_out("CHUO")] == ["3", "2"]
    assert [each.wearer.name for each in out.overdue("CHUO")] == ["木村 彩"]
    assert [camera.number for camera in out.count("CHUO").docked] == ["1", "4"]
    assert out.count("CHUO").unaccounted == ()
    assert [(panel.stay.bay, panel.state) for panel in panels(cast.station)] == [
        ("bay-1", "done"),
        ("bay-4", "done"),
    ]
    assert not Case.objects.exists()  # every card was locked: no incident
    assert Footage.objects.filter(state="erased").exists()  # what was taken in on the first day
    mine = listing("CHUO", wearer=cast.people["sato"])
    assert [bool(shift.closing) for shift in mine] == [False, True, True, True]
    assert [shift.checkout for shift in to_explain(cast.people["sato"])] == [mine[0].checkout]
    assert Entry.objects.filter(kind="shift.explained").exists()
    assert not Entry.objects.filter(kind="camera.pulled").exists()
