"""Who is at the door: the person of the session and the seat of the browser, as an Actor."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from hokanko.errors import Refusal
from hokanko.people.models import Person
from hokanko.people.queries import actor, digest, seat
from hokanko.people.standing import has_ended
from hokanko.rules.actor import Actor, Seat
from hokanko.rules.reading import once

SEAT_COOKIE = "hokanko_seat"
LOGIN_COOKIE = settings.SESSION_COOKIE_NAME


def person_at(request: HttpRequest) -> Person:
    """The person who is logged in. Raises Refusal (a page behind login never meets it)."""
    user = request.user
    if not isinstance(user, Person):
        raise Refusal("ログインしてください。", "Log in first.")
    return user


def seat_at(request: HttpRequest) -> Seat | None:
    """The enrolled management PC that this browser is, if it is one."""
    return seat(request.COOKIES.get(SEAT_COOKIE, ""))


def actor_at(request: HttpRequest) -> Actor:
    """The person as the law sees him now, at this terminal."""
    person, browser = person_at(request), browser_of(request.session.session_key or "")
    secret = request.COOKIES.get(SEAT_COOKIE, "")
    return once(
        ("actor", person.pk, secret, browser),
        lambda: actor(person, via="web", seat=seat(secret), browser=browser),
    )


def still_at(request: HttpRequest) -> Actor | None:
    """As `actor_at`, looked up anew, for an answer that goes on; None once this login has ended."""
    key = request.session.session_key or ""
    person = Person.objects.filter(pk=person_at(request).pk, retired_at=None).first()
    if person is None or not is_logged_in(person, key):
        return None
    return actor(person, via="web", seat=seat_at(request), browser=browser_of(key))


def browser_of(key: str) -> str:
    """What is stored of the login that a browser keeps under this key; "" for none."""
    return digest(key) if key else ""


def is_logged_in(person: Person, key: str) -> bool:
    """Whether the login under this key lives still, and is this person's."""
    if not key or has_ended(person):
        return False
    store = SessionStore(key)
    same = store.get(HASH_SESSION_KEY, "") == person.get_session_auth_hash()  # else: a new password
    return same and store.get(SESSION_KEY) == str(person.pk)
