"""Sizes are reported, never enforced: a long file or function is worth a second look."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.house.tree import name_of, parsed, python_files

FILE_LINES, FUNCTION_LINES = 250, 50


def long_ones() -> list[str]:
    """The files and functions above the sizes we aim at, with their length in lines."""
    found = []
    for path in python_files("hokanko", "tests", "script"):
        lines = len(path.read_text().splitlines())
        if lines > FILE_LINES:
            found.append(f"{name_of(path)}: {lines} lines")
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    found.append(f"{name_of(path)}:{node.lineno} {node.name}: {length} lines")
    return found


def test_sizes_are_reported(capsys: pytest.CaptureFixture[str]) -> None:
    found = long_ones()
    with capsys.disabled():
        sys.stdout.write("".join(f"\n  worth a second look: {line}" for line in found))
    assert python_files("hokanko")
