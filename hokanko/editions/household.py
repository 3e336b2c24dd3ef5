"""A household set up in one go: its installer, the guideline signed, its cameras and its site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from hokanko.cameras import actions as cameras
from hokanko.cameras.models import Site
from hokanko.cameras.purposes import decide_purpose
from hokanko.cameras.queries import FIXED, offered
from hokanko.cameras.ready import OWN
from hokanko.cameras.sites import open_site
from hokanko.cameras.standing import Siting
from hokanko.editions.actions import sign
from hokanko.people.actions import add_organisation
from hokanko.people.founding import settle_in
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import HOME_THING, actor
from hokanko.rules import book as books
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adoption, require
from hokanko.rules.verb import verb

OPERATOR, VENUE = "individual", "own-premises"
CODE = "IE"  # 家: stands before the numbers of its footage


@dataclass(frozen=True, slots=True)
class Eye:
    """A camera of the house: where it is mounted, what it sees, which way it looks (0 = north)."""

    place: str
    sees: str
    facing_deg: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What the five questions ask."""

    rulebook: str
    name: str
    address: str
    eyes: tuple[Eye, ...]
    storage: str
    days: int
    reason: str
    contact: str


@verb("org.add")
def settle(person: Person, said: Answers, *, by: Actor) -> Organisation:
    """Found a household whose installer is `person`, with the guideline in force at once.

    All of it or nothing. Raises Conflict for who belongs to an organisation already, and Refusal
    where the guideline asks for more, such as a reason for more than a fortnight (home-2.5-a).
    """
    permit = require(by, "org.add", HOME_THING)
    book = books.load(said.rulebook)
    org = add_organisation(
        _free_code(),
        said.name,
        kind=book.kinds[0].id,
        parent=None,
        rulebook=book.code,
        values=_values(said),
        by=by,
    )
    needed = [post.id for post in book.posts if post.required]
    settle_in(person, org, name=said.name, posts=needed, by=by)
    owner = actor(person, via=by.via, seat=by.seat, browser=by.browser)
    founded = adoption(org.pk)
    assert founded is not None, "it was adopted with the organisation"
    sign(org, founded.pk, by=owner)
    site = open_site(org, name=said.name, address=said.address, by=owner)
    for number, eye in enumerate(said.eyes, 1):
        _stand(org, site, str(number), eye, by=owner)
    permit.write("org.settled", org=org.pk, facts={"cameras": len(said.eyes), "days": said.days})
    return org


def _values(said: Answers) -> dict[str, str]:
    told = {
        "org.name": said.name,
        "org.contact": said.contact,
        "camera.places": "、".join(map(_plainly, said.eyes)),
        "retention.days": str(said.days),
        "storage.places": said.storage,
    }
    return told | ({"retention.reason": said.reason} if said.reason else {})


def _plainly(eye: Eye) -> str:
    """A camera in words, without the marks that part one entry of a list from the next."""
    return f"{eye.place}（{eye.sees}）".translate({ord("、"): "・", ord(","): "・"})


def _stand(org: Organisation, site: Site, number: str, eye: Eye, *, by: Actor) -> None:
    """Register a camera at its place, as far as words can; what it sees is shown later."""
    camera = cameras.register(org, number=number, serial="", kind=FIXED, mount=OWN, by=by)
    where = Siting(
        site=site,
        place=eye.place,
        siting_reason=eye.sees,
        facing_deg=eye.facing_deg,
        mount=OWN,
    )
    cameras.decide_site(camera, where, by=by)
    decide_purpose(camera, offered(org.pk), by=by)


def _free_code() -> str:
    taken = set(Organisation.objects.filter(pk__startswith=CODE).values_list("pk", flat=True))
    return next(code for code in _codes() if code not in taken)


def _codes() -> Iterator[str]:
    yield CODE
    yield from (f"{CODE}-{number}" for number in count(2))
