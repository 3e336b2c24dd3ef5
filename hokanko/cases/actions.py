"""Verbs of cases: received, acted on, linked to footage, answered, closed."""

from __future__ import annotations

from datetime import date, datetime

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.casebook.queries import INCIDENT, due_day, facts_of, next_number, owner
from hokanko.casebook.reports import along
from hokanko.casebook.texts import note_step, seal, sender
from hokanko.cases import queries
from hokanko.cases.sense import require_incident, require_sense
from hokanko.cases.words import OUTCOMES
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as thing_of_footage
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.permit import Permit
from hokanko.rules.verb import verb

ANSWERED_FIRST = {"complaint", "enquiry"}


@verb("case.open")
def open_case(
    org: Organisation,
    *,
    kind: str,
    asks: str,
    received_on: date,
    name: str,
    reach: str,
    story: str,
    footage: Footage | None = None,
    explained: str = "",
    recognised_at: datetime | None = None,
    other: str = "",
    receiver: Person,
    by: Actor,
) -> Case:
    """Record what somebody asks or complains of; the due day and the post that owes are fixed.

    `explained` is what was said on the spot, which answers it (police-6.3.3); `recognised_at` is
    when an incident became known (now, if nothing is said), `other` what it is where 等 is chosen.
    """
    permit = require(by, "case.open", thing_of_org(org))
    require_sense(org, kind, asks, received_on, explained, footage)
    known = (recognised_at or clock.now()) if kind == INCIDENT else None
    if known is not None:
        require_incident(org, asks, known, other)
        received_on = clock.day_of(known)
    case = Case(
        org=org,
        kind=kind,
        asks=asks,
        number=next_number(org.pk, received_on),
        received_on=received_on,
        due_on=due_day(org.pk, kind, received_on),
        owner=owner(org, kind),
        recognised_at=known,
    )
    case.other = seal(case, "other", other.strip()) if other.strip() else b""
    case.sender = seal(case, "sender", sender(name, reach))
    case.story = seal(case, "story", story)
    case.save()
    permit.write(
        "case.opened",
        about=_about(case),
        facts=facts_of(case) | {"received": received_on.isoformat()},
        private={"sender": sender(name, reach), "story": story},
    )
    _step(case, "received", receiver, "")
    if footage is not None:
        _link(case, footage, permit)
    if explained.strip():
        _answer(case, "explained", explained, receiver, permit)
    return case


@verb("case.step")
def act(case: Case, kind: str, text: str, *, person: Person, by: Actor) -> None:
    """Record that the case was looked into, or reported upwards: what an incident is due for."""
    permit = require(by, "case.step", thing_of_org(case.org), answering=False)
    if kind not in {"looked", "reported"}:
        raise ValueError(f"no such step: {kind}")
    _require_open(case)
    _require_text(text)
    if kind == "reported":
        _require_no_chain(case)
        _answer(case, kind, text, person, permit)
        return
    _step(case, kind, person, text)
    permit.write(
        "case.acted",
        about=_about(case),
        facts={"number": case.number, "kind": case.kind, "step": kind},
        private={"text": text},
    )


@verb("case.step")
def answer(case: Case, text: str, *, person: Person, by: Actor) -> None:
    """Record the answer that was given: the due day is met."""
    permit = require(by, "case.step", thing_of_org(case.org), answering=True)
    _require_open(case)
    _require_text(text)
    _answer(case, "answered", text, person, permit)


@verb("case.confirm")
def confirm(case: Case, text: str, *, person: Person, by: Actor) -> None:
    """Another manager agrees that a request is not met (shop-mgmt-6-subject)."""
    permit = require(by, "case.confirm", thing_of_org(case.org))
    _require_open(case)
    _require_text(text)
    _step(case, "confirmed", person, text)
    permit.write(
        "case.confirmed",
        about=_about(case),
        facts={"number": case.number, "kind": case.kind},
        private={"text": text},
    )


@verb("case.link")
def link(case: Case, footage: Footage, *, person: Person, by: Actor) -> None:
    """Say which footage the case is about: the footage's own life tells of it from now on."""
    permit = require(by, "case.link", thing_of_org(case.org))
    _require_open(case)
    if case.footage_id:
        raise Conflict("もう映像に結び付いています。", "It is linked to footage already.")
    _step(case, "linked", person, footage.number)
    _link(case, footage, permit)


@verb("case.close")
def close(
    case: Case,
    *,
    outcome: str,
    reason: str = "",
    measures: str = "",
    identity: str = "",
    person: Person,
    by: Actor,
) -> None:
    """End the case with its outcome; what the document wants to see first is asked of the law."""
    refusing = outcome == "refused"
    permit = require(
        by,
        "case.close",
        thing_of_org(case.org),
        unanswered=case.kind in ANSWERED_FIRST and case.state == "open",
        unreported=case.kind == INCIDENT and not queries.is_reported(case),
        unidentified=case.kind == "subject" and not refusing and not identity.strip(),
        refusing=refusing,
        reason_missing=not reason.strip(),
        unconfirmed=refusing and not queries.confirmed_by_another(case, person.pk),
        measure_missing=case.kind == "complaint" and not (measures.strip() or reason.strip()),
    )
    _require_open(case)
    if outcome not in OUTCOMES[case.kind]:
        raise Conflict(f"「{outcome}」という結果はありません。", f"No such outcome: {outcome}")
    case.state, case.outcome, case.closed_at = "closed", outcome, clock.now()
    case.identity = identity.strip()
    case.outcome_reason = seal(case, "reason", reason.strip())
    case.measures = seal(case, "measures", measures.strip())
    case.save()
    _step(case, "closed", person, "")
    facts = {"number": case.number, "kind": case.kind, "outcome": outcome}
    told = {"reason": reason.strip(), "measures": measures.strip()}
    permit.write("case.closed", about=_about(case), facts=facts, private=told)
    if case.footage:
        about = thing_of_footage(case.footage).name
        permit.write("case.closed", about=about, facts=facts | {"case": str(case.pk)})


def _require_open(case: Case) -> None:
    if Case.objects.filter(pk=case.pk, state="closed").exists():
        raise Conflict("この受付は、もう終わっています。", "This case is closed already.")


def _require_no_chain(case: Case) -> None:
    if case.kind == INCIDENT and along(case.org):
        raise Conflict(
            "この事案の報告は、即報として（だれに、いつ、どの手段で）記録します。",
            "The report of this incident is recorded along the chain: whom, when, by what means.",
            mend_ja="事案の画面の「即報」から記録してください（hokanko case report）。",
            mend_en="Record it under Reports on its page (hokanko case report).",
        )


def _require_text(text: str) -> None:
    if not text.strip():
        raise Conflict("何をしたかを書いてください。", "State what was done.")


def _answer(case: Case, kind: str, text: str, person: Person, permit: Permit) -> None:
    case.state = "answered"
    case.save(update_fields=["state"])
    _step(case, kind, person, text)
    permit.write(
        "case.answered",
        about=_about(case),
        facts={"number": case.number, "kind": case.kind},
        private={"text": text},
    )


def _link(case: Case, footage: Footage, permit: Permit) -> None:
    case.footage = footage
    case.save(update_fields=["footage"])
    permit.write(
        "case.linked",
        about=thing_of_footage(footage).name,
        facts=facts_of(case) | {"case": str(case.pk)},
    )


def _step(case: Case, kind: str, person: Person, text: str) -> None:
    note_step(case, kind, text, clock.now(), person.pk)


def _about(case: Case) -> str:
    return f"case:{case.pk}"
