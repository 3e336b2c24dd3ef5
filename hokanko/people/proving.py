"""Verbs of the second factor: set up by oneself, taken off by oneself or whoever keeps accounts."""

from __future__ import annotations

from django.db.models import F

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.keyring.onetime import accepted
from hokanko.keyring.texts import sealer
from hokanko.people.models import Person, SecondFactor
from hokanko.people.queries import digest, thing_of_person
from hokanko.people.second import new_recoveries, place_of, tidied
from hokanko.people.standing import holds_by_position
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("factor.set")
def set_factor(person: Person, secret: bytes, typed: str, *, by: Actor) -> tuple[str, ...]:
    """Ask for this secret's codes from now on; gives the recovery codes, which are shown this once.

    A first code proves that the app has it. Every other login of the person ends, for none of them
    gave a code. Raises Conflict for a wrong code, or where there is one already.
    """
    permit = require(by, "factor.set", thing_of_person(person), own=by.id == str(person.pk))
    step = accepted(secret, tidied(typed), clock.unmoved(), after=0)
    if SecondFactor.objects.filter(person=person).exists():
        raise Conflict("もう設定されています。", "It is set up already.")
    if step is None:
        raise Conflict(
            "数字が違います。アプリにいま出ている6桁を入れてください。",
            "That is not the code. Enter the six digits that the app shows now.",
            mend_ja="何度も違うときは、携帯電話の時計を自動で合わせる設定にしてください。",
            mend_en="If it stays wrong, let the phone set its clock by itself.",
        )
    recoveries = new_recoveries()
    SecondFactor.objects.create(
        person=person,
        secret=sealer()(secret, place_of(person)),
        last_step=step,
        recovery=[digest(tidied(each)) for each in recoveries],
        set_at=clock.now(),
    )
    _end_logins(person)
    permit.write("factor.set", facts={"person": str(person.pk), "recovery_codes": len(recoveries)})
    return recoveries


@verb("factor.clear")
def clear_factor(person: Person, *, by: Actor) -> None:
    """Ask for no second factor of this person until he sets one up anew; his logins end.

    Raises Conflict where there is none.
    """
    own = by.id == str(person.pk)
    permit = require(
        by,
        "factor.clear",
        thing_of_person(person),
        by_position=holds_by_position(person),
        own=own,
    )
    if not SecondFactor.objects.filter(person=person).delete()[0]:
        raise Conflict("二段階認証は設定されていません。", "There is no second factor.")
    _end_logins(person)
    permit.write("factor.cleared", facts={"person": str(person.pk), "own": own})


def _end_logins(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])
