"""Verbs of a request's turns: sent back, answered and resubmitted, withdrawn, lapsed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hokanko import clock
from hokanko.footage.turns import RESUBMITTED, SENT_BACK, WITHDRAWN, answer_day, take
from hokanko.formats.canon import JSON
from hokanko.people.models import Person
from hokanko.people.queries import thing_of_org
from hokanko.provision.choosing import chosen_of, tell_footage
from hokanko.provision.enclosed import file_paper
from hokanko.provision.form import Form
from hokanko.provision.models import Clip, Provision
from hokanko.provision.queries import thing, whose
from hokanko.provision.stages import OPEN, move_on
from hokanko.provision.versions import as_it_stands
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.duty import is_night
from hokanko.rules.verb import verb


@verb("provision.send_back")
def send_back(
    provision: Provision, decider: Person, question: str, due: date | None = None, *, by: Actor
) -> None:
    """Send it back to the requester with a question, instead of granting or declining it."""
    now, question = clock.now(), question.strip()
    permit = require(
        by,
        "provision.send_back",
        thing(provision),
        night=is_night(provision.org_id, now),
        question_missing=not question,
    )
    due = answer_day(due)
    move_on(provision, ("asked",), state="returned", answer_due=due)
    take(provision.turns, provision.pk, SENT_BACK, decider, question, due=due)
    permit.write(
        "provision.sent_back",
        facts={"number": provision.number, "due": due.isoformat()},
        private={"question": question},
    )
    tell_footage(permit, "provision.sent_back", provision)


@verb("provision.resubmit")
def resubmit(provision: Provision, form: Form, me: Person, answer: str, *, by: Actor) -> None:
    """Answer, amend and submit it again; the form is weighed as a new one would be."""
    answer = answer.strip()
    permit = require(
        by,
        "provision.resubmit",
        thing(provision),
        **whose(provision, by),
        spoken=provision.is_spoken and form.paper is None,
        answer_missing=not answer,
    )
    films = chosen_of(provision)
    require(by, "provision.ask", thing_of_org(provision.org), **form.weighed(provision.org, films))
    before = as_it_stands(provision)
    move_on(
        provision,
        ("returned",),
        state="asked",
        answer_due=None,
        details=_without_paper(provision.details) | form.details,
        **form.columns,
    )
    provision.rests_on.set(form.consents)
    papers: list[JSON] = []
    if form.paper:
        papers.append(file_paper(provision, form.paper_title, form.paper))
    take(provision.turns, provision.pk, RESUBMITTED, me, answer, before=before)
    now = as_it_stands(provision)
    amended: list[JSON] = [name for name in now if now[name] != before[name]]
    permit.write(
        "provision.resubmitted",
        facts={"number": provision.number, "amended": amended, "papers": papers},
        private={"answer": answer, "outline": provision.outline}
        | ({"paper_named": named} if (named := provision.paper_named) else {}),
    )
    tell_footage(permit, "provision.resubmitted", provision)


def _without_paper(details: Mapping[str, JSON]) -> dict[str, JSON]:
    """The details but for the paper that was named: the form names it anew, or brings it."""
    return {key: said for key, said in details.items() if key != "paper_named"}


@verb("provision.withdraw")
def withdraw(provision: Provision, me: Person, reason: str, *, by: Actor) -> None:
    """The requester needs it no more; only before anything has left."""
    reason = reason.strip()
    permit = require(
        by,
        "provision.withdraw",
        thing(provision),
        **whose(provision, by),
        reason_missing=not reason,
    )
    move_on(provision, OPEN, state="withdrawn", answer_due=None)
    Clip.objects.filter(file__provision=provision).delete()
    take(provision.turns, provision.pk, WITHDRAWN, me, reason)
    permit.write(
        "provision.withdrawn", facts={"number": provision.number}, private={"reason": reason}
    )
    tell_footage(permit, "provision.withdrawn", provision)


@verb("provision.withdraw")
def lapse(provision: Provision, *, by: Actor) -> None:
    """End a request of which all footage has been erased before anything left."""
    told = whose(provision, by)
    permit = require(by, "provision.withdraw", thing(provision), **told, reason_missing=False)
    move_on(provision, OPEN, state="lapsed", answer_due=None)
    permit.write("provision.lapsed", facts={"number": provision.number})
    tell_footage(permit, "provision.lapsed", provision)
