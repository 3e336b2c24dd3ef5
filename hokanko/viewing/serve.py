"""Bytes to the player, by range, decrypted in memory only.

Django decides and gives a ticket; this thin application serves ranges while the room stands. A
ticket is good for one viewing, for minutes, in one place: on one enrolled terminal where the rules
bind viewing to it, else in the one browser that is logged in. Whether the picture may be shown is
asked again at least every quarter of a second (police-7.2.2-attend).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from http.cookies import SimpleCookie
from typing import Any

from django.db import close_old_connections, connection

from hokanko import clock
from hokanko.errors import HokankoError, Unsound
from hokanko.jobs.queue import put_off
from hokanko.people.door import LOGIN_COOKIE, SEAT_COOKIE
from hokanko.people.queries import digest
from hokanko.vault.tickets import mac
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import viewing
from hokanko.viewing.shown import Picture, shown

STREAM = "/stream/"
TICKET_S = 600
MOST_BYTES = 2 << 20  # a 206 is capped: a paused player must not hold a thread (DEPENDENCIES 0.3)

Start = Callable[[str, list[tuple[str, str]]], Any]


def ticket(room: Viewing, secret: str) -> str:
    """The path under which this viewing's bytes are served for ten minutes.

    `secret` is what the terminal's browser, or the viewer's login, keeps as a cookie.
    """
    until = int(clock.now().timestamp()) + TICKET_S
    return f"{STREAM}{room.pk}.{until}.{_mac(str(room.pk), until, secret)}"


def _mac(room: str, until: int, secret: str) -> str:
    return mac("stream tickets", f"{room} {until} {digest(secret)}")


def stream(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """PEP 3333: one range of one viewing, or an error without a body."""
    held = ExitStack()
    held.callback(_let_go)
    try:
        picture = held.enter_context(shown(*_room(environ)))
        reader = picture.reader()
        first, last = _range(environ.get("HTTP_RANGE", ""), reader.plain_bytes)
    except (HokankoError, ValueError) as error:
        held.close()
        if isinstance(error, Unsound):
            _doubt(environ)
        start("403 Forbidden", [("Content-Length", "0"), ("Cache-Control", "no-store")])
        return [b""]
    given = f"{first}-{last - 1}" if first < last else "*"
    headers = [
        ("Content-Type", "video/mp4"),
        ("Accept-Ranges", "bytes"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Content-Length", str(last - first)),
        ("Content-Range", f"bytes {given}/{reader.plain_bytes}"),
    ]
    start("206 Partial Content" if first < last else "416 Range Not Satisfiable", headers)
    return _Body(picture, reader.pieces(first, last), held, lambda: _doubt(environ))


def _doubt(environ: dict[str, Any]) -> None:
    """Damage was met: the whole piece is read again, and what is wrong opens an incident."""
    footage = str(viewing(_room(environ)[0]).footage_id)
    put_off("retention.look_again", key=f"look_again:{footage}@{clock.today()}", footage=footage)


def _let_go() -> None:
    """What Django does after a request: close this thread's connection, but no open transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


class _Body:
    """The bytes, while the picture may be shown; lets go of it when the server closes this."""

    def __init__(
        self,
        picture: Picture,
        pieces: Iterator[bytes],
        held: ExitStack,
        doubt: Callable[[], None],
    ) -> None:
        self._picture, self._pieces, self._held, self._doubt = picture, pieces, held, doubt

    def __iter__(self) -> Iterator[bytes]:
        with self._held:
            try:
                for piece in self._pieces:
                    if not self._picture.stands():
                        return
                    yield piece
            except Unsound:  # the bytes promised do not come: the player stops
                self._doubt()
                raise

    def close(self) -> None:
        """PEP 3333: called in any case, also when nothing was asked for."""
        self._held.close()


def _room(environ: dict[str, Any]) -> tuple[str, str]:
    """The viewing that the ticket names, and the secret of the terminal or login it is good for.

    Raises ValueError for a false or old ticket, and for one of another place.
    """
    room, until, given = environ["PATH_INFO"][len(STREAM) :].split(".")
    kept = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    secrets = [kept[name].value for name in (SEAT_COOKIE, LOGIN_COOKIE) if name in kept]
    fitting = [
        secret
        for secret in secrets
        if hmac.compare_digest(_mac(room, int(until), secret).encode(), given.encode())
    ]
    if not fitting:
        raise ValueError("ticket")
    if int(until) < clock.now().timestamp():
        raise ValueError("old ticket")
    return room, fitting[0]


def _range(asked: str, size: int) -> tuple[int, int]:
    """First byte and the byte after the last of an HTTP Range (RFC 9110 §14), capped.

    A player always asks by range; the whole file in one answer is for nobody, and a list of
    ranges neither: both are as unsatisfiable as a range beyond the end, and give (0, 0).
    Raises ValueError for a range that is not one.
    """
    if not asked.startswith("bytes=") or "," in asked:
        return 0, 0
    first, _, last = asked.removeprefix("bytes=").partition("-")
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
    if not 0 <= start < end:
        return 0, 0
    return start, min(end, start + MOST_BYTES)
