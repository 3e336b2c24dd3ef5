"""廃棄証明書: the printed form of a disposal whose record is complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hokanko.formats.era import both, day_and_time, reiwa
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One person's own word: who, in which posts, when, and how it was confirmed."""

    person: str
    posts: tuple[str, ...]
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Disposal:
    """What was disposed of, how, and who saw to it.

    `facts` are the columns of the register in their order; `original_sha256` is that of the JSON
    statement which this paper prints, as the ledger has it; `file_sha256` of what was attached.
    """

    sheet: Sheet
    organisation: str
    entry: str
    on: date
    articles: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    confirmed: tuple[Confirmation, ...]
    file_sha256: str
    original_sha256: str


def render(paper: Disposal) -> bytes:
    """The certificate as PDF."""
    return pdf("disposal", data(paper))


def data(paper: Disposal) -> dict[str, object]:
    """As `disposal.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "date": reiwa(paper.sheet.day),
        "organisation": paper.organisation,
        "entry": paper.entry,
        "on": both(paper.on),
        "articles": "、".join(paper.articles),
        "facts": [list(fact) for fact in paper.facts],
        "confirmed": [
            {
                "person": each.person,
                "posts": "・".join(each.posts),
                "at": day_and_time(each.at),
                "words": each.words,
            }
            for each in paper.confirmed
        ],
        "file_sha256": paper.file_sha256,
        "original_sha256": paper.original_sha256,
    }
