"""The command's own door: what it offers, what it refuses to know, and its exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def hokanko(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hokanko.door", *words],
        cwd=REPOSITORY,
        env={"HOKANKO_HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("word", ["help", "--help", "-h"])
def test_the_contents_page_names_every_command(tmp_path: Path, word: str) -> None:
    told = hokanko(word, home=tmp_path / "none")
    assert told.returncode == 0
    for path in (REPOSITORY / "hokanko" / "management" / "commands").glob("[a-z]*.py"):
        assert f"hokanko {path.stem.replace('_', '-')}" in told.stdout
    assert "hokanko verify" in told.stdout


@pytest.mark.parametrize("word", ["flush", "shell", "dbshell", "dumpdata", "createsuperuser"])
def test_djangos_own_commands_are_not_ours(tmp_path: Path, word: str) -> None:
    """They would go around the rulebook and the ledger (I1)."""
    told = hokanko(word, home=tmp_path / "none")
    assert told.returncode == 2
    assert word in told.stderr


def test_without_a_home_nothing_is_available_but_help(tmp_path: Path) -> None:
    told = hokanko("footage", "list", home=tmp_path / "none")
    assert told.returncode == 3
    assert "hokanko init" in told.stderr
    assert hokanko("take-in", "--help", home=tmp_path / "none").returncode == 0
    assert not (tmp_path / "none").exists()


def test_a_home_is_its_owners_only(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert hokanko("init", home=home).returncode == 0
    open_to_others = [path for path in home.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert (home.with_name("home.root")).stat().st_mode & 0o077 == 0


def test_a_new_home_tells_its_verifier_key(tmp_path: Path) -> None:
    """Others judge what leaves this home by it; the README promises that it is printed."""
    home = tmp_path / "home"
    told = hokanko("init", home=home).stdout
    shown = json.loads(hokanko("ledger", "checkpoint", "--json", home=home).stdout)["vkey"]
    assert shown in told


def test_usage_is_two(tmp_path: Path) -> None:
    assert hokanko("org", "add", home=tmp_path / "none").returncode in {2, 3}
    assert hokanko("verify", str(tmp_path / "nothing"), home=tmp_path / "none").returncode == 2


def test_a_real_home_cannot_move_its_clock(tmp_path: Path) -> None:
    home = tmp_path / "home"
    hokanko("init", home=home)
    told = hokanko("clock", "advance", "--days", "1", home=home)
    assert told.returncode == 1
    assert "練習用" in told.stderr


def test_json_may_stand_before_the_command(tmp_path: Path) -> None:
    """It is read wherever it stands: the answer is one JSON document."""
    home = tmp_path / "home"
    assert hokanko("--json", "init", home=home).returncode == 0
    told = hokanko("--json", "org", "list", home=home)
    assert json.loads(told.stdout) == {"organisations": []}


def test_the_version_is_told(tmp_path: Path) -> None:
    told = hokanko("--version", home=tmp_path / "none")
    assert re.fullmatch(r"hokanko \d+\.\d+\.\d+\n", told.stdout)


def test_the_name_of_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert hokanko("init", home=home).returncode == 0
    told = hokanko(
        "take-in", "\x1b[31mred\x1b]0;title\x07", "--org", "X", "--camera", "1", home=home
    )
    assert told.returncode != 0
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", told.stdout + told.stderr)
