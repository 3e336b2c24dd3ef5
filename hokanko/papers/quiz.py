"""教育の確認票: what training tells, questions to be answered right or wrong, and the answers."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.papers.press import pdf
from hokanko.papers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence, whether it is right, why, and the article that it rests on."""

    words: str
    right: bool
    why: str
    article: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """The sheet of one person: the `topics` a training must have, the `lines` that it tells.

    `training` is what the rulebook calls it: 教育 or 教養.
    """

    sheet: Sheet
    training: str
    rules: str
    name: str
    section: str
    topics: tuple[str, ...]
    lines: tuple[str, ...]
    questions: tuple[Question, ...]


def render(paper: Quiz) -> bytes:
    """The sheet as PDF; the answers begin on a page of their own, for whoever teaches."""
    return pdf("quiz", data(paper))


def data(paper: Quiz) -> dict[str, object]:
    """As `quiz.typ` reads it."""
    return {
        "sheet": paper.sheet.data(),
        "training": paper.training,
        "rules": paper.rules,
        "name": paper.name,
        "section": paper.section,
        "topics": "、".join(paper.topics),
        "lines": list(paper.lines),
        "questions": [
            {"words": q.words, "right": q.right, "why": q.why, "article": q.article}
            for q in paper.questions
        ],
    }
