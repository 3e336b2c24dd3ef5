"""A home whose small files or database are damaged: every command says so in words, and ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backup.cli import Cli

COMMANDS = (["fsck"], ["ledger", "verify"], ["footage", "list"], ["serve", "--port", "1"])


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """One home for the module: each test puts back what it damaged."""
    cli = Cli(tmp_path_factory.mktemp("damaged") / "home")
    cli.found()
    return cli


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("hokanko.sqlite3", cut),
        ("hokanko.sqlite3", lambda _data: b""),
        ("hokanko.sqlite3", lambda data: b"no database" + data[11:]),
        ("hokanko.toml", lambda _data: b"second = "),
        ("hokanko.toml", lambda _data: b"\xff\xfe"),
        ("keyring/keyring", lambda _data: b""),
        ("../home.root/root-1.json", cut),
    ],
)
def test_it_is_said_in_words(cli: Cli, name: str, damage: Callable[[bytes], bytes]) -> None:
    path = cli.home / name
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    try:
        for words in COMMANDS:
            if words[0] == "footage" and "/" in name:
                continue  # a list needs no key
            code, said = cli.outcome(*words)
            assert code in {1, 3}, (words, said)
            assert "Traceback" not in said
            assert any("ぁ" <= letter <= "ん" for letter in said), said
    finally:
        path.write_bytes(whole)
        for log in cli.home.glob("hokanko.sqlite3-*"):
            log.unlink()
    assert cli("fsck")["sound"]


def test_a_lost_database_is_not_founded_anew(cli: Cli) -> None:
    path = cli.home / "hokanko.sqlite3"
    path.rename(path.with_name("away"))
    told = cli("init", code=1)
    assert "hokanko restore" in json.dumps(told, ensure_ascii=False)
    path.with_name("away").replace(path)
    for log in cli.home.glob("hokanko.sqlite3-*"):
        log.unlink()
    assert cli("fsck")["sound"]


def test_an_empty_web_key_is_no_key(cli: Cli, tmp_path: Path) -> None:
    path = cli.home / "web.key"
    path.write_text("")
    assert cli("fsck")["sound"]
