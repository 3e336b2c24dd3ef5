"""A paper to be signed: what binds somebody outside or leaving, article by article."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence and the article that it stands in; "" where it stands in none."""

    article: str
    words: str


@dataclass(frozen=True, slots=True)
class Handout:
    """Title, whom it is for, what it says, and the lines to be filled in by hand at its foot.

    `ticked` gives every sentence a box, to be ticked as it is explained. `signed` holds captions
    with what is known already.
    """

    sheet: Sheet
    title: str
    addressee: str
    lead: str
    told: tuple[Told, ...]
    closing: str
    signed: tuple[tuple[str, str], ...]
    ticked: bool = False


def render(paper: Handout) -> bytes:
    """The paper as PDF, a page or more."""
    return pdf("handout", data(paper))


def data(paper: Handout) -> dict[str, object]:
    """As `handout.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "title": paper.title,
        "addressee": paper.addressee,
        "lead": paper.lead,
        "told": [[each.article, each.words] for each in paper.told],
        "closing": paper.closing,
        "signed": [list(pair) for pair in paper.signed],
        "ticked": paper.ticked,
    }
