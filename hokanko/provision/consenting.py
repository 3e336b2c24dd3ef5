"""The verb of consent: what a person who is filmed said, yes or no, with the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.consents import insist_given
from hokanko.formats.canon import JSON
from hokanko.people.models import Person
from hokanko.provision.models import Consent, Provision
from hokanko.provision.queries import thing
from hokanko.provision.stages import move_on
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter, require
from hokanko.rules.verb import verb

REFUSED = "写っている人が同意しなかった"  # why it ended, on the ledger


@dataclass(frozen=True, slots=True)
class Said:
    """One person's answer. `note` says to what, and on which paper."""

    person: str
    given: bool
    on: date
    note: str = ""


@verb("provision.consent")
def record_consent(provision: Provision, said: Said, recorder: Person, *, by: Actor) -> Consent:
    """Record it; where consent is the rule, a refusal ends the request (shop-mgmt-6-refuse)."""
    ahead = said.on > clock.today()
    permit = require(by, "provision.consent", thing(provision), day_ahead=ahead)
    if provision.state != "asked" or not said.person.strip():
        raise Conflict(
            "同意は、決める前に、人の名前とともに記録します。",
            "Consent is recorded before the decision, with the person's name.",
        )
    insist_given(said.on)
    now = clock.now()
    row = Consent.objects.create(
        provision=provision,
        person=said.person.strip(),
        given=said.given,
        on=said.on,
        note=said.note,
        recorded_at=now,
    )
    facts: dict[str, JSON] = {
        "number": provision.number,
        "given": said.given,
        "on": said.on.isoformat(),
    }
    permit.write("provision.consented", facts=facts, private={"person_filmed": row.person})
    if not said.given and parameter(provision.org_id, "provision.consent_role") == "default-rule":
        move_on(provision, ("asked",), state="declined", decided_by=recorder, decided_at=now)
        permit.write(
            "provision.declined",
            facts={"number": provision.number, "night": False},
            private={"reason": REFUSED},
        )
    return row
