"""Logging in: password now, lock-out after repeated failures, every try on the ledger."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password

from hokanko import clock
from hokanko.ledger.append import append
from hokanko.ledger.turn import write_turn
from hokanko.people.models import Person
from hokanko.people.queries import actor, thing_of_person
from hokanko.people.standing import has_ended
from hokanko.rules.actor import HOME, Seat, machine

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
NOBODY = make_password("nobody")  # so that an unknown login takes as long as a known one


def authenticate(login: str, password: str, *, seat: Seat | None = None) -> Person | None:
    """The person, or None: unknown, wrong, locked and retired look the same from outside."""
    with write_turn():
        person = (
            Person.objects.select_for_update().filter(login=login).select_related("org").first()
        )
        right = check_password(password, person.password if person else NOBODY)
        if person is None:
            _failed(None)
            return None
        locked = person.locked_until is not None and clock.now() < person.locked_until
        if not right or locked or not person.is_active or has_ended(person):
            _failed(person)
            return None
        if person.failed_logins:
            person.failed_logins, person.locked_until = 0, None
            person.save(update_fields=["failed_logins", "locked_until"])
        append(
            "login.done",
            by=actor(person, seat=seat),
            org=person.org_id,
            about=thing_of_person(person).name,
            facts={"terminal": seat.id if seat else None},
        )
        return person


def _failed(person: Person | None) -> None:
    """Count it, and lock the account when there were too many. The login typed is not kept."""
    org, about, locked = HOME, "person:unknown", False
    if person is not None:
        person.failed_logins += 1
        if locked := person.failed_logins >= TRIES:
            person.locked_until, person.failed_logins = clock.now() + LOCKED_FOR, 0
        person.save(update_fields=["failed_logins", "locked_until"])
        org, about = person.org_id, thing_of_person(person).name
    append("login.failed", by=machine("login", org), org=org, about=about, facts={"locked": locked})
