"""Verbs of cameras: register, check out."""

from __future__ import annotations

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.errors import Conflict
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.register")
def register(org: Organisation, *, number: str, serial: str, kind: str, by: Actor) -> Camera:
    """Register a camera: only footage of registered ones is accepted (police-2.1)."""
    permit = require(by, "camera.register", thing_of_org(org))
    if Camera.objects.filter(org=org, number=number).exists():
        raise Conflict(
            f"カメラ番号「{number}」はもう登録されています。",
            f"Camera {number} is registered already.",
        )
    camera = Camera.objects.create(
        org=org, number=number, serial=serial, kind=kind, registered_at=clock.now()
    )
    permit.write(
        "camera.registered",
        about=thing(camera).name,
        facts={"number": number, "serial": serial, "kind": kind},
    )
    return camera


@verb("camera.issue")
def issue(camera: Camera, holder: Person, *, by: Actor) -> None:
    """Record that a wearer takes the camera out (police-4.1-log)."""
    permit = require(by, "camera.issue", thing(camera), holder_trained=holder.trainings.exists())
    camera.holder = holder
    camera.save(update_fields=["holder"])
    permit.write("camera.issued", facts={"number": camera.number, "holder": str(holder.pk)})
