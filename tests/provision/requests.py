"""A request form as 伊藤 fills it in, and the steps that bring it to the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.provision.actions import ask, enter, grant
from hokanko.provision.form import MEDIUM, Form
from hokanko.provision.models import Provision
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON

NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=clock.TOKYO)  # a Tuesday, before 08:30
MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=clock.TOKYO)


def form(cast: Cast, **changes: object) -> Form:
    """A form with nothing left out, asking for the video on a medium."""
    whole = Form(
        outline="交差点で自転車と歩行者が接触した事案",
        happened_from=NOON,
        happened_until=NOON + timedelta(minutes=20),
        wearer=cast.people["sato"],
        wants=[MEDIUM],
        purposes=["ウ"],
        purpose_note="",
        telephone="2-3456",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def asked(cast: Cast, **changes: object) -> Provision:
    """Submitted by 伊藤."""
    ito = cast.people["ito"]
    return ask(cast.station, form(cast, **changes), ito, by=cast.as_actor("ito"))


def granted(cast: Cast, **changes: object) -> Provision:
    """Granted by 鈴木 on ground ウ."""
    provision = asked(cast, **changes)
    grant(provision, cast.people["suzuki"], "ウ", by=cast.as_actor("suzuki"))
    return provision


def entered(cast: Cast, footage: Footage, *stills_ms: int, **changes: object) -> Provision:
    """Entered by 田中 with one piece of footage."""
    provision = granted(cast, **changes)
    enter(provision, cast.people["tanaka"], [(footage, stills_ms)], by=cast.as_actor("tanaka"))
    return provision
