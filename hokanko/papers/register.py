"""A register (簿冊): one table with its columns, its period and whose it is, for any register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko.formats.era import reiwa
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its caption, and its share of the width beside the others'."""

    caption: str
    share: int = 2


@dataclass(frozen=True, slots=True)
class Register:
    """Rows of text in the order of their columns, oldest first, of a period (both days included).

    `basis` names the article that asks for the register, or is empty.
    """

    sheet: Sheet
    title: str
    organisation: str
    begins: date
    ends: date
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    basis: str = ""

    @property
    def period(self) -> str:
        return f"{reiwa(self.begins)}から{reiwa(self.ends)}まで"


def render(paper: Register) -> bytes:
    """The register as PDF, A4 across, its head on every page."""
    return pdf("register", data(paper))


def data(paper: Register) -> dict[str, object]:
    """As `register.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "title": paper.title,
        "organisation": paper.organisation,
        "period": paper.period,
        "basis": paper.basis,
        "columns": [{"caption": c.caption, "share": c.share} for c in paper.columns],
        "rows": [list(row) for row in paper.rows],
        "count": f"{len(paper.rows):,}件",
    }
