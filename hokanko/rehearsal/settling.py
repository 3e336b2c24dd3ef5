"""The neighbours of a rehearsal, founded through the verbs: people, edition, cameras and signs."""

from __future__ import annotations

from dataclasses import dataclass, field

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.editions.actions import sign
from hokanko.editions.queries import to_sign
from hokanko.people import actions as people
from hokanko.people.models import Organisation, Person
from hokanko.people.paperwork import acknowledge
from hokanko.people.queries import actor, person
from hokanko.people.readying import swear, train
from hokanko.people.standing import topics_of
from hokanko.rehearsal.laying import lay_out
from hokanko.rehearsal.neighbourhood import NEIGHBOURS, TECHNICIAN, Member, Neighbour
from hokanko.rehearsal.premises import PREMISES
from hokanko.rules.actor import Actor


@dataclass(frozen=True, slots=True)
class Settled:
    """A neighbour that is in the home."""

    plan: Neighbour
    org: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    camera: Camera | None = None

    def by(self, login: str) -> Actor:
        """One of its people with the posts held now."""
        return actor(self.people[login], via="cli")


def settle_neighbours(password: str) -> list[Settled]:
    """Found the four, through the same verbs that everybody uses; the shop has its headquarters."""
    return [settle_one(plan, password) for plan in NEIGHBOURS]


def settle_one(plan: Neighbour, password: str) -> Settled:
    """Found one: its people, its edition signed into force and read, its camera."""
    technician = actor(person(TECHNICIAN), via="cli")
    org = people.add_organisation(
        plan.code,
        plan.name,
        kind=plan.kind,
        parent=Organisation.objects.get(pk=plan.parent) if plan.parent else None,
        rulebook=plan.rulebook,
        values=_filled(plan),
        by=technician,
    )
    here = Settled(plan, org)
    for member in plan.members:
        _join(here, member, password, technician)
    edition = to_sign(org.pk) if plan.signer else None
    if edition is not None:
        sign(org, edition.pk, by=here.by(plan.signer))
        for member in plan.members:
            if member.bound:
                acknowledge(here.people[member.login], by=here.by(member.login))
    if plan.code not in PREMISES:
        return here
    login = manager(plan)
    cameras = lay_out(org, PREMISES[plan.code], here.people[login], by=here.by(login))
    return Settled(plan, org, here.people, cameras[0])


def _filled(plan: Neighbour) -> dict[str, str]:
    """The blanks as the neighbour fills them; a ward dates its rules on the day it makes them."""
    dated = {"doc.effective_from": str(clock.today())} if plan.rulebook == "ward" else {}
    return {"org.name": plan.name, **dated, **plan.values}


def _join(here: Settled, member: Member, password: str, technician: Actor) -> None:
    """Registered by whom the rulebook lets register; named to a post by whom it lets appoint."""
    by_position = member.boss == TECHNICIAN or (here.plan.rulebook == "shop" and member.bound)
    made = people.register(
        here.org,
        login=member.login,
        name=member.name,
        password=password,
        post=member.post,
        section=member.section,
        by=technician if by_position else here.by(member.boss),
    )
    here.people[member.login] = made
    if member.bound:
        head = here.by(here.plan.members[0].login)
        swear(made, by=head)
        if topics := topics_of(here.org.pk):
            train(made, "・".join(topics), by=head)


def manager(plan: Neighbour) -> str:
    """Who registers cameras: the manager, or in a household the installer himself."""
    return plan.members[min(1, len(plan.members) - 1)].login
