"""The verb of a request entered for a colleague: it came on paper, or was told by telephone."""

from __future__ import annotations

from datetime import timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.provision.actions import ask
from hokanko.provision.choosing import Wanted
from hokanko.provision.form import Form
from hokanko.provision.models import CALL, PAPER, Provision
from hokanko.provision.queries import thing
from hokanko.provision.stages import move_on
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

CONFIRM_WITHIN = timedelta(days=7)  # software default: a note of a call is submitted, or withdrawn


@verb("provision.ask_for")
def ask_for(
    org: Organisation,
    form: Form,
    requester: Person,
    clerk: Person,
    arrived: str,
    files: Wanted = (),
    *,
    by: Actor,
) -> Provision:
    """Enter a request for somebody else; `arrived` is PAPER or CALL.

    What came on paper is submitted with its scan. What was told by telephone waits for the
    requester: he checks it and submits it himself (police-7.2.3).
    """
    permit = require(
        by,
        "provision.ask_for",
        thing_of_org(org),
        paper_missing=arrived == PAPER and form.paper is None,
    )
    if arrived not in (PAPER, CALL):
        raise ValueError(arrived)
    if requester.pk == clerk.pk or requester.org_id != org.pk:
        raise Conflict(
            "代わって入力できるのは、同じ所属のほかの職員の依頼書です。",
            "Only a colleague of the same unit has a request entered for him.",
        )
    provision = ask(org, form, requester, files, by=by)
    spoken = arrived == CALL and form.paper is None
    due = clock.today() + CONFIRM_WITHIN if spoken else None
    move_on(
        provision,
        ("asked",),
        arrived=arrived,
        taken_by=clerk,
        answer_due=due,
        state="returned" if spoken else "asked",
    )
    permit.write(
        "provision.taken_down",
        about=thing(provision).name,
        facts={
            "number": provision.number,
            "arrived": arrived,
            "due": due.isoformat() if due else "",
        },
    )
    return provision
