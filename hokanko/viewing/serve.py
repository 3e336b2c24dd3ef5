"""Bytes to the player, by range, decrypted in memory only.

Django decides and gives a ticket; this thin application serves ranges while the room stands. A
ticket is good for one viewing, on one enrolled terminal, for minutes; whether the picture may be
shown is asked again at least every quarter of a second (police-7.2.2-attend).
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from http.cookies import SimpleCookie
from typing import Any

from django.db import close_old_connections

from hokanko import clock
from hokanko.errors import HokankoError
from hokanko.formats.sealed import SealedReader
from hokanko.people.door import SEAT_COOKIE
from hokanko.people.queries import actor, digest
from hokanko.vault import cabinet
from hokanko.vault.tickets import mac
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import problem, viewing

STREAM = "/stream/"
TICKET_S = 600
MOST_BYTES = 2 << 20  # a 206 is capped: a paused player must not hold a thread (DEPENDENCIES 0.3)
ASK_AGAIN_S = 0.25
"""A viewing may be shown this long before it is asked again."""

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
        guard = _Guard(_room(environ))
        reader = held.enter_context(guard.opened())
    except (HokankoError, ValueError):
        start("403 Forbidden", [("Content-Length", "0"), ("Cache-Control", "no-store")])
        return [b""]
    finally:
        close_old_connections()
    first, last, status = _range(environ.get("HTTP_RANGE", ""), reader.plain_bytes)
    size = reader.plain_bytes
    headers = [
        ("Content-Type", "video/mp4"),
        ("Accept-Ranges", "bytes"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Length", str(max(last - first, 0))),
        (
            "Content-Range",
            f"bytes {first}-{last - 1}/{size}" if first < last else f"bytes */{size}",
        ),
    ]
    start(status, headers)
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
    """Whether one room still stands, asked again when the last answer is old."""

    _answers: dict[str, float] = {}

    def __init__(self, room: str) -> None:
        self.room = room

    def opened(self) -> Any:
        """The footage's reader. Raises when the room does not stand, or the key is gone."""
        if not self.stands(now=True):
            raise ValueError("the room does not stand")
        return cabinet.opened(cabinet.original(str(viewing(self.room).footage_id)))

    def stands(self, *, now: bool = False) -> bool:
        asked = self._answers.get(self.room, 0.0)
        if not now and time.monotonic() - asked < ASK_AGAIN_S:
            return True
        room = viewing(self.room)
        if problem(room, actor(room.viewer)):
            self._answers.pop(self.room, None)
            return False
        self._answers[self.room] = time.monotonic()
        return True


def _room(environ: dict[str, Any]) -> str:
    """The viewing that the ticket names. Raises ValueError for a false or old ticket."""
    room, until, given = environ["PATH_INFO"][len(STREAM) :].split(".")
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(SEAT_COOKIE)
    due = _mac(room, int(until), cookie.value if cookie else "")
    if not hmac.compare_digest(due, given) or int(until) < clock.now().timestamp():
        raise ValueError("ticket")
    return room


def _range(asked: str, size: int) -> tuple[int, int, str]:
    """First byte, byte after the last, and the status for an HTTP Range (RFC 9110 §14)."""
    if not asked.startswith("bytes=") or "," in asked:
        return 0, size, "200 OK"
    first, _, last = asked.removeprefix("bytes=").partition("-")
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
    if start >= end:
        return 0, 0, "416 Range Not Satisfiable"
    return start, min(end, start + MOST_BYTES), "206 Partial Content"
