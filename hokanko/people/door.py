"""Who is at the door: the person of the session and the seat of the browser, as an Actor."""

from __future__ import annotations

from django.http import HttpRequest

from hokanko.errors import Refusal
from hokanko.people.models import Person
from hokanko.people.queries import actor, seat
from hokanko.rules.actor import Actor, Seat

SEAT_COOKIE = "hokanko_seat"


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
    return actor(person_at(request), via="web", seat=seat_at(request))
