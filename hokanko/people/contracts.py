"""Verbs of contractors (委託先): who they are, their papers, their people, and work they do."""

from __future__ import annotations

from datetime import date

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.attach import Scan, enclose
from hokanko.people.models import (
    Contractor,
    ContractorDocument,
    Organisation,
    Person,
    WorkOrder,
)
from hokanko.people.queries import thing_of_org, thing_of_person
from hokanko.people.standing import PAPERS, papers_missing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("contractor.register")
def register_contractor(
    org: Organisation, *, name: str, work: str, since: date, until: date | None, by: Actor
) -> Contractor:
    """Enter an outside firm and what it does for the organisation."""
    permit = require(by, "contractor.register", thing_of_org(org))
    if until is not None and until < since:
        raise Conflict("委託の終わりが始まりより前です。", "The engagement ends before it begins.")
    firm = Contractor.objects.create(org=org, name=name, work=work, since=since, until=until)
    permit.write(
        "contractor.registered",
        about=_name_of(firm),
        facts={"since": str(since), "until": str(until) if until else None},
        private={"name": name, "work": work},
    )
    return firm


@verb("contractor.end")
def end_engagement(firm: Contractor, *, by: Actor) -> None:
    """End an engagement today: from tomorrow its people get nothing any more."""
    permit = require(by, "contractor.end", thing_of_org(firm.org))
    firm.until = clock.today()
    firm.save(update_fields=["until"])
    permit.write("contractor.ended", about=_name_of(firm), facts={"on": str(firm.until)})


@verb("contractor.document")
def file_document(
    firm: Contractor,
    *,
    kind: str,
    signed_on: date,
    valid_until: date | None,
    complies: bool,
    scan: Scan | None,
    by: Actor,
) -> ContractorDocument:
    """File a paper of a contractor; without its scan it counts for nothing."""
    permit = require(by, "contractor.document", thing_of_org(firm.org))
    if kind not in PAPERS:
        raise Conflict(f"書類の種類「{kind}」はありません。", f"There is no paper {kind}.")
    if signed_on > clock.today() or (valid_until is not None and valid_until < signed_on):
        raise Conflict(
            "署名の日が先の日か、有効期限が署名の日より前です。",
            "The day of signing lies ahead, or the validity ends before it.",
        )
    paper = ContractorDocument(
        contractor=firm,
        kind=kind,
        signed_on=signed_on,
        valid_until=valid_until,
        complies=complies,
        entered_at=clock.now(),
    )
    if scan is not None:
        enclose(paper, scan)
    paper.save()
    permit.write(
        "contractor.documented",
        about=_name_of(firm),
        facts={
            "kind": kind,
            "on": str(signed_on),
            "valid_until": str(valid_until) if valid_until else None,
            "complies": complies,
            "sha256": paper.file_sha256,
        },
    )
    return paper


@verb("contractor.engage")
def engage(person: Person, firm: Contractor, *, by: Actor) -> None:
    """Make a registered person one of a contractor's: only while the needed paper is in force."""
    permit = require(
        by,
        "contractor.engage",
        thing_of_person(person),
        papers_missing=papers_missing(firm, clock.today()),
    )
    if firm.org_id != person.org_id:
        raise Conflict("よその所属の委託先です。", "The contractor is another organisation's.")
    person.contractor = firm
    person.save(update_fields=["contractor"])
    permit.write("contractor.engaged", facts={"person": str(person.pk)})


@verb("contractor.order")
def order(firm: Contractor, what: str, *, by: Actor) -> WorkOrder:
    """Call a contractor for work on the recorder or its media (shop-mgmt-9)."""
    permit = require(
        by,
        "contractor.order",
        thing_of_org(firm.org),
        papers_missing=papers_missing(firm, clock.today()),
    )
    made = WorkOrder.objects.create(contractor=firm, what=what, opened_at=clock.now())
    permit.write("contractor.ordered", about=_name_of(firm), facts={"what": what})
    return made


def _name_of(firm: Contractor) -> str:
    """As the ledger's `about`."""
    return f"contractor:{firm.pk}"
