"""Verbs of people: organisations, accounts, posts, oaths, training, cards, terminals."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.ledger.append import append
from hokanko.people.models import (
    Appointment,
    Card,
    Oath,
    Organisation,
    Person,
    Terminal,
    Training,
)
from hokanko.people.queries import (
    HOME_THING,
    digest,
    thing_of_org,
    thing_of_person,
    thing_of_terminal,
)
from hokanko.rules.actions import adopt
from hokanko.rules.actor import HOME, Actor
from hokanko.rules.decide import adopted_book, parameter, require
from hokanko.rules.verb import verb

BY_POSITION = "by-position"
CODE_LIFE = timedelta(hours=24)


@verb("home.found")
def found_home(
    *, login: str, name: str, password: str, rehearsal: bool, vkey: str, by: Actor
) -> Person:
    """Make the home's own organisation and its first technical administrator."""
    permit = require(by, "home.found", HOME_THING, empty=not Person.objects.exists())
    home = Organisation.objects.create(code=HOME, name="保管庫の管理", kind="home")
    person = _account(home, login, name, password)
    Appointment.objects.create(person=person, org=home, post="システム管理者", since=clock.now())
    append(
        "home.made",
        by=by,
        org=HOME,
        about=HOME_THING.name,
        clause=permit.clause,
        facts={"rehearsal": rehearsal, "vkey": vkey},
    )
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
    append(
        "org.added",
        by=by,
        org=code,
        about=thing_of_org(org).name,
        clause=permit.clause,
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
    append(
        "person.registered",
        by=by,
        org=org.pk,
        about=thing_of_person(person).name,
        clause=permit.clause,
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
    append(
        "person.rekeyed",
        by=by,
        org=person.org_id,
        about=thing_of_person(person).name,
        clause=permit.clause,
        facts={"person": str(person.pk)},
    )


@verb("person.retire")
def retire(person: Person, *, by: Actor) -> None:
    """Delete credentials: posts, card and login end at once (police-5.1.2-revoke)."""
    permit = require(by, "person.retire", thing_of_person(person))
    now = clock.now()
    person.retired_at = now
    person.save(update_fields=["retired_at"])
    Appointment.objects.filter(person=person, until=None).update(until=now)
    Card.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    append(
        "person.retired",
        by=by,
        org=person.org_id,
        about=thing_of_person(person).name,
        clause=permit.clause,
        facts={"person": str(person.pk)},
    )


@verb("person.swear")
def swear(person: Person, *, by: Actor) -> None:
    """Take a person's confidentiality undertaking; it survives every post."""
    permit = require(by, "person.swear", thing_of_person(person))
    Oath.objects.create(person=person, signed_at=clock.now())
    append(
        "oath.signed",
        by=by,
        org=person.org_id,
        about=thing_of_person(person).name,
        clause=permit.clause,
        facts={"person": str(person.pk)},
    )


@verb("person.train")
def train(person: Person, topic: str, *, by: Actor) -> None:
    """Record education (第10) that a person has had."""
    permit = require(by, "person.train", thing_of_person(person))
    Training.objects.create(person=person, topic=topic, held_at=clock.now())
    append(
        "training.held",
        by=by,
        org=person.org_id,
        about=thing_of_person(person).name,
        clause=permit.clause,
        facts={"person": str(person.pk), "topic": topic},
    )


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
    append(
        "post.appointed",
        by=by,
        org=org.pk,
        about=thing_of_person(person).name,
        clause=permit.clause,
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
    append(
        "post.dismissed",
        by=by,
        org=org.pk,
        about=thing_of_person(appointment.person).name,
        clause=permit.clause,
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
    append(
        "card.issued",
        by=by,
        org=person.org_id,
        about=thing_of_person(person).name,
        clause=permit.clause,
        facts={"person": str(person.pk), "revoked": revoked},
    )
    return card


@verb("terminal.prepare")
def prepare_terminal(
    org: Organisation, *, name: str, place: str, wire_checked_on: date | None, by: Actor
) -> tuple[Terminal, str]:
    """Prepare a management PC; the one-time code, opened in its browser, enrols it."""
    allowed = place in parameter(org.pk, "storage.places")
    permit = require(
        by,
        "terminal.prepare",
        thing_of_org(org),
        place_allowed=allowed,
        wire=wire_checked_on is not None,
    )
    assert wire_checked_on is not None, "an unchecked wire was refused"
    code = secrets.token_urlsafe(24)
    terminal = Terminal.objects.create(
        org=org,
        name=name,
        place=place,
        wire_checked_on=wire_checked_on,
        code_digest=digest(code),
        enrolled_at=clock.now(),
    )
    append(
        "terminal.prepared",
        by=by,
        org=org.pk,
        about=thing_of_terminal(terminal).name,
        clause=permit.clause,
        facts={"place": place, "wire": str(wire_checked_on)},
    )
    return terminal, code


@verb("terminal.enrol")
def enrol_terminal(terminal: Terminal, code: str, *, by: Actor) -> str:
    """Turn the one-time code into the secret that this browser will keep."""
    fresh = terminal.enrolled_at is not None and clock.now() - terminal.enrolled_at < CODE_LIFE
    valid = fresh and secrets.compare_digest(terminal.code_digest, digest(code))
    permit = require(by, "terminal.enrol", thing_of_terminal(terminal), code_valid=valid)
    secret = secrets.token_urlsafe(32)
    terminal.code_digest, terminal.secret_digest = "", digest(secret)
    terminal.enrolled_at = clock.now()
    terminal.save(update_fields=["code_digest", "secret_digest", "enrolled_at"])
    append(
        "terminal.enrolled",
        by=by,
        org=terminal.org_id,
        about=thing_of_terminal(terminal).name,
        clause=permit.clause,
        facts={"place": terminal.place},
    )
    return secret


@verb("terminal.retire")
def retire_terminal(terminal: Terminal, *, by: Actor) -> None:
    """Take a management PC out of service."""
    permit = require(by, "terminal.retire", thing_of_terminal(terminal))
    terminal.retired_at = clock.now()
    terminal.save(update_fields=["retired_at"])
    append(
        "terminal.retired",
        by=by,
        org=terminal.org_id,
        about=thing_of_terminal(terminal).name,
        clause=permit.clause,
    )


def _by_position(org: Organisation, post: str) -> bool:
    return adopted_book(org.pk).post(post).appointed_by == BY_POSITION


def _account(org: Organisation, login: str, name: str, password: str | None, **more: str) -> Person:
    person = Person(login=login, name=name, org=org, registered_at=clock.now(), **more)
    person.set_password(password)
    person.save()
    return person
