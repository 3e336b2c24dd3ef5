"""消去証明書: the printed form of a certificate that footage can no longer be read by anyone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hokanko.formats.era import both, day_and_time, reiwa
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet

EXCEPTIONAL, BY_HAND = "例外による消去", "手動による消去"


@dataclass(frozen=True, slots=True)
class ErasedFile:
    """One file that is gone; `sha256` is that of its plain bytes, 64 hex digits."""

    number: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ExceptionalErasure:
    """Why files died before their day: article, who found so and when, and the reason given.

    `article` is as the document cites it, such as 第7の2(6)ただし書; `heading` says of what kind
    it was.
    """

    article: str
    decided_by: str
    decided_at: datetime
    reason: str
    heading: str = EXCEPTIONAL


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased, how, and where it is proved.

    `last_day` is the last day on which the files could be read; `original_sha256` is that of the
    signed JSON certificate, of which this paper is a print, or empty. `article` is what an erasure
    at the end of its day rests on, or empty.
    """

    sheet: Sheet
    organisation: str
    last_day: date
    erased_at: datetime
    files: tuple[ErasedFile, ...]
    method: str
    key_destroyed: str
    root_generation_destroyed: int
    checkpoint: str
    original_sha256: str = ""
    exception: ExceptionalErasure | None = None
    article: str = ""


def render(paper: Certificate) -> bytes:
    """The certificate as PDF, on as many pages as its files need."""
    return pdf("certificate", data(paper))


def data(paper: Certificate) -> dict[str, object]:
    """As `certificate.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "date": reiwa(paper.sheet.day),
        "organisation": paper.organisation,
        "last_day": both(paper.last_day),
        "erased_at": day_and_time(paper.erased_at),
        "count": f"{len(paper.files):,}件",
        "bytes": f"{sum(file.size_bytes for file in paper.files):,}バイト",
        "method": paper.method,
        "article": paper.article,
        "key_destroyed": paper.key_destroyed,
        "root_generation": f"第{paper.root_generation_destroyed}世代",
        "checkpoint": paper.checkpoint,
        "original_sha256": paper.original_sha256,
        "exception": _exception(paper.exception),
        "files": [
            {"number": file.number, "sha256": file.sha256, "bytes": f"{file.size_bytes:,}"}
            for file in paper.files
        ],
    }


def _exception(found: ExceptionalErasure | None) -> dict[str, str] | None:
    if found is None:
        return None
    return {
        "heading": found.heading,
        "article": found.article,
        "decided_by": found.decided_by,
        "decided_at": day_and_time(found.decided_at),
        "reason": found.reason,
    }
