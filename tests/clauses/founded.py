"""A small organisation under one rulebook, founded through the verbs, to test its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

import pytest

from hokanko import clock
from hokanko.cameras.actions import register as register_camera
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.formats.canon import JSON
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.ledger.publish import signing_key
from hokanko.people import actions as people
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import actor
from hokanko.rules.actor import HOME, Actor, Thing, machine
from hokanko.rules.decide import require
from tests.fixtures import PASSWORD
from tests.rules.matrix import question

FILM = b"a street at night" * 1000


@dataclass(frozen=True, slots=True)
class Founded:
    """An organisation and its people by login; `kanri` is the technical administrator."""

    org: Organisation
    people: dict[str, Person] = field(default_factory=dict)

    def by(self, login: str) -> Actor:
        """The person with the posts held now."""
        return actor(self.people[login], via="cli")

    def register(self, boss: str, login: str, name: str, post: str | None = None) -> None:
        """Register somebody, with a post if one is given."""
        self.people[login] = people.register(
            self.org, login=login, name=name, password=PASSWORD, post=post, by=self.by(boss)
        )

    def take_in(self, by: str, content: bytes = FILM) -> Footage:
        """A recording of camera 1, taken in by this person."""
        stated: dict[str, JSON] = {"via": "cli", "stated": clock.iso(clock.now())}
        source = Source("CAM.MP4", BytesIO(content).readinto, len(content), stated)
        return receive(self.org, "1", source, by=self.by(by))

    def refused(self, login: str, verb: str, about: Thing, **told: object) -> Refusal:
        """How one person is refused, everything else being in order."""
        with pytest.raises(Refusal) as no:
            require(self.by(login), verb, about, **question(verb, {"purposes": ["防犯"]} | told))
        return no.value

    def permitted(self, login: str, verb: str, about: Thing, **told: object) -> str | None:
        """The clause on which one person is permitted."""
        asked = question(verb, {"purposes": ["防犯"]} | told)
        return require(self.by(login), verb, about, **asked).clause


def found(code: str, name: str, rulebook: str, values: Mapping[str, str]) -> Founded:
    """The organisation, with its technical administrator only."""
    founder = people.found_home(
        login="kanri",
        name="管理 太郎",
        password=PASSWORD,
        rehearsal=True,
        vkey=signing_key().vkey,
        by=machine("init", HOME, via="cli"),
    )
    org = people.add_organisation(
        code,
        name,
        kind="station",
        parent=None,
        rulebook=rulebook,
        values=values,
        by=actor(founder, via="cli"),
    )
    return Founded(org, {"kanri": founder})


def camera(here: Founded, by: str) -> None:
    """Camera 1."""
    register_camera(here.org, number="1", serial="S1", kind="fixed", by=here.by(by))
