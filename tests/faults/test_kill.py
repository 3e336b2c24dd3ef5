"""`kill -9` before and after every step that can reach the disk loses and revives nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import databases
from tests.apart import surroundings, told_by

# The operation, and how many steps it has at the very least: fewer would mean they are not seen.
OPERATIONS = {
    "take-in": 20,
    "dock": 20,
    "erase-day": 30,
    "puncture": 30,
    "adopt": 40,
    "publish": 8,
    "restore": 25,
    "hand-over": 15,
}


# The same just before each commit of PostgreSQL, for the operations that promise something.
ON_POSTGRESQL = {"take-in": 3, "dock": 5, "erase-day": 6, "restore": 2, "hand-over": 3}


def killed(name: str, work: Path, database: Mapping[str, str]) -> dict[str, Any]:
    """What the driver tells of an operation."""
    env = {**surroundings(None), **database}
    told: dict[str, Any] = told_by("tests.faults.driver", name, work, env=env)
    assert not told["faults"], "\n".join(told["faults"])
    return told


@pytest.mark.fault
@pytest.mark.parametrize("name", OPERATIONS)
def test_killed_at_every_step(name: str, tmp_path: Path) -> None:
    assert killed(name, tmp_path, {})["steps"] >= OPERATIONS[name]


@pytest.mark.fault
@pytest.mark.postgresql
@pytest.mark.parametrize("name", ON_POSTGRESQL)
def test_killed_before_every_commit(name: str, tmp_path: Path) -> None:
    with databases.own() as database:
        if not database:
            pytest.skip("no PostgreSQL behind this run: crashes between its commits are left out")
        assert killed(name, tmp_path, database)["steps"] >= ON_POSTGRESQL[name]
