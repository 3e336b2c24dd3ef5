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
        permit.write(
            "camera.fell_silent",
            about=thing(camera).name,
            facts={"number": camera.number, "cause": silence.cause},
        )


@verb("intake.silence")
def speak_again(camera: Camera, *, by: Actor) -> None:
    """End the silence that lasts."""
    permit = require(by, "intake.silence", thing_of_org(camera.org))
    silence = Silence.objects.filter(camera=camera, until=None).first()
    if silence is None:
        return
    silence.until = clock.now()
    silence.save(update_fields=["until"])
    permit.write(
        "camera.spoke_again",
        about=thing(camera).name,
        facts={"number": camera.number, "since": clock.iso(silence.since)},
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
