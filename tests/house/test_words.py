"""Words: every file says what it is, none is a drawer for odds and ends, no note is left lying."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, name_of, parsed, python_files

DRAWERS = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
ABSENT = {
    "signals": "if B must follow A, A calls B",
    "admin": "it would go around the rulebook and the ledger",
}
NOTES = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
WRITTEN_BY_US = ("*.py", "*.html", "*.js", "*.css", "*.toml", "*.md", "*.cedar", "*.typ", "*.po")


def opening_fault(text: str | None) -> str | None:
    """What is wrong with a docstring as the first sentence of a file."""
    first = (text or "").strip().split("\n")[0].strip()
    if not first:
        return "does not say what it is"
    if not re.search(r"[.!?。…)]$|[.。](\s|$)", first):
        return f"opens with something that is no sentence: {first!r}"
    return None


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a file gives, uses or imports, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.alias(name=name):
                for part in name.split("."):
                    yield part, node.lineno


def test_every_module_opens_with_a_sentence() -> None:
    found = [
        f"{name_of(path)} {fault}"
        for path in python_files("hokanko", "tests", "script")
        if (fault := opening_fault(ast.get_docstring(parsed(path))))
    ]
    assert not found, "\n".join(found)


def test_every_script_opens_with_a_sentence() -> None:
    scripts = [path for path in (ROOT / "script").iterdir() if path.is_file() and not path.suffix]
    assert scripts
    for path in [*scripts, ROOT / ".ci" / "run"]:
        shebang, opening, *_ = path.read_text().splitlines()
        assert shebang == "#!/usr/bin/env bash", name_of(path)
        assert opening.startswith("# "), name_of(path)
        assert opening_fault(opening) is None, name_of(path)


def test_no_file_is_a_drawer() -> None:
    found = [
        name_of(path)
        for path in python_files("hokanko", "tests", "script")
        if DRAWERS & {path.stem, path.parent.name}
    ]
    assert not found, f"name these after what they hold: {found}"


def test_what_is_absent_stays_absent() -> None:
    found = [
        f"{name_of(path)}:{line}: {name} ({ABSENT[name]})"
        for path in python_files("hokanko")
        for name, line in identifiers(parsed(path))
        if name in ABSENT
    ]
    assert not found, "\n".join(found)


def ours() -> Iterator[Path]:
    """Every text file that we wrote."""
    for folder in (PACKAGE, ROOT / "tests", ROOT / "docs", ROOT / "script"):
        for pattern in WRITTEN_BY_US:
            yield from folder.rglob(pattern)
    yield from ROOT.glob("*.md")


def test_no_note_to_ourselves_is_left() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in ours()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if NOTES.search(line)
    ]
    assert not found, found


@pytest.mark.parametrize("text", ["", None, "words without an end", "Names"])
def test_a_poor_opening_is_found(text: str | None) -> None:
    assert opening_fault(text)


def test_a_forbidden_name_is_found() -> None:
    tree = ast.parse("from django.db.models import signals\nfrom django.contrib import admin")
    assert {name for name, _ in identifiers(tree)} >= set(ABSENT)
