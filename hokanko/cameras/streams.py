"""Where a network camera streams, and with which credentials: kept sealed, shown to nobody."""

from __future__ import annotations

from urllib.parse import urlsplit

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.cameras.recorded import SCHEMES, STREAM, no_address
from hokanko.cameras.sealed import place_of_camera
from hokanko.keyring.texts import sealer
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("camera.site")
def connect(
    camera: Camera, url: str, *, user: str = "", password: str = "", sound: bool = False, by: Actor
) -> None:
    """Enter where it streams. Sound is recorded only where somebody asked for it.

    Raises Conflict for an address that is no `rtsp://` one, or that holds the password itself.
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
    _insist_address(url)
    before = camera.stream_url
    camera.stream_url, camera.stream_user, camera.stream_sound = url, user, sound
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
            "credentials": bool(password),
            "sound": sound,
        },
    )


def _insist_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in SCHEMES and parts.hostname and parts.port != 0
    except ValueError as odd:
        raise no_address() from odd
    if not fits or parts.username or not url.isascii() or any(c.isspace() for c in url):
        raise no_address()
