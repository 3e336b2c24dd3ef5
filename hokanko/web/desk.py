"""What one person may do where, asked of the rulebooks; and a piece of work that waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from hokanko.people.models import Organisation
from hokanko.people.roster import within_reach
from hokanko.provision import queries as provision
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.decide import may
from hokanko.rules.verbs import VERBS


@dataclass(frozen=True, slots=True)
class Task:
    """Work of one kind: how many pieces, in words, and where to do it ("": no page for it)."""

    count: int
    words: Promise
    url: str
    urgent: bool = False


class Desk:
    """What one actor may do at each organisation within reach."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.orgs: list[Organisation] = list(within_reach(actor))

    def at(self, verb: str, **context: object) -> list[str]:
        """The organisations at which the rulebook would let the actor do this."""
        return [org.pk for org in self.orgs if self._may(verb, org, context)]

    def deciding(self) -> list[str]:
        """Where the actor may decide a provision now: night duty changes it by the hour."""
        return [
            org.pk
            for org in self.orgs
            if self._may("provision.decide", org, provision.deciding(org.pk))
        ]

    def _may(self, verb: str, org: Organisation, context: Mapping[str, object]) -> bool:
        thing = Thing(VERBS[verb].thing, org.pk, org.pk, org.parent_id or "")
        return may(self.actor, verb, thing, **context)
