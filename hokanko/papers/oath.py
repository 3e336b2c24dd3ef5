"""誓約書: what a person promises before he is given powers, line by line, to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko.formats.era import reiwa
from hokanko.papers.press import pdf
from hokanko.papers.request import BLANK_DAY
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Oath:
    """The sentences of the rulebook, each on a line of its own, and who signs which for what.

    `signed` is None on a paper that still waits for its signature.
    """

    sheet: Sheet
    addressee: str
    rules: str
    article: str
    lines: tuple[str, ...]
    name: str
    section: str
    post: str
    signed: date | None = None


def render(paper: Oath) -> bytes:
    """The oath as PDF, with room for the signature."""
    return pdf("oath", data(paper))


def data(paper: Oath) -> dict[str, object]:
    """As `oath.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "date": reiwa(paper.signed) if paper.signed else BLANK_DAY,
        "addressee": paper.addressee,
        "rules": paper.rules,
        "article": paper.article,
        "lines": list(paper.lines),
        "name": paper.name,
        "section": paper.section,
        "post": paper.post,
    }
