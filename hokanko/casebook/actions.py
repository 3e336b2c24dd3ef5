"""The verb that opens an incident because of a fact: nobody types it, nobody can leave it out.

docs/design/009-incidents-from-facts.md says who uses it and why it stands on a floor of its own.
"""

from __future__ import annotations

import json
from uuid import UUID

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.casebook.queries import INCIDENT, due_day, facts_of, next_number, opened_by, owner
from hokanko.casebook.texts import note_step, seal
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as thing_of_footage
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

NOBODY = {"name": "", "reach": ""}


@verb("incident.open")
def open_incident(
    org: Organisation,
    *,
    fact: str,
    which: str,
    story: str,
    footage: Footage | None = None,
    by: Actor,
) -> Case:
    """Open an incident for a fact ("damage", "missing", "late" …) about `which` thing.

    While one stands open for the same fact and thing, that one is given and nothing is written.
    Called within another verb it is part of that verb: both stand, or neither.
    """
    permit = require(by, "incident.open", thing_of_org(org), fact=fact)
    key = f"{fact}/{which}"[:120]
    standing = opened_by(org.pk, key)
    if standing is not None:
        return standing
    now, today = clock.now(), clock.today()
    case = Case(
        org=org,
        kind=INCIDENT,
        asks=fact,
        recognised_at=now,
        number=next_number(org.pk, today),
        received_on=today,
        due_on=due_day(org.pk, INCIDENT, today),
        owner=owner(org, INCIDENT),
        footage=footage,
        fact=key,
    )
    case.sender = seal(case, "sender", json.dumps(NOBODY))
    case.story = seal(case, "story", story)
    case.save()
    note_step(case, "arose", "", now, _person(by))
    facts = facts_of(case)
    permit.write(
        "case.opened",
        about=f"case:{case.pk}",
        facts=facts | {"received": today.isoformat()},
        private={"story": story},
    )
    if footage is not None:
        about = thing_of_footage(footage).name
        permit.write("case.linked", about=about, facts=facts | {"case": str(case.pk)})
    return case


@verb("incident.open")
def note_over(org: Organisation, *, fact: str, which: str, by: Actor) -> None:
    """The fact is over (mended, found): should it be so again, that is another incident.

    The incident itself stays open until somebody closes it.
    """
    permit = require(by, "incident.open", thing_of_org(org), fact=fact)
    case = opened_by(org.pk, f"{fact}/{which}"[:120])
    if case is None:
        return
    case.fact_over_at = clock.now()
    case.save(update_fields=["fact_over_at"])
    note_step(case, "over", "", case.fact_over_at, _person(by))
    permit.write("incident.over", about=f"case:{case.pk}", facts={"number": case.number})


def _person(by: Actor) -> UUID | None:
    """Whose act showed it; None for the program's own."""
    try:
        return UUID(by.id)
    except ValueError:
        return None
