"""即報: an incident as one post reports it to the next, a draft until it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hokanko.formats.era import day_and_time
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Act:
    """One step that was taken: when, what, in which words."""

    at: datetime
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Urgent:
    """The report of one leg. What has not come yet is empty and is left open to be written in."""

    sheet: Sheet
    organisation: str
    unit: str
    sender: str
    to: str
    article: str
    matter: str
    recognised: datetime | None
    story: str
    footage: str
    acts: tuple[Act, ...]
    due: datetime | None
    received: datetime | None
    told_at: datetime | None
    teller: str
    whom: str
    means: str
    words: str


def render(paper: Urgent) -> bytes:
    """The report as PDF."""
    return pdf("urgent", data(paper))


def data(paper: Urgent) -> dict[str, object]:
    """As `urgent.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "draft": paper.told_at is None,
        "organisation": paper.organisation,
        "unit": paper.unit,
        "sender": paper.sender,
        "to": paper.to,
        "article": paper.article,
        "number": paper.sheet.number,
        "matter": paper.matter,
        "recognised": _at(paper.recognised),
        "received": _at(paper.received),
        "due": _at(paper.due),
        "story": paper.story,
        "footage": paper.footage or "（指定なし）",
        "acts": [
            {"at": day_and_time(act.at), "what": act.what, "text": act.text} for act in paper.acts
        ],
        "told_at": _at(paper.told_at),
        "teller": paper.teller,
        "whom": paper.whom,
        "means": paper.means,
        "words": paper.words,
    }


def _at(moment: datetime | None) -> str:
    return day_and_time(moment) if moment else ""
