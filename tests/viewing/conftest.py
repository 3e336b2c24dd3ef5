"""A management PC in the unit, footage with a capture time, and the steps to a picture."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.intake.actions import note_facts
from hokanko.intake.facts import Seen
from hokanko.people.door import SEAT_COOKIE
from hokanko.people.enrol import enrol_terminal, prepare_terminal
from hokanko.people.queries import actor, seat
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import Actor, machine
from hokanko.viewing import actions
from hokanko.viewing.models import Viewing
from tests.web.visitors import WIRE, browser

PLACE = "警察署地域課執務室"
NATIVE = {
    "container": "mp4",
    "playable": "native",
    "streams": [{"kind": "video", "codec": "h264", "pix_fmt": "yuv420p", "fps": 10.0}],
    "problems": [],
}


@dataclass(frozen=True, slots=True)
class Desk:
    """One unit with a management PC, and the ways its people come to a picture."""

    cast: Cast
    footage: Footage
    secret: str

    def at(self, login: str) -> Actor:
        """The person, sitting at the management PC."""
        return actor(self.cast.people[login], seat=seat(self.secret))

    def client(self, login: str, *, seated: bool = True) -> Client:
        """The person's browser, on the management PC or somewhere else."""
        found = browser(self.cast, login)
        if seated:
            found.cookies[SEAT_COOKIE] = self.secret
        return found

    def asked(self, login: str, purposes: tuple[str, ...] = ("ア",), note: str = "") -> Viewing:
        """A viewing that this person has asked for."""
        person = self.cast.people[login]
        return actions.ask(self.footage, person, purposes, note, by=self.at(login))

    def approved(self, login: str, designated: str = "") -> Viewing:
        """The same, approved by the supervisor."""
        viewing = self.asked(login)
        actions.approve(
            viewing,
            self.cast.people["takahashi"],
            designated=self.cast.people.get(designated),
            by=self.at("takahashi"),
        )
        return viewing

    def opened(self, login: str, attendant: str = "") -> Viewing:
        """A room with the picture open; an attendant is needed for everyone but three posts."""
        if not attendant:
            viewing = self.asked(login)
        else:
            viewing = self.approved(login)
            actions.attend(viewing, self.cast.people[attendant], by=self.at(attendant))
        actions.open_room(viewing, by=self.at(login))
        return viewing


@pytest.fixture
def desk(cast: Cast, footage: Footage) -> Desk:
    """中央警察署 with its management PC and one piece of filed footage."""
    terminal, code = prepare_terminal(
        cast.station,
        name="管理用パソコン1",
        place=PLACE,
        wire_checked_on=clock.today(),
        photo=WIRE,
        by=cast.as_actor("suzuki"),
    )
    secret = enrol_terminal(terminal, code, by=cast.as_actor("suzuki"))
    seen = Seen(NATIVE, (), clock.now(), "申述", 60_000, cast.people["sato"])
    note_facts(footage, seen, by=machine("intake", cast.station.pk))
    return Desk(cast, footage, secret)
