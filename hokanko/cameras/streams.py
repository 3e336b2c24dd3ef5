"""Where a network camera streams, and with which credentials: kept sealed, shown to nobody."""

from __future__ import annotations

from hokanko.cameras.certificates import is_secured
from hokanko.cameras.jobs import EXAMINE
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.cameras.recorded import STREAM, insist_address, same_device
from hokanko.cameras.sealed import place_of_camera
from hokanko.errors import Conflict
from hokanko.jobs.queue import put_off
from hokanko.keyring.texts import sealer
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter, require
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
    certificate: str = "",
    by: Actor,
) -> None:
    """Enter where it streams. Sound is recorded only where somebody asked for it.

    `keep` leaves the password as it was entered before; `certificate` is the SHA-256, in hex, that
    a person saw and confirmed of a camera that streams over TLS. Raises Conflict for an address
    that is no `rtsp://` one, or that holds the password itself, for a password kept for another
    device, for TLS without a certificate, and for sound where the rulebook in force has none.
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
    if sound and not parameter(camera.org_id, "capture.audio"):
        raise _no_sound()
    if is_secured(url) and not certificate:
        raise _unconfirmed()
    before, trusted = camera.stream_url, camera.stream_certificate
    camera.stream_certificate = certificate if is_secured(url) else ""
    camera.stream_url, camera.stream_user, camera.stream_sound = url, user, sound
    if not keep:
        camera.stream_password = (
            sealer()(password.encode(), place_of_camera(camera, STREAM)) if password else None
        )
    told = ["stream_url", "stream_user", "stream_sound", "stream_certificate"]
    camera.save(update_fields=[*told, STREAM])
    permit.write(
        "camera.connected",
        facts={
            "number": camera.number,
            "address": url,
            "before": before,
            "credentials": camera.stream_password is not None,
            "sound": sound,
            "certificate": camera.stream_certificate,
            "certificate_before": trusted,
        },
    )
    put_off(EXAMINE, pk=str(camera.pk))


def _no_sound() -> Conflict:
    return Conflict(
        "この組織の規程では、音を録りません。",
        "By the rules of this organisation no sound is recorded.",
        mend_ja="要るときは、「音声の記録」を行うと定めた版を作り、表示板にも明示してください。",
        mend_en="If it is needed, adopt an edition that records sound, and state it on the signs.",
    )


def _unconfirmed() -> Conflict:
    return Conflict(
        "このカメラの証明書を、まだ誰も確かめていません。",
        "Nobody has confirmed the certificate of this camera yet.",
        mend_ja="示された指紋を機器の画面と見比べて、確かめたものを登録してください。",
        mend_en="Compare the fingerprint shown with the device's own page, and enter it.",
    )


def _password_anew() -> Conflict:
    return Conflict(
        "送り元の機器か利用者名が変わっています。前のパスワードは送りません。",
        "The device or the user is another one. The password entered before is not sent there.",
        mend_ja="パスワードをもう一度入力してください。",
        mend_en="Enter the password again.",
    )
