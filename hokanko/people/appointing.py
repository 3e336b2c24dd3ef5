"""Verbs of posts: appointing to one, dismissing from it; who may, the rulebook says."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.models import Appointment, Organisation, Person
from hokanko.people.queries import thing_of_org, thing_of_person
from hokanko.people.standing import goes_with_position, kept_apart
from hokanko.rules.actor import Actor
from hokanko.rules.book import BY_POSITION
from hokanko.rules.decide import adopted_book, require
from hokanko.rules.verb import verb


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
        by, "post.dismiss", thing_of_org(org), post=post, by_position=goes_with_position(org, post)
    )
    appointment.until = clock.now()
    appointment.save(update_fields=["until"])
    Person.objects.filter(pk=appointment.person_id).update(session_epoch=F("session_epoch") + 1)
    permit.write(
        "post.dismissed",
        about=thing_of_person(appointment.person).name,
        facts={"person": str(appointment.person_id), "post": post},
    )


def _appointer(by: Actor) -> Person | None:
    return None if by.id.startswith("machine:") else Person.objects.filter(pk=by.id).first()
