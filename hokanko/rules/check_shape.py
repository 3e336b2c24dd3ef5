"""Mistakes in the shape of `book.toml`: tables, rows, lists and numbers where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hokanko.rules.places import Place, places
from hokanko.rules.problem import Problem
from hokanko.rules.rows import BOOK, ROWS

KINDS: dict[str, type] = {
    "clauses": list,
    "combine": list,
    "choices": dict,
    "options": dict,
    "evidence": dict,
    "owners": list,
    "parts": list,
    "grounds": list,
    "min": int,
    "max": int,
    "reason_above": int,
    "every_days": int,
}
WORDS = {list: ("並び", "a list"), dict: ("表", "a table"), int: ("整数", "a whole number")}


def shape_problems(text: str, raw: Mapping[str, object]) -> Iterator[Problem]:
    """What must be mended before the rows can be looked at one by one."""
    where = places(text)
    for name, rows in {"book": [], **raw}.items():
        if name not in {"book", *ROWS}:
            yield _wrong(name, "そのような表はありません", "no such table", _line(text, name))
        elif name == "book" and not isinstance(rows, dict):
            yield _wrong("book", "[book] が要ります", "[book] is needed", _line(text, name))
        elif name != "book" and not _are_tables(rows):
            yield _wrong(name, f"[[{name}]] と書きます", f"write [[{name}]]", _line(text, name))
        elif isinstance(rows, list):
            for row, place in zip(rows, where.get(name, []), strict=False):
                yield from _row(row, place)


def _row(row: Mapping[str, object], place: Place) -> Iterator[Problem]:
    for key, value in row.items():
        wanted = KINDS.get(key)
        if wanted is not None and (not isinstance(value, wanted) or isinstance(value, bool)):
            ja, en = WORDS[wanted]
            yield _wrong(key, f"{ja}でなければなりません", f"must be {en}", place.of(key))
        elif key == "evidence" and isinstance(value, dict):
            yield from _row(value, Place(place.of(key), {}))


def _are_tables(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _line(text: str, name: str) -> int:
    """The first line that begins with a name, with or without brackets."""
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.lstrip(" [").startswith(name)), 1)


def _wrong(name: str, ja: str, en: str, line: int) -> Problem:
    return Problem(
        BOOK,
        line,
        f"「{name}」: {ja}。",
        f"{name}: {en}.",
        "ほかの規程の book.toml に倣ってください。",
    )
