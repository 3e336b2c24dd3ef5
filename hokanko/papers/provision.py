"""提供記録: the record that travels with footage handed over, and that its receiver signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hokanko.formats.era import both, day_and_time, reiwa
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class HandedFile:
    """One file on the medium. `sha256` is 64 hex digits; a still picture has no duration.

    `taken` tells, a line each, by which camera and when it was filmed, and of footage from another
    recorder both times: what it showed, and the true one. `parent` is the hash of what a clip was
    cut out of.
    """

    number: str
    sha256: str
    size_bytes: int
    duration_ms: int | None
    taken: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """What was handed over, decided by whom on which ground, to whom, and where it is proved.

    `ground` is the article as the document cites it, such as 第7の2(4)ウ, and `ground_words` what
    it says; `checkpoint` is the signed text that covers the ledger entry `sheet.ledger`.
    """

    sheet: Sheet
    request_number: str
    requested: date
    decided_by: str
    decided_at: datetime
    night_duty: bool
    ground: str
    ground_words: str
    ground_note: str
    files: tuple[HandedFile, ...]
    medium: str
    handed_by: str
    handed_to: str
    handed_at: datetime
    checkpoint: str


def render(paper: Provision) -> bytes:
    """The record as PDF, on as many pages as its files need."""
    return pdf("provision", data(paper))


def data(paper: Provision) -> dict[str, object]:
    """As `provision.typ` reads it."""
    total_bytes = sum(file.size_bytes for file in paper.files)
    return {
        "sheet": paper.sheet.data(),
        "date": reiwa(paper.sheet.day),
        "request_number": paper.request_number,
        "requested": both(paper.requested),
        "decided_by": paper.decided_by,
        "decided_at": day_and_time(paper.decided_at),
        "night_duty": paper.night_duty,
        "ground": paper.ground,
        "ground_words": paper.ground_words,
        "ground_note": paper.ground_note,
        "files": [table_row(file) for file in paper.files],
        "total": f"{len(paper.files)}件　{total_bytes:,}バイト",
        "medium": paper.medium,
        "handed_by": paper.handed_by,
        "handed_to": paper.handed_to,
        "handed_at": day_and_time(paper.handed_at),
        "checkpoint": paper.checkpoint,
    }


def table_row(file: HandedFile) -> dict[str, str]:
    """One file as the table of files prints it: number, hash, size, length, times."""
    return {
        "number": file.number,
        "sha256": file.sha256,
        "size": f"{file.size_bytes:,}バイト",
        "taken": file.taken,
        "parent": file.parent,
        "length": "（画像）" if file.duration_ms is None else _length(file.duration_ms),
    }


def _length(duration_ms: int) -> str:
    """1時間2分3秒, to the nearest second."""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return (f"{hours}時間" if hours else "") + f"{minutes}分{seconds}秒"
