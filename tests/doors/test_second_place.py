"""The keyring's second place: promised from the first day, mended and replaced as `doctor` says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.backup.cli import Cli
from tests.fixtures import PASSWORD


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    """Where the second place is, once somebody makes it."""
    return tmp_path / "medium"


@pytest.fixture
def cli(tmp_path: Path, medium: Path) -> Cli:
    """A home with both places filled."""
    medium.mkdir()
    cli = Cli(tmp_path / "home")
    init(cli, medium)
    return cli


def init(cli: Cli, medium: Path, *, code: int = 0) -> str:
    secret = cli.home.parent / "secret"
    secret.write_text(PASSWORD)
    return str(cli("init", "--password-file", secret, code=code, HOKANKO_SECOND=str(medium)))


def places(cli: Cli, medium: Path, *, code: int = 0) -> list[dict[str, Any]]:
    told = cli("doctor", code=code, HOKANKO_SECOND=str(medium))
    return [finding for finding in told["findings"] if finding["name"] == "places"]


def repair(cli: Cli, medium: Path) -> None:
    cli("fsck", "--repair", HOKANKO_SECOND=str(medium))
    assert [finding["ok"] for finding in places(cli, medium)] == [True]


def test_a_second_place_that_is_not_there_is_refused(tmp_path: Path, medium: Path) -> None:
    cli = Cli(tmp_path / "home")
    told = init(cli, medium, code=3)
    assert str(medium) in told
    assert "HOKANKO_SECOND" in told
    assert not cli.home.exists()
    assert not medium.exists()
    medium.mkdir()
    init(cli, medium)
    assert (medium / "keyring" / "keyring").exists()
    assert (medium / "root" / "root-1.json").exists()


def test_a_lost_medium_is_replaced_as_doctor_says(cli: Cli, medium: Path) -> None:
    shutil.rmtree(medium)
    medium.mkdir()
    (found,) = places(cli, medium, code=1)
    mark = cli.home / "keyring.second"
    assert str(mark) in found["mend"]
    assert "hokanko fsck --repair" in found["mend"]
    cli("fsck", "--repair", code=1, HOKANKO_SECOND=str(medium))
    assert not list(medium.iterdir())  # it may be an empty mount point: only a person knows
    mark.unlink()
    repair(cli, medium)
    assert mark.exists()


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"half of it"])
def test_a_damaged_second_keyring_is_mended_as_doctor_says(
    cli: Cli, medium: Path, damage: bytes
) -> None:
    file = medium / "keyring" / "keyring"
    file.write_bytes(damage)
    (found,) = places(cli, medium, code=1)
    assert str(file) in found["mend"]
    assert str(cli.home / "keyring.second") in found["mend"]
    file.rename(medium / "damaged")
    (cli.home / "keyring.second").unlink()
    repair(cli, medium)


@pytest.mark.parametrize("damage", [b"", b'{"root": 1'])
def test_a_damaged_root_is_mended_as_doctor_says(cli: Cli, medium: Path, damage: bytes) -> None:
    for folder in (medium / "root", cli.home.with_name("home.root")):
        (root,) = folder.glob("root-*.json")
        root.write_bytes(damage)
        (found,) = places(cli, medium, code=1)
        assert str(root) in found["mend"]
        root.rename(medium / f"damaged-{folder.name}")
        repair(cli, medium)


def test_a_damaged_first_keyring_comes_back_from_the_second(cli: Cli, medium: Path) -> None:
    file = cli.home / "keyring" / "keyring"
    file.write_bytes(file.read_bytes()[:-1])
    (found,) = places(cli, medium, code=1)
    assert str(file) in found["mend"]
    file.unlink()
    repair(cli, medium)
