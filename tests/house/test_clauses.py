"""Tests and rulebooks speak of the same clauses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_coverage import NO_REASON, measure

BOOK = "".join(f'[[clause]]\nid = "desk-{number}"\n' for number in (1, 2, 3))
TEST = '@pytest.mark.clause("desk-1")\ndef test_one(): ...\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one rulebook of three clauses, the first of them tested."""
    for folder in ("hokanko/rulebooks/desk", "tests/clauses"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "hokanko/rulebooks/desk/book.toml").write_text(BOOK)
    (tmp_path / "tests/test_desk.py").write_text(TEST)
    (tmp_path / "tests/clauses/not_yet.toml").write_text('desk-2 = "needs a desk"\n')
    return tmp_path


def test_no_mark_and_no_reason_names_an_unknown_clause() -> None:
    assert measure().errors == ()


def test_every_clause_is_covered_or_has_its_reason_shown(project: Path) -> None:
    found = measure(project)
    assert found.clauses == ("desk-1", "desk-2", "desk-3")
    assert found.covered == ("desk-1",)
    assert found.not_yet == {"desk-2": "needs a desk", "desk-3": NO_REASON}
    assert found.errors == ()
    assert found.loose_ends == (f"desk-3: {NO_REASON}",)


@pytest.mark.parametrize("mark", ['"desk-9"', '"desk-1", "desk-9"', "NAME"])
def test_an_unknown_mark_is_an_error(project: Path, mark: str) -> None:
    (project / "tests/test_desk.py").write_text(f"pytestmark = pytest.mark.clause({mark})\n")
    (error,) = measure(project).errors
    assert error.startswith("tests/test_desk.py:1: no rulebook has clause")


def test_a_reason_for_a_covered_clause_is_a_loose_end(project: Path) -> None:
    (project / "tests/clauses/not_yet.toml").write_text('desk-1 = "later"\n')
    assert "desk-1: covered by tests/test_desk.py:1, and still in not_yet.toml" in (
        measure(project).loose_ends
    )


def test_a_clause_that_stands_twice_is_refused(project: Path) -> None:
    (project / "hokanko/rulebooks/desk/book.toml").write_text(BOOK + BOOK)
    with pytest.raises(ValueError, match="desk-1 stands twice"):
        measure(project)
