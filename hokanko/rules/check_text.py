"""Mistakes in `text.ja.md`: names nobody knows, and clauses that are not printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hokanko.rules.check_policy import Known
from hokanko.rules.problem import Problem
from hokanko.rules.rows import TEXT
from hokanko.rules.text import BLANK, LAW, MARKER


def text_problems(
    text: str, known: Known, unprinted: Mapping[str, int], book: str
) -> Iterator[Problem]:
    """Everything wrong with the printable text.

    `unprinted` maps each clause that must be printed to its line in the file `book`.
    """
    named: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        for marker in MARKER.finditer(line):
            named.update(marker[1].split())
            yield from _clauses(number, marker[1].split(), known)
        for blank in BLANK.finditer(line):
            yield from _name(number, blank[1], known)
    for clause, at in unprinted.items():
        if clause not in named:
            yield Problem(
                book,
                at,
                f"条項「{clause}」が {TEXT} のどの段落にもありません。",
                f"No paragraph of {TEXT} carries the clause {clause!r}.",
                f"段落の前に <!-- {clause} --> を書いてください。",
            )


def _clauses(number: int, clauses: list[str], known: Known) -> Iterator[Problem]:
    for clause in clauses:
        if clause not in known.clauses:
            yield Problem(
                TEXT,
                number,
                f"条項「{clause}」はこの規程にありません。",
                f"This rulebook has no clause {clause!r}.",
                "book.toml の [[clause]] の id を書いてください。",
            )


def _name(number: int, name: str, known: Known) -> Iterator[Problem]:
    is_law = name.startswith(LAW)
    if (name.removeprefix(LAW) in known.laws) if is_law else (name in known.parameters):
        return
    yield Problem(
        TEXT,
        number,
        f"{'法令' if is_law else 'パラメータ'}「{name}」はこの規程にありません。",
        f"This rulebook has no {'law' if is_law else 'parameter'} {name!r}.",
        f"book.toml の [[{'law' if is_law else 'parameter'}]] の名前を書いてください。",
    )
