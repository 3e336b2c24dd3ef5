"""年次の管理状況報告: a year in numbers, counted from the ledger, for those who must be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko.formats.era import reiwa
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the year, and how it came about."""

    words: str
    count: int
    unit: str = "件"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that belong together, under a heading."""

    heading: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The numbers of a period, both days included, and the ledger's state they rest on."""

    sheet: Sheet
    organisation: str
    rules: str
    begins: date
    ends: date
    groups: tuple[Group, ...]
    ledger_size: int
    checkpoint: str


def render(paper: Report) -> bytes:
    """The report as PDF."""
    return pdf("report", data(paper))


def data(paper: Report) -> dict[str, object]:
    """As `report.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "date": reiwa(paper.sheet.day),
        "organisation": paper.organisation,
        "rules": paper.rules,
        "period": f"{reiwa(paper.begins)}から{reiwa(paper.ends)}まで",
        "groups": [
            {
                "heading": group.heading,
                "figures": [
                    {"words": f.words, "count": f"{f.count:,}{f.unit}", "note": f.note}
                    for f in group.figures
                ],
            }
            for group in paper.groups
        ],
        "ledger_size": f"{paper.ledger_size:,}行",
        "checkpoint": paper.checkpoint,
    }
