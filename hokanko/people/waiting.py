"""Who has given a password and still owes the second step: nobody is logged in meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import login as open_session
from django.http import HttpRequest

from hokanko import clock
from hokanko.people import second
from hokanko.people.door import seat_at
from hokanko.people.login import enter
from hokanko.people.models import Person

WAITS, DRAFT = "second_step", "factor_draft"  # names in the session
PROVED = "second_factor"  # in the session of whoever logged in with one
LIFE = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def wait(request: HttpRequest, person: Person, to: str) -> None:
    """Keep in mind whose password was given. The session's key is new, so that none was planted."""
    request.session.flush()
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


def drafted(request: HttpRequest, person: Person) -> bytes:
    """The secret that this browser is setting up; made at the first look, sealed in the session."""
    if DRAFT not in request.session:
        request.session[DRAFT] = second.draft(person)
    return second.drafted(person, request.session[DRAFT])
