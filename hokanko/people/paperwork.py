"""Verbs of people's paperwork: following a position, leaving, reviewing, reading the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.formats import canon
from hokanko.people.appointing import appoint, dismiss
from hokanko.people.attach import Scan, enclose
from hokanko.people.models import (
    Acknowledgement,
    Appointment,
    Oath,
    Organisation,
    Person,
    Reminder,
)
from hokanko.people.queries import thing_of_org, thing_of_person
from hokanko.people.standing import running, unread
from hokanko.rules.actor import Actor
from hokanko.rules.book import BY_POSITION, Post
from hokanko.rules.decide import adopted_book, require
from hokanko.rules.verb import verb


@verb("post.succeed")
def succeed(
    org: Organisation, position: str, successor: Person, on: date, *, by: Actor
) -> list[Appointment]:
    """Let every post that goes with a position move to its new holder (police-notice-4.2.a).

    `position` is a position_ja of the rulebook. Posts held until then end as the new ones begin.
    Raises Conflict for a position that no post goes with, and for a day gone by.
    """
    permit = require(by, "post.succeed", thing_of_org(org))
    posts = _posts_of(org, position)
    begins = max(clock.now(), datetime.combine(on, time(), clock.TOKYO))
    if not posts or on < clock.today():
        raise Conflict(
            "この職に充てられる役職がないか、交代の日が過ぎています。",
            "No post goes with that position, or the day has gone by.",
        )
    made = []
    for post in posts:
        _end(org, post, begins, by=by)
        made.append(appoint(successor, org, post.id, since=begins, by=by))
    permit.write(
        "post.succeeded",
        about=thing_of_person(successor).name,
        facts={"posts": [post.id for post in posts], "on": str(on)},
    )
    return made


@verb("person.remind")
def remind(person: Person, *, scan: Scan | None = None, by: Actor) -> Reminder:
    """Record that somebody who left his post was told that secrecy goes on (ward-3.4-after).

    `scan` is the signed paper; sent when the telling is on record already, it is filed with that.
    Raises Conflict without an oath, and for a scan that is no paper.
    """
    permit = require(by, "person.remind", thing_of_person(person))
    due = Oath.objects.filter(person=person, reminded_at=None)
    told = person.reminders.filter(file_sha256="").order_by("-told_at", "-pk").first()
    if told is None or due.exists():
        if not Oath.objects.filter(person=person).update(reminded_at=clock.now()):
            raise Conflict("誓約の記録がありません。", "There is no oath on record.")
        told = Reminder.objects.create(person=person, told_at=clock.now())
    elif scan is None:
        raise Conflict("告げたことは、もう記録されています。", "The telling is on record already.")
    if scan is not None:
        enclose(told, scan)
        told.save()
    facts: dict[str, canon.JSON] = {"person": str(person.pk), "sha256": told.file_sha256}
    permit.write("oath.reminded", facts=facts)
    return told


@verb("person.review")
def review(org: Organisation, *, by: Actor) -> int:
    """Record that the accounts were looked through, with the list as it stood; how many there are.

    The list stands beside the log, as everything personal does (I8).
    """
    permit = require(by, "person.review", thing_of_org(org))
    listed = _listed(
        Person.objects.filter(org=org, retired_at=None).order_by("registered_at", "login")
    )
    permit.write(
        "person.reviewed",
        facts={"count": len(listed)},
        private={"list": canon.encode(listed).decode()},
    )
    return len(listed)


@verb("rulebook.acknowledge")
def acknowledge(person: Person, *, by: Actor) -> Acknowledgement | None:
    """Record that somebody has read the enacted edition in force; None when nothing is unread."""
    permit = require(by, "rulebook.acknowledge", thing_of_org(person.org))
    edition = unread(person)
    if edition is None:
        return None
    done = Acknowledgement.objects.create(person=person, adoption=edition, read_at=clock.now())
    permit.write(
        "rulebook.acknowledged",
        about=thing_of_person(person).name,
        facts={
            "person": str(person.pk),
            "book": edition.book,
            "fingerprint": edition.fingerprint,
            "edition": edition.number,
        },
    )
    return done


def _posts_of(org: Organisation, position: str) -> list[Post]:
    posts = adopted_book(org.pk).posts
    return [p for p in posts if p.position_ja == position and p.appointed_by == BY_POSITION]


def _end(org: Organisation, post: Post, moment: datetime, *, by: Actor) -> None:
    """End a post at a moment: at once by dismissal, or on the day to come by its term."""
    for held in running(clock.now()).filter(org=org, post=post.id).select_related("org", "person"):
        if moment <= clock.now():
            dismiss(held, by=by)
        else:
            held.until = moment
            held.save(update_fields=["until"])


def _listed(people: Iterable[Person]) -> list[canon.JSON]:
    now = clock.now()
    return [
        {
            "login": one.login,
            "name": one.name,
            "posts": list(running(now).filter(person=one).values_list("post", flat=True)),
        }
        for one in people
    ]
