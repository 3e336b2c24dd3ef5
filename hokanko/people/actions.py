"""Verbs of people: organisations, accounts, cards; `appointing` and `readying` have the rest."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.appointing import appoint
from hokanko.people.models import (
    Appointment,
    Card,
    Organisation,
    Person,
)
from hokanko.people.queries import (
    HOME_THING,
    thing_of_org,
    thing_of_person,
)
from hokanko.people.standing import goes_with_position, holds_by_position, running
from hokanko.rules.actions import adopt
from hokanko.rules.actor import HOME, Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("home.found")
def found_home(
    *, login: str, name: str, password: str, rehearsal: bool, vkey: str, by: Actor
) -> Person:
    """Make the home's own organisation and its first technical administrator."""
    permit = require(by, "home.found", HOME_THING, empty=not Person.objects.exists())
    home = Organisation.objects.create(code=HOME, name="保管庫の管理", kind="home")
    person = _account(home, login, name, password)
    Appointment.objects.create(person=person, org=home, post="システム管理者", since=clock.now())
    permit.write("home.made", facts={"rehearsal": rehearsal, "vkey": vkey})
    return person


@verb("org.add")
def add_organisation(
    code: str,
    name: str,
    *,
    kind: str,
    parent: Organisation | None,
    rulebook: str,
    values: Mapping[str, str],
    by: Actor,
) -> Organisation:
    """Register a unit or a headquarters under the rulebook it adopts: none is lawless."""
    permit = require(by, "org.add", HOME_THING)
    if Organisation.objects.filter(pk=code).exists():
        raise Conflict(f"所属の記号「{code}」はもう使われています。", f"The code {code} is taken.")
    org = Organisation.objects.create(code=code, name=name, kind=kind, parent=parent)
    permit.write(
        "org.added",
        org=code,
        about=thing_of_org(org).name,
        facts={"name": name, "kind": kind, "parent": parent.pk if parent else None},
    )
    adopt(thing_of_org(org), rulebook, values, by=by)
    return org


@verb("person.register")
def register(
    org: Organisation,
    *,
    login: str,
    name: str,
    password: str | None,
    post: str | None = None,
    section: str = "",
    telephone: str = "",
    by: Actor,
) -> Person:
    """Register a person's credentials, with a first post if one is given."""
    by_position = post is not None and goes_with_position(org, post)
    permit = require(by, "person.register", thing_of_org(org), by_position=by_position)
    if Person.objects.filter(login=login).exists():
        raise Conflict(
            f"ログイン名「{login}」はもう使われています。", f"The login {login} is taken."
        )
    person = _account(org, login, name, password, section=section, telephone=telephone)
    permit.write(
        "person.registered",
        about=thing_of_person(person).name,
        facts={"person": str(person.pk)},
        private={"name": name},
    )
    if post is not None:
        appoint(person, org, post, by=by)
    return person


@verb("person.rekey")
def rekey(person: Person, password: str, *, by: Actor) -> None:
    """Change a person's password; failed tries before it are forgotten."""
    permit = require(
        by,
        "person.rekey",
        thing_of_person(person),
        by_position=holds_by_position(person),
        own=by.id == str(person.pk),
    )
    person.set_password(password)
    person.failed_logins, person.locked_until = 0, None
    person.save(update_fields=["password", "failed_logins", "locked_until"])
    permit.write("person.rekeyed", facts={"person": str(person.pk)})


@verb("person.retire")
def retire(person: Person, *, by: Actor) -> None:
    """Delete credentials: posts, card and login end at once (police-5.1.2-revoke)."""
    permit = require(by, "person.retire", thing_of_person(person))
    now = clock.now()
    person.retired_at = now
    person.session_epoch += 1
    person.save(update_fields=["retired_at", "session_epoch"])
    running(now).filter(person=person).update(until=now)
    Card.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    permit.write("person.retired", facts={"person": str(person.pk)})


@verb("card.issue")
def issue_card(person: Person, *, by: Actor) -> Card:
    """Give a wearing officer a new 2D-code card; an older one stops at once."""
    permit = require(by, "card.issue", thing_of_person(person))
    now = clock.now()
    revoked = Card.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    card = Card.objects.create(
        code=f"HK1-{secrets.token_hex(8).upper()}", person=person, issued_at=now
    )
    permit.write("card.issued", facts={"person": str(person.pk), "revoked": revoked})
    return card


@verb("card.revoke")
def revoke_card(person: Person, *, reason: str, by: Actor) -> None:
    """A card stops at once, and no other is given: it was lost, or its holder no longer wears.

    Raises Conflict without a reason, or where no card is valid.
    """
    permit = require(by, "card.revoke", thing_of_person(person))
    if not reason.strip():
        raise Conflict("無効にする理由を書いてください。", "State why it is revoked.")
    valid = Card.objects.filter(person=person, revoked_at=None)
    if not valid.update(revoked_at=clock.now()):
        raise Conflict("有効なカードがありません。", "There is no valid card.")
    permit.write(
        "card.revoked", facts={"person": str(person.pk)}, private={"reason": reason.strip()}
    )


def _account(org: Organisation, login: str, name: str, password: str | None, **more: str) -> Person:
    person = Person(login=login, name=name, org=org, registered_at=clock.now(), **more)
    person.set_password(password)
    person.save()
    return person
