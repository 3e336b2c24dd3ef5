"""Logging in: password, then a code where one is set up; lock-out, every try on the ledger."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from hokanko import clock
from hokanko.ledger.append import append
from hokanko.ledger.turn import write_turn
from hokanko.people.knocking import is_shut, note_wrong
from hokanko.people.models import Person, SecondFactor
from hokanko.people.queries import actor, thing_of_person
from hokanko.people.second import factor_of, is_required, spent
from hokanko.people.standing import has_ended
from hokanko.rules.actor import HOME, Seat, machine

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
NOBODY = make_password("nobody")  # so that an unknown login takes as long as a known one


def authenticate(
    login: str, password: str, code: str = "", *, seat: Seat | None = None, place: str = ""
) -> Person | None:
    """Both steps in one form, as at somebody else's screen. The person, or None.

    Unknown, wrong, locked and retired look the same from outside; so does who must set a second
    factor up and has not: he logs in first.
    """
    person = known(login, password, place=place)
    if person is None:
        return None
    used = ""
    if factor_of(person) is not None or is_required(person):
        used = proven(person, code)
        if not used:
            return None
    enter(person, used, seat=seat)
    return person


def known(login: str, password: str, *, place: str = "") -> Person | None:
    """The first step: whose password it is. Only a failure is written, and counted.

    `place` is where it was typed (`knocking.place_of`): once too many wrong ones came from there,
    none is looked at, counted or written for a while.
    """
    with write_turn():
        if is_shut(place):
            check_password(password, NOBODY)
            return None
        person = _locked_row(login=login)
        right = check_password(password, person.password if person else NOBODY)
        if person is None or not right or _is_shut(person):
            _failed(person, shut=note_wrong(place))
            return None
        return person


def proven(person: Person, typed: str) -> str:
    """The second step: how the person proved himself (CODE, RECOVERY), or "".

    A wrong code counts like a wrong password, and the right password in between does not begin the
    count anew: who has stolen one may not guess the other.
    """
    with write_turn():
        locked = _locked_row(pk=person.pk)
        held = SecondFactor.objects.select_for_update().filter(person=person).first()
        shut = locked is None or _is_shut(locked)
        used = "" if held is None or shut else spent(held, typed)
        if not used:
            _failed(locked)
        return used


def enter(person: Person, used: str, *, seat: Seat | None = None) -> None:
    """The login is done; `used` says by what second factor, "" by none."""
    with write_turn():
        tried = Person.objects.filter(pk=person.pk).exclude(failed_logins=0, locked_until=None)
        tried.update(failed_logins=0, locked_until=None)
        append(
            "login.done",
            by=actor(person, seat=seat),
            org=person.org_id,
            about=thing_of_person(person).name,
            facts={"terminal": seat.id if seat else None, "second_factor": used},
        )


def end_everywhere(person: Person, *, seat: Seat | None = None) -> None:
    """Every open login of a person ends, by himself: here and elsewhere."""
    with write_turn():
        Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
        append(
            "login.ended_everywhere",
            by=actor(person, seat=seat),
            org=person.org_id,
            about=thing_of_person(person).name,
            facts={"terminal": seat.id if seat else None},
        )


def _locked_row(**which: object) -> Person | None:
    rows = Person.objects.select_for_update(of=("self",)).select_related("org")
    return rows.filter(**which).first()


def _is_shut(person: Person) -> bool:
    """Whether nobody comes in by this account now: locked, retired, or without a post any more."""
    locked = person.locked_until is not None and clock.now() < person.locked_until
    return locked or not person.is_active or has_ended(person)


def _failed(person: Person | None, *, shut: bool = False) -> None:
    """Count it, and lock the account when there were too many. The login typed is not kept.

    `shut` says that there were too many from where it was typed.
    """
    org, about, locked = HOME, "person:unknown", False
    if person is not None:
        person.failed_logins += 1
        if locked := person.failed_logins >= TRIES:
            person.locked_until, person.failed_logins = clock.now() + LOCKED_FOR, 0
        person.save(update_fields=["failed_logins", "locked_until"])
        org, about = person.org_id, thing_of_person(person).name
    append(
        "login.failed",
        by=machine("login", org),
        org=org,
        about=about,
        facts={"locked": locked, "place_shut": shut},
    )
