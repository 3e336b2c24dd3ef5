"""Verbs of a viewing's turns: sent back, answered and resubmitted, withdrawn, lapsed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hokanko.errors import Conflict
from hokanko.footage.consents import stated
from hokanko.footage.models import PersonConsent
from hokanko.footage.queries import thing
from hokanko.footage.turns import RESUBMITTED, SENT_BACK, WITHDRAWN, answer_day, take
from hokanko.formats.canon import JSON
from hokanko.people.models import Person
from hokanko.people.queries import actor
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.viewing.models import Viewing
from hokanko.viewing.stages import WAITING, move_on
from hokanko.viewing.stretch import films_of, leading, thing_of
from hokanko.viewing.turns import as_it_stands, is_own
from hokanko.viewing.weighing import is_direct, weighed


@verb("viewing.send_back")
def send_back(
    viewing: Viewing, decider: Person, question: str, due: date | None = None, *, by: Actor
) -> None:
    """Ask whoever asked to view, before it is approved or declined."""
    question = question.strip()
    permit = require(by, "viewing.send_back", thing_of(viewing), question_missing=not question)
    if is_direct(viewing, actor(viewing.viewer)):
        raise Conflict(
            "この人の閲覧に承認は要りません。差し戻すこともできません。",
            "This person needs no approval: the request cannot be sent back.",
        )
    due = answer_day(due, leading(viewing).last_day)
    move_on(viewing, ("asked",), state="returned", answer_due=due)
    take(viewing.turns, viewing.pk, SENT_BACK, decider, question, due=due)
    permit.write(
        "viewing.sent_back",
        facts={"viewing": str(viewing.pk), "due": due.isoformat()},
        private={"question": question},
    )


@verb("viewing.resubmit")
def resubmit(
    viewing: Viewing,
    purposes: Sequence[str],
    note: str,
    answer: str,
    *,
    consents: Sequence[PersonConsent] = (),
    by: Actor,
) -> None:
    """Answer, amend and submit it again; what it states is weighed as in a new request."""
    answer, note = answer.strip(), stated(note, consents)
    permit = require(
        by,
        "viewing.resubmit",
        thing_of(viewing),
        own=is_own(viewing, by),
        answer_missing=not answer,
    )
    films = films_of(viewing)
    require(by, "viewing.ask", thing(films[0]), **weighed(films, purposes, note, consents))
    before = as_it_stands(viewing)
    move_on(
        viewing,
        ("returned",),
        state="asked",
        answer_due=None,
        purposes=list(purposes),
        note=note,
    )
    viewing.rests_on.set(consents)
    take(viewing.turns, viewing.pk, RESUBMITTED, viewing.viewer, answer, before=before)
    now = as_it_stands(viewing)
    amended: list[JSON] = [name for name in now if now[name] != before[name]]
    permit.write(
        "viewing.resubmitted",
        facts={
            "viewing": str(viewing.pk),
            "purposes": list(purposes),
            "amended": amended,
            **({"consents": [row.number for row in consents]} if consents else {}),
        },
        private={"answer": answer, "note": note},
    )


@verb("viewing.withdraw")
def withdraw(viewing: Viewing, reason: str, *, by: Actor) -> None:
    """The asker needs it no more; only before the picture is opened."""
    reason = reason.strip()
    permit = require(
        by,
        "viewing.withdraw",
        thing_of(viewing),
        own=is_own(viewing, by),
        reason_missing=not reason,
    )
    move_on(viewing, WAITING, state="withdrawn", answer_due=None)
    take(viewing.turns, viewing.pk, WITHDRAWN, viewing.viewer, reason)
    permit.write(
        "viewing.withdrawn", facts={"viewing": str(viewing.pk)}, private={"reason": reason}
    )


@verb("viewing.close")
def lapse(viewing: Viewing, *, by: Actor) -> None:
    """End a request whose footage has been erased before it was looked at."""
    permit = require(by, "viewing.close", thing_of(viewing), own=is_own(viewing, by))
    move_on(viewing, WAITING, state="lapsed", answer_due=None)
    permit.write("viewing.lapsed", facts={"viewing": str(viewing.pk)})
