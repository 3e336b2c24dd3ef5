"""The two locks agree: who tests with dev.lock runs the very versions of run.lock."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.tree import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    """Package and version of every line of a lock."""
    return dict(PIN.findall(path.read_text()))


def test_the_tools_change_nothing_in_the_program() -> None:
    run, dev = (pins(ROOT / "requirements" / f"{name}.lock") for name in ("run", "dev"))
    assert run
    assert run.items() <= dev.items()


def test_every_package_is_held_by_hashes() -> None:
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text()
        entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
