"""A backup brings back what is alive, never what has died, and the ledger never grows shorter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.backup.cli import Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "home")
    cli.found()
    cli.camera()
    return cli


def clip(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(name.encode() * 20_000)
    return path


def test_a_lost_database_comes_back_with_what_came_after_the_copy(cli: Cli, tmp_path: Path) -> None:
    kept = cli.take_in(clip(tmp_path, "a.mp4"))["footage"][0]
    made = cli("backup", tmp_path / "copy")
    assert made["footage"] == 1
    later = cli.take_in(clip(tmp_path, "b.mp4"))["footage"][0]
    size = cli("ledger", "verify")["size"]
    for path in cli.home.glob("hokanko.sqlite3*"):
        path.unlink()
    shutil.rmtree(cli.home / "sealed" / kept["id"][:2])

    told = cli("restore", tmp_path / "copy")

    assert (told["brought"], told["gone"]) == (1, 0)
    held = {f["id"]: f["sha256"] for f in cli("footage", "list")["footage"]}
    assert held == {kept["id"]: kept["sha256"], later["id"]: later["sha256"]}
    assert cli("ledger", "verify")["size"] > size
    assert cli("fsck", "--deep") == {"sound": True, "problems": []}


def test_an_old_copy_brings_nothing_back_that_has_died(cli: Cli, tmp_path: Path) -> None:
    dead = cli.take_in(clip(tmp_path, "a.mp4"))["footage"][0]
    cli("backup", tmp_path / "copy")
    cli("clock", "advance", "--days", "90")
    (certificate,) = cli("sweep")["certificates"]
    cli("clock", "advance", "--days", "275")
    alive = cli.take_in(clip(tmp_path, "b.mp4"))["footage"][0]
    cli("restore", tmp_path / "copy", code=1)  # over a healthy home only if told so

    told = cli("restore", tmp_path / "copy", "--replace")

    assert told["brought"] == 1
    assert Path(told["aside"]).exists()
    states = {f["id"]: f["state"] for f in cli("footage", "list")["footage"]}
    assert states == {dead["id"]: "erased", alive["id"]: "held"}
    assert not list((cli.home / "sealed").rglob(f"{dead['id'].replace('-', '')}*"))
    assert cli("ledger", "verify")["sound"]
    assert cli("fsck", "--deep")["sound"]
    assert cli("verify", certificate)["sound"]


def test_no_secret_is_in_a_copy(cli: Cli, tmp_path: Path) -> None:
    cli.take_in(clip(tmp_path, "a.mp4"))
    cli("backup", tmp_path / "copy")
    names = {path.name for path in (tmp_path / "copy").rglob("*")}
    assert {"backup.json", "database.sqlite3", "checkpoint", "hokanko.toml"} <= names
    assert not [n for n in names if n.startswith(("keyring", "root", "web.key"))]


def test_another_homes_copy_and_an_unfinished_one_are_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Cli(tmp_path / "other" / "home")
    other.found()
    other("backup", tmp_path / "foreign")
    assert "別の保管庫" in str(cli("restore", tmp_path / "foreign", "--replace", code=1))
    (tmp_path / "foreign" / "backup.json").unlink()
    cli("restore", tmp_path / "foreign", "--replace", code=2)


def test_a_ledger_that_was_changed_is_not_restored(cli: Cli, tmp_path: Path) -> None:
    cli("backup", tmp_path / "copy")
    cli.take_in(clip(tmp_path, "a.mp4"))
    before = cli("ledger", "verify")
    (bundle, *_) = sorted(
        (cli.home / "ledger" / "tile" / "entries").rglob("*.p/*"), key=lambda p: -int(p.name)
    )
    said = bundle.read_bytes()
    bundle.write_bytes(said[:-40] + bytes([said[-40] ^ 1]) + said[-39:])

    cli("restore", tmp_path / "copy", "--replace", code=1)

    bundle.write_bytes(said)
    assert cli("ledger", "verify")["root"] == before["root"]
    assert cli("fsck", "--deep")["sound"]
