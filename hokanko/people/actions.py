"""Verbs of people: organisations, accounts, posts, oaths, training, cards."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.models import (
    Appointment,
    Card,
    Oath,
    Organisation,
    Person,
    Training,
)
from hokanko.people.queries import (
    HOME_THING,
    thing_of_org,
    thing_of_person,
)
from hokanko.rules.actions import adopt
from hokanko.rules.actor import HOME, Actor
from hokanko.rules.decide import adopted_book, require
from hokanko.rules.verb import verb

BY_POSITION = "by-position"


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
    by_position = post is not None and _by_position(org, post)
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
    posts = Appointment.objects.filter(person=person, until=None).values_list("org_id", "post")
    organisations = Organisation.objects.in_bulk([code for code, _ in posts])
    heads = any(_by_position(organisations[code], post) for code, post in posts)
    permit = require(
        by,
        "person.rekey",
        thing_of_person(person),
        by_position=heads,
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
    person.save(update_fields=["retired_at"])
    Appointment.objects.filter(person=person, until=None).update(until=now)
    Card.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    permit.write("person.retired", facts={"person": str(person.pk)})


@verb("person.swear")
def swear(person: Person, *, by: Actor) -> None:
    """Take a person's confidentiality undertaking; it survives every post."""
    permit = require(by, "person.swear", thing_of_person(person))
    Oath.objects.create(person=person, signed_at=clock.now())
    permit.write("oath.signed", facts={"person": str(person.pk)})


@verb("person.train")
def train(person: Person, topic: str, *, by: Actor) -> None:
    """Record education (第10) that a person has had."""
    permit = require(by, "person.train", thing_of_person(person))
    Training.objects.create(person=person, topic=topic, held_at=clock.now())
    permit.write("training.held", facts={"person": str(person.pk), "topic": topic})


@verb("post.appoint")
def appoint(person: Person, org: Organisation, post: str, *, by: Actor) -> Appointment:
    """Appoint to a post at an organisation; who may, the rulebook says."""
    book = adopted_book(org.pk)
    post = book.post(post).id
    permit = require(
        by, "post.appoint", thing_of_org(org), post=post, by_position=_by_position(org, post)
    )
    if Appointment.objects.filter(person=person, org=org, post=post, until=None).exists():
        raise Conflict(
            f"{person.name}さんは、もう{post}です。", f"{person.name} holds that post already."
        )
    appointment = Appointment.objects.create(person=person, org=org, post=post, since=clock.now())
    permit.write(
        "post.appointed",
        about=thing_of_person(person).name,
        facts={"person": str(person.pk), "post": post},
    )
    return appointment


@verb("post.dismiss")
def dismiss(appointment: Appointment, *, by: Actor) -> None:
    """End a post. What it allowed ends with it."""
    org, post = appointment.org, appointment.post
    permit = require(
        by, "post.dismiss", thing_of_org(org), post=post, by_position=_by_position(org, post)
    )
    appointment.until = clock.now()
    appointment.save(update_fields=["until"])
    permit.write(
        "post.dismissed",
        about=thing_of_person(appointment.person).name,
        facts={"person": str(appointment.person_id), "post": post},
    )


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


def _by_position(org: Organisation, post: str) -> bool:
    return adopted_book(org.pk).post(post).appointed_by == BY_POSITION


def _account(org: Organisation, login: str, name: str, password: str | None, **more: str) -> Person:
    person = Person(login=login, name=name, org=org, registered_at=clock.now(), **more)
    person.set_password(password)
    person.save()
    return person
