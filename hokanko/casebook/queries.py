"""What any case is given when it is opened: its number, its due day, the post that owes."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from hokanko.casebook.models import Case
from hokanko.people import numbering
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, parameter

INCIDENT = "incident"


def due_day(org: str, kind: str, received_on: date) -> date:
    """The last day to answer; an incident is due on the day it is known."""
    if kind == INCIDENT:
        return received_on
    name = "subject.due_days" if kind == "subject" else "complaint.due_days"
    return received_on + timedelta(days=parameter(org, name))


def owner(org: Organisation, kind: str) -> str:
    """The post that owes the answer: of headquarters' own cases the one that units report to."""
    if is_head(org):
        return chain(org.pk)[1]
    posts = parameter(org.pk, "incident.chain" if kind == INCIDENT else "complaint.owner")
    return str(posts[0])


def is_head(org: Organisation) -> bool:
    """Whether it is the headquarters that units report incidents to."""
    return len(chain(org.pk)) > 2 and adopted_book(org.pk).level(org.kind) == "hq"


def next_number(org: str, day: date) -> str:
    """The next 受付番号 of a year: "CHUO-C2026-0007". Call it inside the transaction."""
    return numbering.next_number(Case, org, f"C{day.year}")


def facts_of(case: Case) -> dict[str, str]:
    """What each ledger line about a case says of it."""
    return {
        "number": case.number,
        "kind": case.kind,
        "asks": case.asks,
        "due": case.due_on.isoformat(),
        "owner": case.owner,
    }


def opened_by(org: str, fact: str) -> Case | None:
    """The case that a fact opened: not closed yet, and the fact has not been over since."""
    standing = Case.objects.filter(org=org, fact=fact, fact_over_at=None).exclude(state="closed")
    return standing.order_by("number").first()


def incidents_for(actor: Actor) -> QuerySet[Case]:
    """The incidents not closed yet, where one of the actor's posts is in the chain of report."""
    rows = Case.objects.filter(kind=INCIDENT).exclude(state="closed")
    told = [org for org, post in actor.holdings if post in chain(org)]
    return rows.filter(org__in=told)


def chain(org: str) -> tuple[str, ...]:
    """The posts that an incident is reported along."""
    return tuple(str(post) for post in parameter(org, "incident.chain") or ())
