"""A restore that fails leaves the database as it was; what it cannot bring back, it names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.backup.cli import Cli
from tests.postgres import server_folder


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    """A home in the kind of database that this run is about."""
    with databases.own() as database:
        binaries = server_folder()
        path = {"PATH": f"{binaries}:{os.environ['PATH']}"} if database and binaries else {}
        cli = Cli(tmp_path / "home", {**database, **path})
        cli.found()
        cli.camera()
        yield cli


def register(cli: Cli) -> None:
    """A row that no line of the ledger can bring back."""
    words = ("--org", "CHUO", "--login", "sato", "--name", "佐藤 一郎", "--by", "suzuki")
    cli("person", "add", *words, "--password-file", cli.home.parent / "secret")


def copy_of(folder: Path) -> Path:
    """The database in a backup, whatever its kind."""
    (found,) = folder.glob("database.*")
    return found


@pytest.mark.parametrize("left", [0, 2], ids=["empty", "half"])
def test_a_damaged_copy_leaves_the_old_database(cli: Cli, tmp_path: Path, left: int) -> None:
    cli("backup", tmp_path / "copy")
    register(cli)
    before = cli("ledger", "verify")
    copy = copy_of(tmp_path / "copy")
    data = copy.read_bytes()
    copy.write_bytes(data[: len(data) // left] if left else b"")

    code = 3 if databases.SETTING in cli.settings else 1  # there it is pg_restore that fails
    told = cli("restore", tmp_path / "copy", "--replace", code=code)

    assert told["error"]["ja"]
    assert cli("ledger", "verify")["root"] == before["root"]
    assert cli("fsck", "--deep")["sound"]


def test_a_ledger_that_was_changed_brings_the_old_database_back(cli: Cli, tmp_path: Path) -> None:
    cli("backup", tmp_path / "copy")
    register(cli)
    before = cli("ledger", "verify")
    entries = (cli.home / "ledger" / "tile" / "entries").rglob("*.p/*")
    newest = max(entries, key=lambda path: int(path.name))
    said = newest.read_bytes()
    newest.write_bytes(said[:-40] + bytes([said[-40] ^ 1]) + said[-39:])

    cli("restore", tmp_path / "copy", "--replace", code=1)

    newest.write_bytes(said)
    assert cli("ledger", "verify")["root"] == before["root"]
    assert cli("fsck", "--deep")["sound"]


def test_what_only_the_ledger_knows_is_named(cli: Cli, tmp_path: Path) -> None:
    cli("backup", tmp_path / "copy")
    register(cli)

    told = cli("restore", tmp_path / "copy", "--replace")

    assert told["to_repeat"]["person.registered"] == 1
    assert Path(told["aside"]).exists()
    assert cli("ledger", "verify")["sound"]
    assert cli("fsck", "--deep")["sound"]
    register(cli)  # and can be done again
