"""The verb by which whoever set the home up becomes the one who runs an organisation himself."""

from __future__ import annotations

from collections.abc import Sequence

from hokanko.errors import Conflict
from hokanko.people.appointing import appoint
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org, thing_of_person
from hokanko.people.standing import goes_with_position
from hokanko.rules.actor import HOME, Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("person.register")
def settle_in(
    person: Person, org: Organisation, *, name: str, posts: Sequence[str], by: Actor
) -> None:
    """Let somebody who belongs to no organisation yet belong to this one, in these posts.

    The account and its password stay one and the same: in a household one person does it all
    (home-2.4). Raises Conflict for who belongs to an organisation already.
    """
    by_position = any(goes_with_position(org, post) for post in posts)
    permit = require(by, "person.register", thing_of_org(org), by_position=by_position)
    if person.org_id != HOME:
        raise Conflict(
            f"{person.name}さんは、もうほかの所属の人です。",
            f"{person.name} belongs to another organisation already.",
        )
    person.org, person.name = org, name
    person.save(update_fields=["org", "name"])
    permit.write(
        "person.registered",
        about=thing_of_person(person).name,
        facts={"person": str(person.pk)},
        private={"name": name},
    )
    for post in posts:
        appoint(person, org, post, by=by)
