"""任命書: the letter by which a person is appointed to a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko.formats.era import reiwa
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who is appointed to what, from when, by whom, on which article (as the document cites it)."""

    sheet: Sheet
    name: str
    section: str
    post: str
    rules: str
    article: str
    since: date
    appointer: str
    until: date | None = None


def render(paper: Appointment) -> bytes:
    """The letter as PDF."""
    return pdf("appointment", data(paper))


def data(paper: Appointment) -> dict[str, object]:
    """As `appointment.typ` reads it."""
    ends = f"から{reiwa(paper.until)}まで" if paper.until else "から"
    return {
        "sheet": paper.sheet.data(),
        "date": reiwa(paper.sheet.day),
        "name": paper.name,
        "section": paper.section,
        "post": paper.post,
        "rules": paper.rules,
        "article": paper.article,
        "since": reiwa(paper.since) + ends,
        "appointer": paper.appointer,
    }
