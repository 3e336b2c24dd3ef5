"""How well a network camera is locked: tried as a stranger would, with what vendors deliver."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.certificates import certificate_at, is_secured
from hokanko.cameras.models import Camera
from hokanko.cameras.onvif import Device, device_address
from hokanko.cameras.passwords import is_weak
from hokanko.cameras.recorded import stream_password
from hokanko.cameras.trial import ASKED, SHOWN, described
from hokanko.errors import Conflict

FAULTS = {
    "openly": _("認証なしで映像が見えます"),
    "weak": _("登録したパスワードが、短いか、よく知られたものです"),
    "delivered": _("出荷時の利用者名とパスワードで映像が見えます"),
    "clock": _("時計が60秒より大きくずれています"),
    "another": _("証明書が、確かめたものと違います"),
}
# As the makers' own manuals have them. At most two a user, so that no camera locks itself.
DELIVERED = (
    ("admin", "admin"),
    ("admin", "12345"),
    ("root", "root"),
    ("root", "pass"),
    ("service", "service"),
    ("888888", "888888"),
    ("666666", "666666"),
    ("user", "user"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one camera. None is for what could not be tried."""

    openly: bool | None = None  # shows itself without credentials
    accepted: bool | None = None  # the user and password on record are the right ones
    weak: bool = False  # the password on record is one that strangers try first
    delivered: str = ""  # the user with whose password as delivered it lets strangers in
    stopped: bool = False  # it answered otherwise than by asking again: no more was tried
    ahead: timedelta | None = None  # its clock against ours
    another: bool = False  # shows a certificate that nobody confirmed


def look(camera: Camera) -> Seen:
    """Try the camera over its network; nothing is written. It may take some seconds."""
    return replace(_tried(camera), ahead=_ahead(camera), another=_shows_another(camera))


def _tried(camera: Camera) -> Seen:
    try:
        openly = described(camera.stream_url)
    except Conflict:
        return Seen(weak=_is_weak(camera))
    if openly == SHOWN:
        return Seen(openly=True, weak=_is_weak(camera))
    if openly != ASKED:
        return Seen(openly=False, weak=_is_weak(camera), stopped=True)
    accepted = _is_accepted(camera)
    delivered, stopped = _as_delivered(camera)
    return Seen(
        openly=False,
        accepted=accepted,
        weak=_is_weak(camera),
        delivered=delivered,
        stopped=stopped,
    )


def _is_weak(camera: Camera) -> bool:
    password = stream_password(camera)
    return bool(camera.stream_user) and is_weak(password, camera)


def _is_accepted(camera: Camera) -> bool | None:
    """Whether the credentials on record are the right ones; None without any."""
    if not camera.stream_user:
        return None
    with suppress(Conflict):
        who = (camera.stream_user, stream_password(camera))
        return described(camera.stream_url, *who, camera.stream_certificate) == SHOWN
    return None


def _shows_another(camera: Camera) -> bool:
    """Whether its stream or its device shows, over TLS, what nobody confirmed."""
    trusted = {
        camera.stream_url: camera.stream_certificate,
        camera.device_url: camera.device_certificate,
    }
    for url, certificate in trusted.items():
        with suppress(Conflict):  # silent is not another
            if is_secured(url) and certificate_at(url) != certificate:
                return True
    return False


def _as_delivered(camera: Camera) -> tuple[str, bool]:
    """The first user whose delivered password is taken, and whether trying was stopped.

    What is on record needs no trying: its password is known to be another, or to be that one.
    """
    known = (camera.stream_user, stream_password(camera))
    if known in DELIVERED:
        return camera.stream_user, False
    for user, password in DELIVERED:
        if user == camera.stream_user:
            continue
        try:
            status = described(camera.stream_url, user, password)
        except Conflict:
            return "", True
        if status == SHOWN:
            return user, False
        if status != ASKED:  # 403, 423, 429, 503: it locks, or is about to
            return "", True
    return "", False


def _ahead(camera: Camera) -> timedelta | None:
    """Its clock against this machine's own, a rehearsal's moved hours left out."""
    with suppress(Conflict):
        return device_of(camera).measure() + clock.offset()
    return None


def device_of(camera: Camera) -> Device:
    """The device of a camera, with the credentials on record. Raises Conflict without one."""
    if not camera.device_url:
        raise Conflict(
            "このカメラの機器（ONVIF）は、まだ分かっていません。",
            "The device of this camera is not known yet.",
            mend_ja="「回線からカメラを探す」で、機器を選んでください。",
            mend_en="Choose the device on the page that looks for cameras.",
        )
    if urlsplit(camera.device_url).hostname != urlsplit(camera.stream_url).hostname:
        who = ("", "")  # no other device is shown its password
    else:
        who = (camera.stream_user, stream_password(camera))
    return Device(camera.device_url, *who, camera.device_certificate)


def known_certificate(camera: Camera, address: str) -> str:
    """The certificate that a person confirmed of the device at this address; empty for none."""
    old, new = urlsplit(camera.device_url), urlsplit(device_address(address))
    same = (old.scheme, old.hostname, old.port) == (new.scheme, new.hostname, new.port)
    return camera.device_certificate if same else ""
