"""The verb that moves footage held to the last days that a signed edition gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.keyring import keys
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.vault.models import SealedObject


@dataclass(frozen=True, slots=True)
class Move:
    """One piece that would end on another day."""

    footage: Footage
    day: date

    @property
    def later(self) -> bool:
        """Whether it lives longer than it would have."""
        return self.day > self.footage.last_day


@verb("retention.redate")
def redate(org: Organisation, chosen: Sequence[Move], edition_number: int, *, by: Actor) -> None:
    """Move footage to the last days that a signed edition gives it. May be repeated."""
    permit = require(by, "retention.redate", thing_of_org(org))
    told = [(str(m.footage.pk), m.footage.key_day, m.day) for m in chosen]
    keys.keyring().redate(org.pk, told)
    for move in chosen:
        footage, before = move.footage, move.footage.last_day
        SealedObject.objects.filter(subject=str(footage.pk)).update(key_day=move.day, last_day=None)
        footage.last_day = footage.key_day = move.day
        footage.save(update_fields=["last_day", "key_day"])
        permit.write(
            "retention.redated",
            about=thing(footage).name,
            facts={
                "from": before.isoformat(),
                "to": move.day.isoformat(),
                "edition_number": edition_number,
            },
        )
