"""Verbs of the recorder: a camera fell silent, and it is heard again."""

from __future__ import annotations

from hokanko import clock
from hokanko.cameras.models import Camera, Silence
from hokanko.cameras.queries import thing
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("intake.silence")
def fall_silent(camera: Camera, cause: str, *, by: Actor) -> None:
    """Begin a silence, if none lasts already; `cause` is what the machine saw."""
    permit = require(by, "intake.silence", thing_of_org(camera.org))
    silence, new = Silence.objects.get_or_create(
        camera=camera, until=None, defaults={"since": clock.now(), "cause": cause[:40]}
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
