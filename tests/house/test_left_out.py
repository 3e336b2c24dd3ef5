"""What `script/test` says at its end: nothing that was skipped goes unnamed."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.left_out import Run, left_out, main, summary

SQLITE = Run(passed=["a.py::one"], skipped={"a.py::two": "PostgreSQL only", "b.py": "no Chromium"})
POSTGRES = Run(passed=["a.py::two"], failed=["a.py::one"], skipped={"c.py::x": "no ../shared/data"})


def save(folder: Path, **runs: Run) -> Path:
    for name, run in runs.items():
        (folder / f"{name}.json").write_text(json.dumps(asdict(run)))
    return folder


def test_what_the_other_database_did_is_not_left_out() -> None:
    found = left_out({"SQLite": SQLITE, "PostgreSQL": POSTGRES})
    assert found == {"no Chromium": ["b.py"], "no ../shared/data": ["c.py::x"]}


def test_a_module_that_ran_elsewhere_is_not_left_out() -> None:
    whole = Run(passed=["b.py::one"])
    assert "no Chromium" not in left_out({"SQLite": SQLITE, "PostgreSQL": whole})


def test_a_missing_database_is_named() -> None:
    assert any("PostgreSQL" in why for why in left_out({"SQLite": Run(passed=["a.py::one"])}))


def test_the_last_line_holds_the_numbers() -> None:
    runs = {"SQLite": SQLITE, "PostgreSQL": POSTGRES}
    assert summary(runs) == "1 passed on SQLite; 1 passed, 1 failed on PostgreSQL"


def test_only_an_insisting_run_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path, SQLite=SQLITE, PostgreSQL=POSTGRES)
    assert main(tmp_path, insist=False) == 0
    assert "1 × no Chromium" in capsys.readouterr().out
    assert main(tmp_path, insist=True) == 1


def test_material_beside_the_checkout_is_named_but_not_insisted_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path, SQLite=Run(passed=["a.py::one"]), PostgreSQL=Run(skipped=POSTGRES.skipped))
    assert main(tmp_path, insist=True) == 0
    assert "no ../shared/data" in capsys.readouterr().out
