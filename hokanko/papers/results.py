"""Reports on the project: to the police agency, to the commission, and as published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko.formats.era import reiwa
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Results:
    """One report. `to` and `copies` are posts; `effects` and `problems` are left out where empty.

    A draft has no number: `number` says so in its place.
    """

    sheet: Sheet
    title: str
    to: str
    copies: tuple[str, ...]
    organisation: str
    issuer: str
    purpose: str
    begins: date
    ends: date
    counts: tuple[tuple[str, str], ...]
    effects: str
    problems: str


def render(paper: Results) -> bytes:
    """The report as PDF."""
    return pdf("results", data(paper))


def data(paper: Results) -> dict[str, object]:
    """As `results.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "title": paper.title,
        "number": paper.sheet.number,
        "date": reiwa(paper.sheet.day),
        "to": paper.to,
        "copies": list(paper.copies),
        "organisation": paper.organisation,
        "issuer": paper.issuer,
        "purpose": paper.purpose,
        "period": f"{reiwa(paper.begins)}から{reiwa(paper.ends)}まで",
        "counts": [{"words": words, "count": count} for words, count in paper.counts],
        "effects": paper.effects,
        "problems": paper.problems,
    }
