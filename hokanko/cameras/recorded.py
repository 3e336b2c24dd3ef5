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

SCHEMES = {"rtsp": 554, "rtsps": 322}  # RFC 7826 §4.2
STREAM = "stream_password"


def running(org: Organisation) -> QuerySet[Camera]:
    """The cameras of an organisation that are to record now."""
    return (
        Camera.objects.filter(
            org=org, kind=FIXED, retired_at=None, ended_at=None, display_only=False
        )
        .exclude(activated_at=None)
        .exclude(stream_url="")
        .order_by("number")
    )


def address_of(camera: Camera) -> str:
    """Its address with credentials and the host as a number: the recorder's cell asks no resolver.

    Raises Conflict for a host that nobody knows or that is not of one's own network.
    """
    url = urlsplit(camera.stream_url)
    user = quote(camera.stream_user, safe="")
    if camera.stream_password is not None:
        plain = open_text(bytes(camera.stream_password), place_of_camera(camera, STREAM))
        user += ":" + quote(plain.decode(), safe="")
    host = _number(url.hostname or "")
    at = f"[{host}]" if ":" in host else host
    port = url.port or SCHEMES[url.scheme]
    return url._replace(netloc=f"{user}@{at}:{port}" if user else f"{at}:{port}").geturl()


def _number(host: str) -> str:
    try:
        found = str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
    except OSError as unknown:
        raise no_address() from unknown
    if not ipaddress.ip_address(found).is_private:
        raise no_address()
    return found


def no_address() -> Conflict:
    """An address at which no camera can be, or none of ours."""
    return Conflict(
        "カメラのアドレスとして使えません。",
        "This is no address of a camera.",
        mend_ja="rtsp:// で始まる、同じ回線の中のアドレスを、パスワードを含めずに入れてください。",
        mend_en="Enter an rtsp:// address in your own network, without the password in it.",
    )
