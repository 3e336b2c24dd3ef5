"""The one verb of a rehearsal: moving its clock."""

from __future__ import annotations

from datetime import timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.ledger.append import append
from hokanko.people.queries import HOME_THING
from hokanko.rules.actor import HOME, Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("clock.move")
def move_clock(step: timedelta, *, by: Actor) -> None:
    """Move a rehearsal's clock on; a real home never can (I11), and no clock runs backwards."""
    permit = require(by, "clock.move", HOME_THING, rehearsal=clock.is_rehearsal())
    if step < timedelta():
        raise Conflict(
            "時計は戻せません。",
            "A clock does not run backwards.",
            mend_ja="新しい練習用の保管庫を作ってください。",
            mend_en="Make a new rehearsal home.",
        )
    clock.move(step)
    append(
        "clock.moved",
        by=by,
        org=HOME,
        about=HOME_THING.name,
        clause=permit.clause,
        facts={"to": clock.iso(clock.now())},
    )
