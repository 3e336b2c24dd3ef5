"""苦情・問い合わせ記録, 事案記録: one case as a paper, from its receipt to its closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hokanko.formats.era import both, day_and_time
from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet

ASKED, INCIDENT = "苦情・問い合わせ記録", "事案記録"


@dataclass(frozen=True, slots=True)
class Act:
    """One step: when, what, by whom, and in which words."""

    at: datetime
    what: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """The whole case. `article` says on what the duty to answer rests; empty where on nothing.

    What has not come yet (outcome, measures …) is empty and is printed as open. An `incident` was
    opened by a fact: nobody asked, and nobody is answered.
    """

    sheet: Sheet
    organisation: str
    kind: str
    matter: str
    received: date
    due: date
    owner: str
    article: str
    name: str
    reach: str
    story: str
    footage: str
    acts: tuple[Act, ...]
    identity: str
    outcome: str
    measures: str
    reason: str
    closed: datetime | None
    incident: bool = False


def render(paper: Case) -> bytes:
    """The case as PDF, on as many pages as its texts need."""
    return pdf("case", data(paper))


def data(paper: Case) -> dict[str, object]:
    """As `case.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "organisation": paper.organisation,
        "number": paper.sheet.number,
        "title": INCIDENT if paper.incident else ASKED,
        "incident": paper.incident,
        "kind": paper.kind,
        "matter": paper.matter,
        "received": both(paper.received),
        "due": both(paper.due),
        "owner": paper.owner,
        "article": paper.article or "文書に定めがない（ソフトウェアの既定）",
        "name": paper.name or "（名乗らない）",
        "reach": paper.reach or "（なし）",
        "story": paper.story,
        "footage": paper.footage or "（指定なし）",
        "identity": paper.identity,
        "outcome": paper.outcome or "（対応中）",
        "measures": paper.measures or "（なし）",
        "reason": paper.reason or "（なし）",
        "closed": day_and_time(paper.closed) if paper.closed else "（対応中）",
        "acts": [
            {"at": day_and_time(act.at), "what": act.what, "by": act.by, "text": act.text}
            for act in paper.acts
        ],
    }
