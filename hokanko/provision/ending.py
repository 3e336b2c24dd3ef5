"""The verb that ends what was handed out: it was returned, or destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.people.models import Person
from hokanko.provision.media import RETURNED
from hokanko.provision.models import ProvidedMedium
from hokanko.provision.queries import thing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@dataclass(frozen=True, slots=True)
class Ending:
    """How a thing handed out came to its end: "returned" | "destroyed", when, by which means."""

    kind: str
    on: date
    how: str


@verb("provision.end_medium")
def end(given: ProvidedMedium, ending: Ending, recorder: Person, *, by: Actor) -> None:
    """Record that it was returned or destroyed. Raises Conflict when it has ended, or how is bare.

    The day lies between the handing out and today.
    """
    permit = require(by, "provision.end_medium", thing(given.provision))
    if not ending.how.strip():
        raise Conflict("返却・廃棄の方法を書いてください。", "Say how it was done.")
    if not clock.day_of(given.handed_at) <= ending.on <= clock.today():
        raise Conflict(
            "返却・廃棄の日は、渡した日から今日までの日です。",
            "The day lies between the handing out and today.",
        )
    open_ = ProvidedMedium.objects.filter(pk=given.pk, ended_on=None)
    changes = {"ending": ending.kind, "ended_on": ending.on, "how": ending.how.strip()}
    if open_.update(recorded_by=recorder, **changes) != 1:
        raise Conflict("もう終わっています。", "It has ended already.")
    given.refresh_from_db()
    kind = "provision.returned" if ending.kind == RETURNED else "provision.destroyed"
    facts: dict[str, JSON] = {"number": given.number, "done_on": str(ending.on)}
    permit.write(kind, facts=facts, private={"manner": given.how})
