"""A phone with an authenticator app on it, for tests: it shows the code of this moment."""

from __future__ import annotations

from base64 import b32decode
from typing import Any

from django.test import Client

from hokanko import clock
from hokanko.keyring.onetime import hotp, step_of
from hokanko.people.proving import set_factor
from hokanko.people.queries import actor
from hokanko.rehearsal.cast import Cast
from tests.fixtures import PASSWORD

SECRET = b"12345678901234567890"


def shown(secret: bytes = SECRET, *, later: int = 0) -> str:
    """What the app shows now, or so many steps later."""
    return hotp(secret, step_of(clock.unmoved()) + later)


def equip(cast: Cast, login: str) -> tuple[str, ...]:
    """Set a second factor up for that member of the cast; gives the recovery codes."""
    person = cast.people[login]
    codes = set_factor(person, SECRET, shown(later=-1), by=actor(person))
    person.refresh_from_db()
    return codes


def secret_on(page: str) -> bytes:
    """The secret as the page spells it for apps that cannot scan."""
    spelled = page.split('<p class="code">')[1].split("</p>")[0].replace(" ", "").strip()
    return b32decode(spelled + "=" * (-len(spelled) % 8))


def enter(client: Client, login: str, code: str = "", **more: Any) -> str:
    """Where password and then code lead to; "" where the door stays shut."""
    said = {"login": login, "password": PASSWORD}
    to = client.post("/login/", said, **more).headers.get("Location", "")
    if to != "/login/code/":
        return to
    answer = client.post(to, {"code": code}, **more)
    return answer.headers.get("Location", "")
