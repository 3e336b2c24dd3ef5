"""閲覧・提供の記録: one sheet of the register kept of images shown or given to somebody outside."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.papers.press import pdf
from hokanko.papers.provision import HandedFile
from hokanko.papers.provision import table_row as file_row
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the rulebook wants recorded, in its own entries; then what was handed over, and how.

    `entries` and `judged` are captions with their words, which may be several lines. Without
    `files` it was only shown; `checkpoint` says where it is proved.
    """

    sheet: Sheet
    title: str
    entries: tuple[tuple[str, str], ...]
    judged: tuple[tuple[str, str], ...]
    files: tuple[HandedFile, ...]
    medium: str
    receipt: str
    checkpoint: str


def render(paper: Disclosure) -> bytes:
    """The record as PDF, on as many pages as its words need."""
    return pdf("disclosure", data(paper))


def data(paper: Disclosure) -> dict[str, object]:
    """As `disclosure.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "title": paper.title,
        "entries": paper.entries,
        "judged": paper.judged,
        "files": [file_row(file) for file in paper.files],
        "medium": paper.medium,
        "receipt": paper.receipt,
        "checkpoint": paper.checkpoint,
    }
