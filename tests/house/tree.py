"""What the house customs look at: the files of this checkout, parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "hokanko"
CHAPTERS = (
    "people",
    "cameras",
    "footage",
    "coverage",
    "timekeeping",
    "retention",
    "intake",
    "dock",
    "recorder",
    "live",
    "imports",
    "viewing",
    "provision",
    "editions",
    "audit",
    "cases",
    "public",
    "shifts",
)


def name_of(path: Path) -> str:
    """A file's name as we speak of it: its path in the repository."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """The Python files with content under these folders; migrations are Django's own writing."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if path.stat().st_size and "migrations" not in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(), filename=name_of(path))


def begun(chapter: str) -> list[Path]:
    """The files with content of a chapter; empty while nobody has begun it."""
    return [path for path in sorted((PACKAGE / chapter).glob("*.py")) if path.stat().st_size]


def called(call: ast.Call) -> str:
    """The last name of what is called: `append` in both `append(…)` and `ledger.append(…)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
