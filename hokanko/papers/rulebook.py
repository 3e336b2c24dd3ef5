"""運用要領・規程: the rules an organisation lives by, to be printed, signed and hung up."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.papers import request
from hokanko.papers.blocks import Block
from hokanko.papers.placement import Placement
from hokanko.papers.press import pdf
from hokanko.papers.request import Request
from hokanko.papers.sheet import Sheet

DRAFT_MARK, OUTDATED_MARK = "案", "要改正"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One edition, filled in.

    `open_points` say why it is still a draft (blanks, signature, attachment); an enacted edition
    has none. `outdated` says where the edition and the state of things differ. `colophon` is
    caption and words: edition, source, adoption, hash. `maps` are the placement maps that hang
    on it (別添); `form` is the request form, blank, that stands under its last heading (別記様式).
    """

    sheet: Sheet
    title: str
    blocks: tuple[Block, ...]
    open_points: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    colophon: tuple[tuple[str, str], ...] = ()
    maps: tuple[Placement, ...] = ()
    form: Request | None = None

    @property
    def mark(self) -> str:
        """What is stamped on the first page; empty for an edition that holds as it stands."""
        if self.open_points:
            return DRAFT_MARK
        return OUTDATED_MARK if self.outdated else ""

    @property
    def heading(self) -> str:
        """The title, marked while it is a draft."""
        return f"{self.title}（{DRAFT_MARK}）" if self.open_points else self.title


def render(paper: Rulebook) -> bytes:
    """The document as PDF."""
    return pdf("rulebook", data(paper))


def data(paper: Rulebook) -> dict[str, object]:
    """As `rulebook.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "title": paper.title,
        "heading": paper.heading,
        "mark": paper.mark,
        "open_points": list(paper.open_points),
        "outdated": list(paper.outdated),
        "blocks": [block.data() for block in paper.blocks],
        "colophon": [list(row) for row in paper.colophon],
        "maps": [each.data() for each in paper.maps],
        "form": request.data(paper.form) if paper.form else None,
    }
