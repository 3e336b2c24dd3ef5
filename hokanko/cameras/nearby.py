"""Talking to a device in one's own network: no farther, not for long, and not for much."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from urllib.parse import urlsplit

from hokanko.errors import Conflict

WITHIN_S = 5.0
MOST = 1_000_000  # bytes of an answer
TEXT_MOST = 80  # characters of a word that a device says of itself


@dataclass(frozen=True, slots=True)
class Reply:
    """What a device answered; `asks` are its WWW-Authenticate headers."""

    status: int
    body: bytes
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """An HTTP request."""

    method: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    most: int = MOST


def own_number(host: str) -> str:
    """The number of a host; only of one's own network, so that nothing probes the world.

    Raises ValueError or OSError for another.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]
    if not ipaddress.ip_address(found).is_private:
        raise ValueError(host)
    return str(found)


@contextmanager
def bounded(line: socket.socket, seconds: float = WITHIN_S) -> Iterator[Event]:
    """Cut a connection off when the whole talk lasts too long, however the bytes drip.

    What is yielded is set when that happened.
    """
    over = Event()

    def cut() -> None:
        over.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def exchange(url: str, ask: Ask, *, within_s: float = WITHIN_S) -> Reply:
    """Ask once over HTTP; no redirection is followed. Raises Conflict where nothing fit came."""
    parts = urlsplit(url)
    try:
        at = HTTPConnection(own_number(parts.hostname or ""), parts.port or 80, timeout=within_s)
        try:
            at.connect()
            with bounded(at.sock, within_s) as over:
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                at.request(ask.method, path, body=ask.body, headers=ask.headers)
                answer = at.getresponse()
                body = answer.read(ask.most + 1)
                asks = tuple(answer.headers.get_all("WWW-Authenticate", []))
        finally:
            at.close()
    except (OSError, HTTPException, ValueError) as silent:
        raise no_answer() from silent
    if over.is_set():
        raise no_answer()
    if len(body) > ask.most:
        raise odd_answer()
    return Reply(answer.status, body, asks)


def plain(word: str | None) -> str:
    """A word of a device as text to show: printable, and not long."""
    return "".join(c for c in (word or "").strip() if c.isprintable())[:TEXT_MOST]


def no_answer() -> Conflict:
    """Nothing that could be understood came in time."""
    return Conflict(
        "カメラから返事がありませんでした。",
        "The camera did not answer.",
        mend_ja="同じ回線にあるか、電源が入っているか、ONVIF が有効かを確かめてください。",
        mend_en="Check that it is in your own network, switched on, and has ONVIF enabled.",
    )


def odd_answer() -> Conflict:
    """What came cannot be what was asked for."""
    return Conflict(
        "カメラの返事を読めませんでした。",
        "The camera's answer could not be read.",
        mend_ja="ONVIF を使わずに、カメラのアドレスを直に入れてください。",
        mend_en="Enter the camera's address yourself: recording needs no ONVIF.",
    )


def not_let_in() -> Conflict:
    """The credentials were not taken."""
    return Conflict(
        "カメラが利用者名とパスワードを受け付けませんでした。",
        "The camera did not take the user name and password.",
        mend_ja="カメラに登録した利用者名とパスワード、及びその利用者の権限を確かめてください。",
        mend_en="Check the user and password registered in the camera, and that user's rights.",
    )
