"""Where a network camera streams, and with which credentials: kept sealed, shown to nobody."""

from __future__ import annotations

from hokanko.cameras.jobs import EXAMINE
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.cameras.recorded import STREAM, insist_address, same_device
from hokanko.cameras.sealed import place_of_camera
from hokanko.errors import Conflict
from hokanko.jobs.queue import put_off
from hokanko.keyring.texts import sealer
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.site")
def connect(
    camera: Camera,
    url: str,
    *,
    user: str = "",
    password: str = "",
    keep: bool = False,
    sound: bool = False,
    by: Actor,
) -> None:
    """Enter where it streams. Sound is recorded only where somebody asked for it.

    `keep` leaves the password as it was entered before. Raises Conflict for an address that is no
    `rtsp://` one, or that holds the password itself, and for a password kept for another device.
    """
    permit = require(
        by,
        "camera.site",
        thing(camera),
        outside_premises=False,
        display_only=False,
        settings=True,
        closed_place=False,
    )
    insist_address(url)
    if keep and not same_device(camera, url, user):
        raise _password_anew()
    before = camera.stream_url
    camera.stream_url, camera.stream_user, camera.stream_sound = url, user, sound
    if not keep:
        camera.stream_password = (
            sealer()(password.encode(), place_of_camera(camera, STREAM)) if password else None
        )
    camera.save(update_fields=["stream_url", "stream_user", "stream_sound", STREAM])
    permit.write(
        "camera.connected",
        facts={
            "number": camera.number,
            "address": url,
            "before": before,
            "credentials": camera.stream_password is not None,
            "sound": sound,
        },
    )
    put_off(EXAMINE, pk=str(camera.pk))


def _password_anew() -> Conflict:
    return Conflict(
        "送り元の機器か利用者名が変わっています。前のパスワードは送りません。",
        "The device or the user is another one. The password entered before is not sent there.",
        mend_ja="パスワードをもう一度入力してください。",
        mend_en="Enter the password again.",
    )
