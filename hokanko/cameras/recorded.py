"""Which cameras are to be recorded now, and at what address."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import quote, urlsplit

from django.db.models import QuerySet

from hokanko.cameras.models import Camera
from hokanko.cameras.queries import FIXED
from hokanko.cameras.sealed import place_of_camera
from hokanko.errors import Conflict
from hokanko.keyring.texts import open_text
from hokanko.people.models import Organisation
from hokanko.rules.decide import parameter

SCHEMES = {"rtsp": 554, "rtsps": 322}  # RFC 7826 §4.2
STREAM = "stream_password"


def running(org: Organisation) -> QuerySet[Camera]:
    """The cameras of an organisation that are to record now."""
    return _running().filter(org=org).order_by("number")


def organisations() -> list[str]:
    """The organisations with cameras that are to record now, by code."""
    return sorted(set(_running().values_list("org_id", flat=True)))


def _running() -> QuerySet[Camera]:
    alive = Camera.objects.filter(kind=FIXED, retired_at=None, ended_at=None, display_only=False)
    return alive.exclude(activated_at=None).exclude(stream_url="")


def takes_sound(camera: Camera) -> bool:
    """Whether its sound is recorded too: asked for, and by the rulebook in force allowed."""
    return camera.stream_sound and bool(parameter(camera.org_id, "capture.audio"))


def address_of(camera: Camera) -> str:
    """Its address with credentials and the host as a number: the recorder's cell asks no resolver.

    Raises Conflict for a host that nobody knows or that is not of one's own network.
    """
    return addressed(camera.stream_url, camera.stream_user, stream_password(camera))


def stream_password(camera: Camera) -> str:
    """The password with which it streams; empty where none was entered."""
    if camera.stream_password is None:
        return ""
    return open_text(bytes(camera.stream_password), place_of_camera(camera, STREAM)).decode()


def addressed(address: str, user: str, password: str) -> str:
    """An address with these credentials in it. Raises Conflict as `address_of` does."""
    url = urlsplit(address)
    who = quote(user, safe="")
    if password:
        who += ":" + quote(password, safe="")
    host = _number(url.hostname or "")
    at = f"[{host}]" if ":" in host else host
    port = url.port or SCHEMES[url.scheme]
    return url._replace(netloc=f"{who}@{at}:{port}" if who else f"{at}:{port}").geturl()


def _number(host: str) -> str:
    try:
        found = str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
    except OSError as unknown:
        raise no_address() from unknown
    if not ipaddress.ip_address(found).is_private:
        raise no_address()
    return found


def same_device(camera: Camera, url: str, user: str) -> bool:
    """Whether its password may be sent there unseen: the host, the port and the user it is for."""
    old, new = urlsplit(camera.stream_url), urlsplit(url)
    there = (new.scheme, new.hostname, new.port, user)
    return (old.scheme, old.hostname, old.port, camera.stream_user) == there


def insist_address(url: str) -> None:
    """Raises Conflict for what is no `rtsp://` address, or holds a password."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in SCHEMES and parts.hostname and parts.port != 0
    except ValueError as odd:
        raise no_address() from odd
    if not fits or parts.username or not url.isascii() or any(c.isspace() for c in url):
        raise no_address()


def no_address() -> Conflict:
    """An address at which no camera can be, or none of ours."""
    return Conflict(
        "カメラのアドレスとして使えません。",
        "This is no address of a camera.",
        mend_ja="rtsp:// で始まる、同じ回線の中のアドレスを、パスワードを含めずに入れてください。",
        mend_en="Enter an rtsp:// address in your own network, without the password in it.",
    )
