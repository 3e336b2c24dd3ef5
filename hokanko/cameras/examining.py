"""The verb that keeps what an examination of a camera found, as dated facts."""

from __future__ import annotations

from uuid import UUID

from hokanko import clock
from hokanko.cameras.hygiene import Seen
from hokanko.cameras.models import Camera, Examination
from hokanko.cameras.queries import thing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.examine")
def note(camera: Camera, seen: Seen, *, by: Actor) -> Examination:
    """Keep what was seen. A password found good counts as checked; a bad one no longer does."""
    permit = require(by, "camera.examine", thing(camera))
    made = Examination.objects.create(
        camera=camera,
        address=camera.stream_url,
        at=clock.now(),
        by_id=_person(by),
        openly=seen.openly,
        accepted=seen.accepted,
        weak=seen.weak,
        delivered=seen.delivered,
        stopped=seen.stopped,
        ahead_s=None if seen.ahead is None else round(seen.ahead.total_seconds()),
        another=seen.another,
    )
    if seen.openly is not None:
        camera.streams_openly = seen.openly
    if made.is_exposed:
        camera.password_checked_on = None
    elif made.accepted:
        camera.password_checked_on = clock.today()
    camera.save(update_fields=["streams_openly", "password_checked_on"])
    permit.write(
        "camera.examined",
        facts={
            "number": camera.number,
            "openly": seen.openly,
            "accepted": seen.accepted,
            "weak": seen.weak,
            "as_delivered": bool(seen.delivered),
            "stopped": seen.stopped,
            "ahead_s": made.ahead_s,
            "another": seen.another,
        },
    )
    return made


def _person(by: Actor) -> UUID | None:
    """Who examined it; None for the program's own."""
    try:
        return UUID(by.id)
    except ValueError:
        return None
