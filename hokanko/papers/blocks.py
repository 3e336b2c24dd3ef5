"""A rulebook's text as blocks that PDF and Word set alike: headings, numbered items, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LABEL = re.compile(r"(\(\d+\)|[⑴-⒇]|[①-⑳]|[アイウエオカキクケコ]|●|※|[0-9０-９]+)　")
SEPARATOR = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
DATE_LINE = re.compile(r"令和　+年")  # of a form, still to be dated
ANNEX = "別"  # 別添, 別紙, 別記様式 begin a page


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `kind` is heading | front | item | text | table.

    `level` is 1–4 of a heading, the depth of an item (1 outermost), or that of the heading above
    a text. `front` are the lines between the title and the first heading, and a form's date.
    """

    kind: str
    text: str = ""
    level: int = 0
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def annex(self) -> bool:
        """Whether an annex begins here, on a page of its own."""
        return self.kind == "heading" and self.text.startswith(ANNEX)

    def data(self) -> dict[str, object]:
        """As `rulebook.typ` reads it."""
        return {
            "kind": self.kind,
            "text": self.text,
            "level": self.level,
            "label": self.label,
            "rows": [list(row) for row in self.rows],
            "annex": self.annex,
        }


def blocks(paragraphs: Iterable[str]) -> tuple[Block, ...]:
    """Paragraphs of the rulebook's Markdown (headings, `label　words`, tables) as blocks."""
    found: list[Block] = []
    heading = 0
    for words in paragraphs:
        made = _block(words.strip(), heading)
        if made.kind == "heading":
            heading = made.level
        found.append(made)
    return tuple(found)


def _block(words: str, heading: int) -> Block:
    if words.startswith("#"):
        marks = len(words) - len(words.lstrip("#"))
        return Block("heading", words.lstrip("#").strip(), marks)
    if words.startswith("|"):
        return Block("table", rows=_rows(words))
    if label := LABEL.match(words):
        return Block("item", words[label.end() :], _depth(label[1]), label[1])
    if DATE_LINE.match(words) or (heading <= 1 and "。" not in words):
        return Block("front", words)
    return Block("text", words, heading)


def _depth(label: str) -> int:
    return 2 if re.fullmatch(r"[①-⑳ア-コ※]", label) else 1


def _rows(words: str) -> tuple[tuple[str, ...], ...]:
    lines = [line for line in words.splitlines() if not SEPARATOR.fullmatch(line.strip())]
    return tuple(tuple(cell.strip() for cell in line.strip(" |").split("|")) for line in lines)
