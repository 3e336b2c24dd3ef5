"""hokanko import-folder: a folder from the command line, broken off, gone on with."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko import home
from hokanko.errors import Unavailable
from hokanko.footage.models import Footage
from hokanko.imports import taking
from hokanko.imports.models import Import
from hokanko.intake.receive import receive
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.imports.folder import JPEG, film, named

BEGIN = (
    *("--org", "AOBA", "--by", "kishi", "--device", "北口の録画装置", "--taken-by", "港電機"),
    *("--taken-at", "2026-11-20T11:50", "--shown", "2026-11-20T11:53:12"),
    *("--true", "2026-11-20T11:50:00", "--camera", "1=ch01"),
)


@pytest.fixture
def here(fresh_home: home.Home, db: None) -> Founded:
    del fresh_home, db
    made = standing.ward()
    standing.running(made)
    return made


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """As recorders export: two films, a copy of one, a torn one, a player, another camera's."""
    folder = tmp_path / "export"
    (folder / "ch01").mkdir(parents=True)
    first = film()
    (folder / "ch01" / named(NOON.replace(hour=9))).write_bytes(first)
    (folder / "ch01" / named(NOON.replace(hour=10))).write_bytes(film(1))
    (folder / "ch01" / "copy of it.mp4").write_bytes(first)
    (folder / "ch01" / named(NOON.replace(hour=11))).write_bytes(film(2)[:2000])
    (folder / "player.exe").write_bytes(b"MZ")
    (folder / "ch02_20261120090000.mp4").write_bytes(film(3))
    (folder / "ch01" / "link.mp4").symlink_to("/etc/hostname")
    return folder


def run(*words: object, code: int = 0) -> dict[str, object]:
    out, ended = StringIO(), 0
    try:
        call_command("import_folder", "--json", *map(str, words), stdout=out, stderr=StringIO())
    except SystemExit as stop:
        ended = int(stop.code or 0)
    assert ended == code
    return dict(json.loads(out.getvalue()))


@pytest.mark.usefixtures("here")
def test_a_folder_comes_in_and_everything_in_it_is_told_of(export: Path, tmp_path: Path) -> None:
    photo = tmp_path / "画面.jpg"
    photo.write_bytes(JPEG)
    said = run(export, *BEGIN, "--photo", photo, code=1)
    assert said["offset_s"] == 192
    assert said["counted"] == {"taken": 3, "again": 1, "left": 2, "broken": 1}
    assert [row["path"] for row in said["files"] if row["state"] == "broken"] == [  # type: ignore[attr-defined]
        "ch02_20261120090000.mp4"
    ]
    assert {f.flags[0] if f.flags else "" for f in Footage.objects.all()} >= {""}
    torn = Footage.objects.get(source=named(NOON.replace(hour=11)))
    assert torn.flags
    assert torn.captured is not None  # by its name
    assert Import.objects.get().file_sha256


@pytest.mark.usefixtures("here")
def test_one_that_broke_off_is_gone_on_with(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []

    def full(*args: object, **kwargs: object) -> Footage:
        if done:
            raise Unavailable("いっぱいです。", "Full.")
        done.append(1)
        return receive(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "receive", full)
    run(export, *BEGIN, code=3)
    lot = Import.objects.get()
    assert (Footage.objects.count(), lot.files.filter(state="waiting").count() > 1) == (1, True)
    monkeypatch.setattr(taking, "receive", receive)
    said = run(export, "--resume", lot.number, "--by", "kishi", "--end", code=1)
    assert said["counted"] == {"taken": 3, "again": 1, "left": 2, "broken": 1}
    assert Footage.objects.count() == 3
    again = run(export, "--resume", lot.number, "--by", "kishi", code=1)
    assert "終えて" in str(again)


@pytest.mark.usefixtures("here")
def test_what_is_lacking_is_named(export: Path, tmp_path: Path) -> None:
    assert "--resume" in str(run(export, "--by", "kishi", code=1))
    run(tmp_path / "nowhere", *BEGIN, code=2)
    run(export, *BEGIN[:2], "--by", "hara", *BEGIN[4:], code=1)
    assert not Import.objects.exists()
