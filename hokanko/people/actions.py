"""Verbs of people: organisations, accounts, posts, oaths, training, cards."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import F, Q

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
from hokanko.people.standing import kept_apart, running
from hokanko.rules.actions import adopt
from hokanko.rules.actor import HOME, Actor
from hokanko.rules.book import BY_POSITION
from hokanko.rules.decide import adopted_book, adoption, parameter, require
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
    posts = running(clock.now()).filter(person=person).values_list("org_id", "post")
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
    person.session_epoch += 1
    person.save(update_fields=["retired_at", "session_epoch"])
    running(now).filter(person=person).update(until=now)
    Card.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    permit.write("person.retired", facts={"person": str(person.pk)})


@verb("person.swear")
def swear(person: Person, *, form: str = "oath", article: str = "", by: Actor) -> Oath:
    """Take a person's confidentiality undertaking, or note the work rule that binds him.

    It survives every post. `form` is "oath" or "work-rules"; the latter names its `article`.
    """
    permit = require(by, "person.swear", thing_of_person(person))
    wanted = parameter(person.org_id, "oath.required")
    if form == "work-rules" and (wanted != "yes-or-work-rules" or not article.strip()):
        raise Conflict(
            "就業規則で足りるのは、規程がそれを認め、どの条によるかを書いたときだけです。",
            "Work rules serve only where the rulebook allows them and the article is named.",
            mend_ja="誓約書を受けるか、就業規則の条を書いてください。",
            mend_en="Take an oath, or name the article.",
        )
    now = adoption(person.org_id)
    edition = now.fingerprint if now else ""
    oath = Oath.objects.create(
        person=person, signed_at=clock.now(), form=form, article=article, fingerprint=edition
    )
    permit.write(
        "oath.signed",
        facts={"person": str(person.pk), "form": form, "article": article, "edition": edition},
    )
    return oath


@verb("person.train")
def train(
    person: Person,
    topic: str,
    *,
    held_on: date | None = None,
    valid_until: date | None = None,
    trainer: str = "",
    by: Actor,
) -> Training:
    """Record education (第10) that a person has had; `trainer` is who taught, else who records.

    Raises Conflict for a day to come, and for one taught by himself.
    """
    himself = by.id == str(person.pk) or trainer.strip() == person.name
    permit = require(by, "person.train", thing_of_person(person), himself=himself)
    day = held_on or clock.today()
    if day > clock.today() or (valid_until is not None and valid_until < day):
        raise Conflict(
            "教養の日が先の日か、有効期限が教養の日より前です。",
            "The day of training lies ahead, or its validity ends before it.",
        )
    training = Training.objects.create(
        person=person,
        topic=topic,
        held_at=clock.now() if day == clock.today() else datetime.combine(day, time(), clock.TOKYO),
        valid_until=valid_until,
        trainer=trainer.strip() or by.name,
    )
    facts = {"person": str(person.pk), "topic": topic, "on": str(day)}
    until = str(valid_until) if valid_until else None
    permit.write("training.held", facts=facts | {"valid_until": until})
    return training


@verb("post.appoint")
def appoint(
    person: Person,
    org: Organisation,
    post: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    by: Actor,
) -> Appointment:
    """Appoint to a post at an organisation, from now or from `since`; who may, the rulebook says.

    A post that the document keeps apart from one the person holds is refused with its article.
    """
    book, begins = adopted_book(org.pk), since or clock.now()
    wanted = book.post(post)
    overlapping = Appointment.objects.filter(person=person, org=org)
    overlapping = overlapping.filter(Q(until=None) | Q(until__gt=begins))
    held = [row.post for row in overlapping if until is None or row.since < until]
    permit = require(
        by,
        "post.appoint",
        thing_of_org(org),
        post=wanted.id,
        by_position=wanted.appointed_by == BY_POSITION,
        kept_apart=bool(kept_apart(book, wanted, held)),
    )
    if wanted.id in held:
        raise Conflict(
            f"{person.name}さんは、もう{wanted.id}です。",
            f"{person.name} holds that post already.",
        )
    if until is not None and until <= begins:
        raise Conflict("任期の終わりが始まりより前です。", "The term ends before it begins.")
    appointment = Appointment.objects.create(
        person=person,
        org=org,
        post=wanted.id,
        since=begins,
        until=until,
        appointed_by=_appointer(by),
    )
    permit.write(
        "post.appointed",
        about=thing_of_person(person).name,
        facts={
            "person": str(person.pk),
            "post": wanted.id,
            "since": clock.iso(begins),
            "until": clock.iso(until) if until else None,
        },
    )
    return appointment


@verb("post.dismiss")
def dismiss(appointment: Appointment, *, by: Actor) -> None:
    """End a post. What it allowed ends with it, and so does every open login (ward-3.4-after)."""
    org, post = appointment.org, appointment.post
    permit = require(
        by, "post.dismiss", thing_of_org(org), post=post, by_position=_by_position(org, post)
    )
    appointment.until = clock.now()
    appointment.save(update_fields=["until"])
    Person.objects.filter(pk=appointment.person_id).update(session_epoch=F("session_epoch") + 1)
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


def _appointer(by: Actor) -> Person | None:
    return None if by.id.startswith("machine:") else Person.objects.filter(pk=by.id).first()


def _account(org: Organisation, login: str, name: str, password: str | None, **more: str) -> Person:
    person = Person(login=login, name=name, org=org, registered_at=clock.now(), **more)
    person.set_password(password)
    person.save()
    return person
