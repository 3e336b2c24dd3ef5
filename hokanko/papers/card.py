"""使用者登録カード: the card whose code tells a camera who wears it (police-5.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko.formats.era import reiwa
from hokanko.papers.code import svg
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Card:
    """One officer's card. `payload` is what the code says: ASCII, and no one's name."""

    number: str
    unit: str
    name: str
    payload: str
    issued: date


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards printed together, eight to a page.

    `back` is what an officer carries with him, line by line: as many backs follow, to be glued on.
    """

    sheet: Sheet
    cards: tuple[Card, ...]
    back: tuple[str, ...] = ()


def render(paper: Cards) -> bytes:
    """The cards as PDF, at the size of a bank card (85.60 × 53.98 mm). Print without scaling."""
    return pdf("card", data(paper))


def data(paper: Cards) -> dict[str, object]:
    """As `card.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "back": list(paper.back),
        "cards": [
            {
                "number": card.number,
                "unit": card.unit,
                "name": card.name,
                "issued": reiwa(card.issued),
                "code": svg(card.payload),
            }
            for card in paper.cards
        ],
    }
