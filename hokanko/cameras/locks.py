"""The password that opens a camera's storage (police-7.1.1-lock): kept sealed, told to nobody."""

from __future__ import annotations

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.cameras.sealed import place_of_camera
from hokanko.errors import Conflict
from hokanko.keyring.texts import open_text, sealer
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require, rules_at
from hokanko.rules.verb import verb

COLUMN = "storage_password"


@verb("camera.register")
def enter_password(camera: Camera, password: str, *, by: Actor) -> None:
    """Keep the password that was set in the camera; who may register it may enter this."""
    permit = require(
        by,
        "camera.register",
        thing_of_org(camera.org),
        outside_premises=False,
        display_only=False,
    )
    if not password:
        raise Conflict("パスワードが空です。", "The password is empty.")
    camera.storage_password = sealer()(password.encode(), place_of_camera(camera, COLUMN))
    camera.save(update_fields=[COLUMN])
    permit.write("camera.locked", about=thing(camera).name, facts={"number": camera.number})


def password_of(camera: Camera) -> bytes | None:
    """What opens its storage; None where none was entered. Raises Unsound when altered."""
    if camera.storage_password is None:
        return None
    return open_text(bytes(camera.storage_password), place_of_camera(camera, COLUMN))


def must_be_locked(org: Organisation) -> bool:
    """Whether the rules in force want recordings locked in the camera."""
    rules = rules_at(org.pk)
    return bool(rules.book.effective(rules.values)["device.storage_lock"])
