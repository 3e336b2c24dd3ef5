"""Who has given a password and still owes the second step: nobody is logged in meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import login as open_session
from django.http import HttpRequest
from django.shortcuts import resolve_url

from hokanko import clock
from hokanko.people import second
from hokanko.people.door import seat_at
from hokanko.people.kept import CARRIED, hand_over, kept
from hokanko.people.login import enter
from hokanko.people.models import Person
from hokanko.people.standing import must_read

WAITS, DRAFT = "second_step", "factor_draft"  # names in the session
PROVED = "second_factor"  # in the session of whoever logged in with one
LIFE = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def wait(request: HttpRequest, person: Person, to: str) -> None:
    """Keep in mind whose password was given. The session's key is new, so that none was planted."""
    carried = {name: request.session[name] for name in CARRIED if name in request.session}
    request.session.flush()
    request.session.update(carried)
    request.session[WAITS] = {
        "person": str(person.pk),
        "hash": person.get_session_auth_hash(),  # another password meanwhile, and it is over
        "since": clock.iso(clock.now()),
        "to": to,
    }


def waiting(request: HttpRequest) -> tuple[Person, str] | None:
    """Who waits in this browser, and where he wanted to go; None when it was too long ago."""
    kept = request.session.get(WAITS)
    if kept is None:
        return None
    person = Person.objects.select_related("org").filter(pk=kept["person"]).first()
    late = clock.now() - datetime.fromisoformat(kept["since"]) > LIFE
    if person is None or late or person.get_session_auth_hash() != kept["hash"]:
        return None
    return person, str(kept["to"])


def come_in(request: HttpRequest, person: Person, used: str) -> None:
    """The login is done: a session of its own, which remembers whether a code was given."""
    enter(person, used, seat=seat_at(request))
    request.session.pop(WAITS, None)
    request.session.pop(DRAFT, None)
    open_session(request, person, backend=BACKEND)
    request.session[PROVED] = bool(used)
    hand_over(request, person)


def from_the_beginning(request: HttpRequest) -> str:
    """Where somebody goes who does not wait, or not any more: to the password, and is told so."""
    told = "?late=1" if WAITS in request.session else ""
    return resolve_url("people.login") + told


def onward(request: HttpRequest, person: Person, to: str) -> str:
    """Where a login leads: what must be read first, then what was to be sent, then on."""
    if must_read(person):
        return resolve_url("people.read")
    return resolve_url("people.kept") if kept(request, person) else to


def drafted(request: HttpRequest, person: Person) -> bytes:
    """The secret that this browser is setting up; made at the first look, sealed in the session."""
    if DRAFT not in request.session:
        request.session[DRAFT] = second.draft(person)
    return second.drafted(person, request.session[DRAFT])
