"""Verbs of doubts (疑義): raised by anybody, taken up by headquarters, answered and read so."""

from __future__ import annotations

import json
from datetime import date, datetime

from hokanko import clock
from hokanko.casebook.doubts import seal
from hokanko.casebook.models import Doubt
from hokanko.casebook.reports import MEANS
from hokanko.errors import Conflict
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, require
from hokanko.rules.verb import verb


@verb("doubt.raise")
def raise_doubt(
    org: Organisation, clause: str, question: str, *, person: Person, by: Actor
) -> Doubt:
    """Raise a doubt about a clause of the document in force here."""
    permit = require(by, "doubt.raise", thing_of_org(org))
    if clause not in {each.id for each in adopted_book(org.pk).clauses}:
        raise Conflict("この条はこの規程にありません。", "This rulebook has no such clause.")
    _require_words(question, "疑義の内容を書いてください。", "State the doubt.")
    doubt = Doubt(org=org, clause=clause, raised_at=clock.now(), raised_by=person)
    doubt.question = seal(doubt, "question", question.strip())
    doubt.save()
    permit.write(
        "doubt.raised",
        about=_about(doubt),
        facts={"clause": clause},
        private={"text": question.strip()},
    )
    return doubt


@verb("doubt.consult")
def tell(doubt: Doubt, *, at: datetime, whom: str, means: str, by: Actor) -> None:
    """Record that the doubt was reported to the office above: when, to whom, by what means."""
    permit = require(by, "doubt.consult", thing_of_org(doubt.org), answering=False, untold=True)
    if doubt.told_at is not None:
        raise Conflict("この疑義は、もう報告されています。", "It has been reported already.")
    if not doubt.raised_at <= at <= clock.now():
        raise Conflict(
            "報告した日時が、疑義より前か、先の日時です。",
            "The report lies before the doubt, or in future.",
        )
    if means not in MEANS:
        raise Conflict(f"「{means}」という手段はありません。", f"No such means: {means}")
    _require_words(whom, "報告した相手を書いてください。", "State to whom it was reported.")
    how = json.dumps({"whom": whom.strip(), "means": means}, ensure_ascii=False)
    doubt.told_at, doubt.told_how = at, seal(doubt, "told", how)
    doubt.save(update_fields=["told_at", "told_how"])
    permit.write(
        "doubt.told",
        about=_about(doubt),
        facts={"clause": doubt.clause, "told_at": clock.iso(at)},
        private={"whom": whom.strip()},
    )


@verb("doubt.consult")
def answer(doubt: Doubt, *, on: date, text: str, interpretation: str, by: Actor) -> None:
    """Record the answer, and how the clause is read from that day on: shown at the clause."""
    permit = require(
        by,
        "doubt.consult",
        thing_of_org(doubt.org),
        answering=True,
        untold=doubt.told_at is None,
    )
    if doubt.answered_on is not None:
        raise Conflict("この疑義は、もう回答されています。", "It has been answered already.")
    if on > clock.today():
        raise Conflict("回答の日が先の日付です。", "It cannot have been answered in future.")
    _require_words(text, "回答の内容を書いてください。", "State the answer.")
    _require_words(interpretation, "条文の解釈を書いてください。", "State the interpretation.")
    doubt.answered_on, doubt.interpretation = on, interpretation.strip()
    doubt.answer = seal(doubt, "answer", text.strip())
    doubt.save(update_fields=["answered_on", "interpretation", "answer"])
    permit.write(
        "doubt.answered",
        about=_about(doubt),
        facts={"clause": doubt.clause, "answered_on": on.isoformat()},
        private={"answer": text.strip(), "interpretation": doubt.interpretation},
    )


def _about(doubt: Doubt) -> str:
    return f"doubt:{doubt.pk}"


def _require_words(text: str, ja: str, en: str) -> None:
    if not text.strip():
        raise Conflict(ja, en)
