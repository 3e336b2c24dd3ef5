"""The verb that proves retention, camera by camera: as old as promised, and none older."""

from __future__ import annotations

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.retention.proved import PROVED, gone_early, oldest, too_old
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("retention.prove")
def prove(camera: Camera, days: int, *, by: Actor) -> None:
    """Write down how old its footage is, what outlived its day, and what died before it."""
    permit = require(by, "retention.prove", thing(camera))
    first = oldest(camera)
    permit.write(
        PROVED,
        facts={
            "number": camera.number,
            "promised_days": days,
            "held_days": (clock.today() - first).days + 1 if first else 0,
            "oldest": first.isoformat() if first else "",
            "too_old": too_old(camera).count(),
            "gone_early": gone_early(camera).count(),
        },
    )
