"""The one verb of a rehearsal: moving its clock."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.people.models import Appointment
from hokanko.people.queries import HOME_THING
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.models import Adoption
from hokanko.rules.verb import verb


@verb("clock.move")
def move_clock(step: timedelta, *, by: Actor) -> None:
    """Move a rehearsal's clock; a real home never can (I11).

    Back it goes only before the first footage: what has been promised a day keeps its day.
    """
    permit = require(by, "clock.move", HOME_THING, rehearsal=clock.is_rehearsal())
    if step < timedelta() and Footage.objects.exists():
        raise Conflict(
            "映像を取り込んだ後は、時計を戻せません。",
            "The clock does not run backwards once there is footage.",
            mend_ja="新しい練習用の保管庫を作ってください。",
            mend_en="Make a new rehearsal home.",
        )
    clock.move(step)
    if step < timedelta():  # who was appointed before is still appointed: the past moves along
        Appointment.objects.update(since=F("since") + step)
        Adoption.objects.update(since=F("since") + step)
    permit.write("clock.moved", facts={"to": clock.iso(clock.now())})
