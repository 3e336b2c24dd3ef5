"""How tests come in through the front door: a browser with somebody logged in."""

from __future__ import annotations

from typing import Protocol

from django.test import Client

from hokanko import clock
from hokanko.ledger.models import Entry
from hokanko.people.attach import Scan
from hokanko.people.door import SEAT_COOKIE
from hokanko.people.enrol import enrol_terminal, prepare_terminal
from hokanko.people.models import Person
from hokanko.rehearsal.cast import Cast

WIRE = Scan(b"\xff\xd8\xff a wire", "wire.jpg")
BACKEND = "django.contrib.auth.backends.ModelBackend"


class Peopled(Protocol):
    """The cast, or an organisation that was founded: its people by login."""

    @property
    def people(self) -> dict[str, Person]: ...


def browser(here: Peopled, login: str, **more: bool) -> Client:
    """A browser in which that person is logged in."""
    client = Client(**more)  # type: ignore[arg-type]  # Django's own keywords
    client.force_login(here.people[login], backend=BACKEND)
    return client


def at_the_pc(cast: Cast, login: str) -> Client:
    """The same at 中央警察署's own management PC, which is enrolled for it."""
    place, by = "警察署地域課執務室", cast.as_actor("suzuki")
    terminal, code = prepare_terminal(
        cast.station, name="PC", place=place, wire_checked_on=clock.today(), photo=WIRE, by=by
    )
    client = browser(cast, login)
    client.cookies[SEAT_COOKIE] = enrol_terminal(terminal, code, by=by)
    return client


def kinds_written() -> list[str]:
    """The kinds of all ledger lines, oldest first."""
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))
