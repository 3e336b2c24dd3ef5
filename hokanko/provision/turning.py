"""Verbs of a request's turns: sent back with a question, answered and resubmitted, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.consents import lacking, stated
from hokanko.footage.queries import filmed_for
from hokanko.formats.canon import JSON
from hokanko.people.models import Person
from hokanko.people.queries import thing_of_org
from hokanko.provision.actions import MEDIUM, SHOW, STILL, Form
from hokanko.provision.choosing import chosen_of, tell_footage
from hokanko.provision.enclosed import file_paper
from hokanko.provision.lacking import empty_fields
from hokanko.provision.models import Provision, ProvisionTurn
from hokanko.provision.queries import is_spoken, thing, whose
from hokanko.provision.stages import move_on
from hokanko.provision.versions import as_it_stands
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.duty import is_night
from hokanko.rules.purpose import weigh
from hokanko.rules.verb import verb

ANSWER_WITHIN = timedelta(days=7)  # software default, where the decider names no day
SENT_BACK, RESUBMITTED, WITHDRAWN = "sent_back", "resubmitted", "withdrawn"


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
    due = due or clock.today() + ANSWER_WITHIN
    if due < clock.today():
        raise Conflict("答えの期限が過ぎた日です。", "The answer would be due on a day gone by.")
    move_on(provision, ("asked",), state="returned", answer_due=due)
    _turn(provision, SENT_BACK, decider, question, due=due)
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
        spoken=is_spoken(provision) and form.paper is None,
        answer_missing=not answer,
    )
    require(by, "provision.ask", thing_of_org(provision.org), **_weighed(provision, form))
    note, before = stated(form.purpose_note, form.consents), as_it_stands(provision)
    kind = {"body_kind": form.body_kind} if form.body_kind else {}
    move_on(
        provision,
        ("returned",),
        state="asked",
        answer_due=None,
        outline=form.outline,
        happened_from=form.happened_from,
        happened_until=form.happened_until,
        wearer=form.wearer,
        wants=list(form.wants),
        purposes=list(form.purposes),
        purpose_note=note,
        telephone=form.telephone,
        remarks=form.remarks,
        recipient=form.recipient.strip(),
        details=provision.details | kind,
    )
    provision.rests_on.set(form.consents)
    papers: list[JSON] = []
    if form.paper:
        papers.append(file_paper(provision, form.paper_title, form.paper))
    _turn(provision, RESUBMITTED, me, answer, before=before)
    now = as_it_stands(provision)
    amended: list[JSON] = [name for name in now if now[name] != before[name]]
    permit.write(
        "provision.resubmitted",
        facts={"number": provision.number, "amended": amended, "papers": papers},
        private={"answer": answer, "outline": provision.outline},
    )
    tell_footage(permit, "provision.resubmitted", provision)


@verb("provision.withdraw")
def withdraw(provision: Provision, me: Person, reason: str, *, by: Actor) -> None:
    """The requester needs it no more; only before it is decided."""
    reason = reason.strip()
    permit = require(
        by,
        "provision.withdraw",
        thing(provision),
        **whose(provision, by),
        reason_missing=not reason,
    )
    move_on(provision, ("asked", "returned"), state="withdrawn", answer_due=None)
    _turn(provision, WITHDRAWN, me, reason)
    permit.write(
        "provision.withdrawn", facts={"number": provision.number}, private={"reason": reason}
    )
    tell_footage(permit, "provision.withdrawn", provision)


def _weighed(provision: Provision, form: Form) -> dict[str, object]:
    org, films = provision.org, chosen_of(provision, None)
    note = stated(form.purpose_note, form.consents)
    told = weigh(org.pk, form.purposes, note, [filmed_for(each) for each in films])
    told["consent_lacking"] = lacking(
        org.pk, form.consents, purposes=form.purposes, note=note, films=films
    )
    return told | {
        "nothing_wanted": not set(form.wants) & {STILL, MEDIUM, SHOW},
        "empty_fields": empty_fields(org, form),
        "times_reversed": form.happened_until < form.happened_from,
    }


def _turn(
    provision: Provision,
    kind: str,
    person: Person,
    said: str,
    *,
    due: date | None = None,
    before: dict[str, JSON] | None = None,
) -> None:
    ProvisionTurn.objects.create(
        provision=provision,
        kind=kind,
        at=clock.now(),
        person=person,
        said=said,
        due=due,
        before=before or {},
    )
