"""Verbs of the recorder: a camera fell silent, it is heard again, an hour is stated."""

from __future__ import annotations

from datetime import datetime

from hokanko import clock
from hokanko.cameras.models import Camera, Silence
from hokanko.cameras.queries import thing
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.recorder.hours import KIND, measure
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.permit import Permit
from hokanko.rules.verb import verb


@verb("intake.silence")
def fall_silent(camera: Camera, cause: str, *, since: datetime | None = None, by: Actor) -> None:
    """Begin a silence, if none lasts already; `cause` is what the machine saw.

    `since`: its last bytes, where there were any.
    """
    permit = require(by, "intake.silence", thing_of_org(camera.org))
    silence, new = Silence.objects.get_or_create(
        camera=camera, until=None, defaults={"since": since or clock.now(), "cause": cause[:40]}
    )
    if new:
        _write_begun(silence, permit)


@verb("intake.silence")
def speak_again(camera: Camera, *, at: datetime | None = None, by: Actor) -> None:
    """End the silence that lasts, at this moment or when its first bytes were kept."""
    permit = require(by, "intake.silence", thing_of_org(camera.org))
    silence = Silence.objects.filter(camera=camera, until=None).first()
    if silence is None:
        return
    silence.until = max(silence.since, at or clock.now())
    silence.save(update_fields=["until"])
    _write_ended(silence, permit)


@verb("intake.silence")
def write_late(silence: Silence, *, by: Actor) -> None:
    """The lines of a silence that could not be written when it began or ended."""
    permit = require(by, "intake.silence", thing_of_org(silence.camera.org))
    begun, ended = silence.begun_owed, silence.end_owed
    silence.begun_owed = silence.end_owed = False
    silence.save(update_fields=["begun_owed", "end_owed"])
    if begun:
        _write_begun(silence, permit)
    if ended:
        _write_ended(silence, permit)


def _write_begun(silence: Silence, permit: Permit) -> None:
    permit.write(
        "camera.fell_silent",
        about=thing(silence.camera).name,
        facts={
            "number": silence.camera.number,
            "cause": silence.cause,
            "since": clock.iso(silence.since),
        },
    )


def _write_ended(silence: Silence, permit: Permit) -> None:
    assert silence.until is not None
    permit.write(
        "camera.spoke_again",
        about=thing(silence.camera).name,
        facts={
            "number": silence.camera.number,
            "since": clock.iso(silence.since),
            "until": clock.iso(silence.until),
        },
    )


@verb("intake.silence")
def state_hour(org: Organisation, begun: datetime, *, by: Actor) -> None:
    """Write how much was recorded in the hour from that moment."""
    permit = require(by, "intake.silence", thing_of_org(org))
    hour = measure(org, begun)
    permit.write(
        KIND,
        facts={
            "from": clock.iso(begun),
            "cameras": hour.cameras,
            "seconds": hour.seconds,
            "wanted": hour.due,
            "short": list(hour.short),
        },
    )
