"""Every verb asks, does and writes (I1), and says so in the same way."""

from __future__ import annotations

import ast
from collections.abc import Set
from pathlib import Path

import pytest

from hokanko.rules.verbs import VERBS
from tests.house.tree import CHAPTERS, PACKAGE, begun, called, name_of, parsed, python_files

QUESTIONS_ONLY = {"footage", "dock"}  # the dock walks verbs of intake and of cameras
ROW_WRITES = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
SET_WRITES = {"create", "update"}  # also what dictionaries and hashes are told
UNDER_PERMIT = "permit.write"
ASK, WRITE = "permit = require(by, 'a.lend')", "permit.write('x')"  # as in a verb


def spoken_name(function: ast.FunctionDef) -> str | None:
    """The dotted name in `@verb("…")`."""
    for mark in function.decorator_list:
        match mark:
            case ast.Call(args=[ast.Constant(value=str(name)), *_]) if called(mark) == "verb":
                return name
    return None


def files_of_verbs() -> list[Path]:
    """Every `actions.py`, and whatever other file has a function marked as a verb."""

    def marks(path: Path) -> bool:
        functions = (node for node in parsed(path).body if isinstance(node, ast.FunctionDef))
        return any(spoken_name(function) for function in functions)

    return [p for p in python_files("hokanko") if p.name == "actions.py" or marks(p)]


def verbs() -> list[tuple[Path, ast.FunctionDef]]:
    """The public functions of the files of verbs."""
    return [
        (path, node)
        for path in files_of_verbs()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def is_write(call: ast.Call) -> bool:
    """Whether a call changes a row or the ledger."""
    name = called(call)
    if name in SET_WRITES:
        return ".objects" in ast.unparse(call.func) or "filter(" in ast.unparse(call.func)
    return name in ROW_WRITES or ast.unparse(call.func) in {"append", UNDER_PERMIT}


def words_in(call: ast.Call) -> list[str]:
    """The plain texts among a call's arguments."""
    return [str(word.value) for word in call.args if isinstance(word, ast.Constant)]


def writes_line(function: ast.FunctionDef) -> bool:
    """Whether a function writes the ledger under its permit."""
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(ast.unparse(call.func) == UNDER_PERMIT for call in calls)


def writers_in(path: Path) -> set[str]:
    """The private functions of a file that write the ledger for the verbs there."""
    return {
        node.name
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("_") and writes_line(node)
    }


def faults_of(function: ast.FunctionDef, writers: Set[str] = frozenset()) -> list[str]:
    """What keeps a function from being a verb."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    places: dict[str, list[int]] = {}
    for call in calls:
        places.setdefault(called(call), []).append(call.lineno)
    asked = min(places.get("require", []), default=None)
    early = [call.lineno for call in calls if is_write(call) and call.lineno < (asked or 0)]
    name = spoken_name(function)
    bare = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    asked_for = {word for call in calls if called(call) == "require" for word in words_in(call)}
    faults = {
        'has no @verb("dotted.name")': name is None or "." not in name,
        "does not take the keyword `by`": "by" not in [a.arg for a in function.args.kwonlyargs],
        "does not ask: no require(…)": asked is None,
        f"asks for something else than {name}": bool(asked_for) and name not in asked_for,
        f"writes in line {early} before it asks": bool(early),
        "does not write the ledger: no permit.write(…)": not (
            writes_line(function) or set(places) & writers
        ),
        "writes a line without its permit: append(…)": "append" in bare,
    }
    return [fault for fault, present in faults.items() if present]


def test_every_verb_asks_does_and_writes() -> None:
    found = [
        f"{name_of(path)}: {function.name} {fault}"
        for path, function in verbs()
        for fault in faults_of(function, writers_in(path))
    ]
    assert not found, "\n".join(found)


def test_every_verb_is_known_to_the_rules() -> None:
    names = {name for _, function in verbs() if (name := spoken_name(function))}
    assert names - set(VERBS) == set()


def test_a_chapter_that_has_begun_has_its_verbs() -> None:
    silent = [
        chapter
        for chapter in CHAPTERS
        if chapter not in QUESTIONS_ONLY
        and begun(chapter)
        and not (PACKAGE / chapter / "actions.py").exists()
    ]
    assert not silent, f"chapters without actions.py: {silent}"


def test_a_careful_verb_is_found_faultless() -> None:
    (function,) = ast.parse(f"@verb('a.lend')\ndef lend(*, by): {ASK}; {WRITE}").body
    assert isinstance(function, ast.FunctionDef)
    assert faults_of(function) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (f"def lend(*, by): {ASK}; {WRITE}", "no @verb"),
        (f"@verb('lend')\ndef lend(*, by): {ASK}; {WRITE}", "no @verb"),
        (f"@verb('a.lend')\ndef lend(by): {ASK}; {WRITE}", "keyword `by`"),
        (f"@verb('a.lend')\ndef lend(*, by): {WRITE}", "no require"),
        (f"@verb('a.lend')\ndef lend(*, by):\n row.save()\n {ASK}; {WRITE}", "before"),
        (f"@verb('a.lend')\ndef lend(*, by):\n {WRITE}\n {ASK}", "before"),
        (f"@verb('a.lend')\ndef lend(*, by): {ASK}; row.save()", "no permit.write"),
        (f"@verb('a.lend')\ndef lend(*, by): {ASK}; file.write('x')", "no permit.write"),
        (f"@verb('a.lend')\ndef lend(*, by): {ASK}; {WRITE}; append('x')", "without its permit"),
        (f"@verb('a.take')\ndef lend(*, by): {ASK}; {WRITE}", "something else"),
    ],
)
def test_a_careless_verb_is_found(source: str, fault: str) -> None:
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert [found for found in faults_of(function) if fault in found]
