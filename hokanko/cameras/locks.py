"""The password that opens a camera's storage (police-7.1.1-lock): kept sealed, told to nobody."""

from __future__ import annotations

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import setting, thing
from hokanko.cameras.sealed import OPENS, place_of_camera
from hokanko.errors import Conflict
from hokanko.keyring.texts import sealer
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.profile")
def enter_password(camera: Camera, password: str, *, by: Actor) -> None:
    """Keep the password that was set in the camera; who may set it up may enter this."""
    permit = require(by, "camera.profile", thing(camera), **setting(camera, by))
    if not password:
        raise Conflict("パスワードが空です。", "The password is empty.")
    camera.storage_password = sealer()(password.encode(), place_of_camera(camera, OPENS))
    camera.save(update_fields=[OPENS])
    permit.write("camera.locked", about=thing(camera).name, facts={"number": camera.number})
