"""Silences as the recorder notes them: kept even while no rulebook in force can be asked.

The files of a rulebook that was adopted may have been altered since; then no verb acts. That a
camera is silent is a fact all the same: its row is kept, watchers are told, and the line follows
with the time at which it was, once somebody has put the rulebook right.
"""

from __future__ import annotations

import logging
from datetime import datetime

from hokanko import clock
from hokanko.cameras.models import Camera, Silence
from hokanko.errors import HokankoError
from hokanko.people.models import Organisation
from hokanko.recorder.actions import fall_silent, speak_again, write_late
from hokanko.rules.actor import Actor

log = logging.getLogger(__name__)


def note_silent(camera: Camera, cause: str, *, since: datetime | None, by: Actor) -> None:
    """It fell silent, by the rulebook, or until it can be asked without it."""
    try:
        fall_silent(camera, cause, since=since, by=by)
    except HokankoError as error:
        log.warning("%s: %s", camera.number, error.en)
        Silence.objects.get_or_create(
            camera=camera,
            until=None,
            defaults={"since": since or clock.now(), "cause": cause[:40], "begun_owed": True},
        )


def note_heard(camera: Camera, *, at: datetime | None = None, by: Actor) -> None:
    """It is heard again, since `at` or this moment."""
    at = at or clock.now()
    try:
        speak_again(camera, at=at, by=by)
    except HokankoError as error:
        log.warning("%s: %s", camera.number, error.en)
        Silence.objects.filter(camera=camera, until=None).update(until=at, end_owed=True)


def pay(org: Organisation, *, by: Actor) -> None:
    """Write the lines that are owed. Raises what the rulebook says, while it cannot be asked."""
    mine = Silence.objects.filter(camera__org=org).select_related("camera__org")
    for row in (mine.filter(begun_owed=True) | mine.filter(end_owed=True)).order_by("since", "pk"):
        write_late(row, by=by)
