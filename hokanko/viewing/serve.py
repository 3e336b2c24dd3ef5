"""Bytes to the player, by range, decrypted in memory only.

Django decides and gives a ticket; this thin application serves ranges while the room stands. A
ticket is good for one viewing, on one enrolled terminal, for minutes; whether the picture may be
shown is asked again at least every quarter of a second (police-7.2.2-attend).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.db import close_old_connections

from hokanko import clock
from hokanko.errors import HokankoError
from hokanko.formats.sealed import SealedReader
from hokanko.people.door import SEAT_COOKIE
from hokanko.people.queries import actor, digest, seat
from hokanko.vault import cabinet
from hokanko.vault.tickets import mac
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import problem, viewing

STREAM = "/stream/"
TICKET_S = 600
MOST_BYTES = 2 << 20  # a 206 is capped: a paused player must not hold a thread (DEPENDENCIES 0.3)
ASK_AGAIN = timedelta(milliseconds=250)

Start = Callable[[str, list[tuple[str, str]]], Any]


def ticket(room: Viewing, seat_secret: str) -> str:
    """The path under which this viewing's bytes are served to this terminal for ten minutes."""
    until = int(clock.now().timestamp()) + TICKET_S
    return f"{STREAM}{room.pk}.{until}.{_mac(str(room.pk), until, seat_secret)}"


def _mac(room: str, until: int, seat_secret: str) -> str:
    return mac("stream tickets", f"{room} {until} {digest(seat_secret)}")


def stream(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """PEP 3333: one range of one viewing, or an error without a body."""
    held = ExitStack()
    try:
        guard = _Guard(*_room(environ))
        reader = held.enter_context(guard.opened())
        first, last = _range(environ.get("HTTP_RANGE", ""), reader.plain_bytes)
    except (HokankoError, ValueError):
        start("403 Forbidden", [("Content-Length", "0"), ("Cache-Control", "no-store")])
        return [b""]
    finally:
        close_old_connections()
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
    return _pieces(reader, first, last, guard, held)


def _pieces(
    reader: SealedReader, first: int, last: int, guard: _Guard, held: ExitStack
) -> Iterator[bytes]:
    with held:
        for piece in reader.pieces(first, last):
            if not guard.stands():
                return
            yield piece


class _Guard:
    """Whether one room still stands at one terminal, asked again when the last answer is old."""

    def __init__(self, room: str, seat_secret: str) -> None:
        self.room, self.seat_secret = room, seat_secret
        self.asked_at: datetime | None = None

    def opened(self) -> AbstractContextManager[SealedReader]:
        """The footage's reader. Raises when the room does not stand, or the key is gone."""
        if not self.stands():
            raise ValueError("the room does not stand")
        return cabinet.opened(cabinet.original(str(viewing(self.room).footage_id)))

    def stands(self) -> bool:
        """Whether the picture may be shown now."""
        now = clock.now()
        if self.asked_at is not None and timedelta() <= now - self.asked_at < ASK_AGAIN:
            return True
        room = viewing(self.room)
        if problem(room, actor(room.viewer, seat=seat(self.seat_secret))):
            return False
        self.asked_at = now
        return True


def _room(environ: dict[str, Any]) -> tuple[str, str]:
    """The viewing that the ticket names, and the terminal's secret.

    Raises ValueError for a false or old ticket, and for one of another terminal.
    """
    room, until, given = environ["PATH_INFO"][len(STREAM) :].split(".")
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(SEAT_COOKIE)
    secret = cookie.value if cookie else ""
    due = _mac(room, int(until), secret)
    if not hmac.compare_digest(due.encode(), given.encode()):
        raise ValueError("ticket")
    if int(until) < clock.now().timestamp():
        raise ValueError("old ticket")
    return room, secret


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
