"""`kill -9` before and after every step that can reach the disk loses and revives nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# The operation, and how many steps it has at the very least: fewer would mean they are not seen.
OPERATIONS = {
    "take-in": 20,
    "erase-day": 30,
    "puncture": 30,
    "adopt": 40,
    "publish": 8,
    "hand-over": 15,
}


@pytest.mark.fault
@pytest.mark.parametrize("name", OPERATIONS)
def test_killed_at_every_step(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.driver", name, str(tmp_path)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    told = json.loads(done.stdout)
    assert not told["faults"], "\n".join(told["faults"])
    assert told["steps"] >= OPERATIONS[name]
