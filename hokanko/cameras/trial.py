"""Trying a camera as a stranger would: does it show its pictures without credentials?"""

from __future__ import annotations

import io
import socket
from contextlib import closing
from http.client import HTTPException, parse_headers
from urllib.parse import urlsplit

from hokanko.cameras.certificates import is_secured, secured, unjudged
from hokanko.cameras.digest import proof
from hokanko.cameras.nearby import bounded, own_number
from hokanko.cameras.recorded import SCHEMES
from hokanko.errors import Conflict

SECONDS = 3.0
BODY_MOST = 64_000  # bytes of a refusal's body that are passed over
SHOWN, ASKED, FORBIDDEN = 200, 401, 403


def streams_openly(address: str) -> bool:
    """Whether an RTSP camera describes its stream (RFC 2326, DESCRIBE) to anybody who asks.

    Raises Conflict for what is no address in one's own network, or does not answer so.
    """
    status = described(address)
    if status not in (SHOWN, ASKED, FORBIDDEN):
        raise _no_answer()
    return status == SHOWN


def described(address: str, user: str = "", password: str = "", certificate: str = "") -> int:
    """The status with which a camera answers DESCRIBE, with these credentials if it asks for any.

    With a `certificate` (SHA-256, in hex) nothing is said over TLS to what shows another.

    Raises Conflict where nothing is there that speaks RTSP.
    """
    try:
        url = urlsplit(address)
        if url.scheme not in SCHEMES or url.username or not url.hostname or not _is_line(address):
            raise _no_answer()
        at = (own_number(url.hostname), url.port or SCHEMES[url.scheme])
        with (
            closing(_line(address, at, certificate)) as line,
            bounded(line, SECONDS),
            line.makefile("rb") as heard,
        ):
            return _describe(line, heard, address, (user, password))
    except (OSError, HTTPException, ValueError) as silent:
        raise _no_answer() from silent


def _describe(
    line: socket.socket, heard: io.BufferedReader, address: str, who: tuple[str, str]
) -> int:
    status, asks = _asked(line, heard, address, 1)
    if status != ASKED or not who[0]:
        return status
    answer = proof(asks, "DESCRIBE", address, *who)
    if answer is None:
        return status
    return _asked(line, heard, address, 2, f"Authorization: {answer}\r\n")[0]


def _asked(
    line: socket.socket, heard: io.BufferedReader, address: str, number: int, more: str = ""
) -> tuple[int, list[str]]:
    """One question; the status of its answer, and how it wants credentials proven."""
    ask = f"DESCRIBE {address} RTSP/1.0\r\nCSeq: {number}\r\nAccept: application/sdp\r\n{more}\r\n"
    line.sendall(ask.encode())
    said = heard.readline(200).split(b" ")
    if not said[0].startswith(b"RTSP/") or len(said) < 2:
        raise _no_answer()
    headers = parse_headers(heard)
    heard.read(min(int(headers.get("Content-Length", "0")), BODY_MOST))
    return int(said[1][:3]), headers.get_all("WWW-Authenticate", [])


def _line(address: str, at: tuple[str, int], certificate: str) -> socket.socket:
    """Cameras sign their own certificates: a stranger who tries would take any."""
    if not is_secured(address):
        return socket.create_connection(at, timeout=SECONDS)
    if certificate:
        return secured(at, certificate, within_s=SECONDS)
    return unjudged(at, SECONDS)


def _is_line(address: str) -> bool:
    return address.isascii() and address.isprintable() and " " not in address


def _no_answer() -> Conflict:
    return Conflict(
        "このアドレスのカメラを試せませんでした。",
        "The camera at this address could not be tried.",
        mend_ja="同じ回線にあるか、rtsp:// で始まるか、電源が入っているかを確かめてください。",
        mend_en="Check its rtsp:// address in your own network, and that it is switched on.",
    )
