"""Trying a camera as a stranger would: does it show its pictures without credentials?"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from hokanko.errors import Conflict

SECONDS = 3.0
PORT = 554
SHOWN, BARRED = b"200", (b"401", b"403")


def streams_openly(address: str) -> bool:
    """Whether an RTSP camera describes its stream (RFC 2326, DESCRIBE) to anybody who asks.

    Raises Conflict for what is no `rtsp://` address in one's own network, or does not answer so.
    """
    url = urlsplit(address)
    if url.scheme != "rtsp" or url.username or not url.hostname:
        raise _no_answer()
    asked = f"DESCRIBE {address} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n"
    if not asked.isascii() or asked.count("\r\n") != asked.count("\n"):
        raise _no_answer()
    try:
        at = (_own_network(url.hostname), url.port or PORT)
        with socket.create_connection(at, timeout=SECONDS) as line:
            line.settimeout(SECONDS)
            line.sendall(asked.encode())
            said = line.recv(64).split(b" ")
    except (OSError, ValueError) as silent:
        raise _no_answer() from silent
    code = said[1][:3] if said[0].startswith(b"RTSP/") and len(said) > 1 else b""
    if code != SHOWN and code not in BARRED:
        raise _no_answer()
    return code == SHOWN


def _own_network(host: str) -> str:
    """The address of a host; only of one's own network, so that no page probes the world."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]
    if not ipaddress.ip_address(found).is_private:
        raise ValueError(host)
    return str(found)


def _no_answer() -> Conflict:
    return Conflict(
        "このアドレスのカメラを試せませんでした。",
        "The camera at this address could not be tried.",
        mend_ja="同じ回線にあるか、rtsp:// で始まるか、電源が入っているかを確かめてください。",
        mend_en="Check its rtsp:// address in your own network, and that it is switched on.",
    )
