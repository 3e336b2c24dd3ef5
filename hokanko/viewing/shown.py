"""Pictures being shown: one open reader for each room and terminal, and the leave to show it.

A player asks for dozens of ranges a minute. To open the footage and to ask the law each time
would cost far more than the bytes; so the answer is kept for a quarter of a second, and the
reader, with the key inside it, until the room does not stand or nobody has asked for a while.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

from django.db import close_old_connections

from hokanko import clock
from hokanko.formats.sealed import SealedReader
from hokanko.people.queries import actor, seat
from hokanko.vault import cabinet
from hokanko.viewing.queries import problem, viewing

ASK_AGAIN = timedelta(milliseconds=250)
IDLE_S = 1.0  # a reader that nobody used between two looks is closed

_all_lock = threading.Lock()
_all: dict[tuple[str, str], Picture] = {}


class Picture:
    """One room at one terminal, shared by the threads that serve it."""

    def __init__(self, room: str, seat_secret: str) -> None:
        self.key = (room, seat_secret)
        self.users, self.used = 0, True
        self._lock = threading.Lock()
        self._asked_at: datetime | None = None
        self._reader: SealedReader | None = None
        self._held = ExitStack()

    def reader(self) -> SealedReader:
        """The footage's reader. Raises ValueError when the room does not stand, or HokankoError."""
        if not self.stands():
            raise ValueError("the room does not stand")
        with self._lock:
            if self._reader is None:
                sealed = cabinet.original(str(viewing(self.key[0]).footage_id))
                self._reader = self._held.enter_context(cabinet.opened(sealed))
            return self._reader

    def stands(self) -> bool:
        """Whether the picture may be shown now; asked again when the last answer is old."""
        with self._lock:
            now = clock.now()
            if self._asked_at is not None and timedelta() <= now - self._asked_at < ASK_AGAIN:
                return True
            room = viewing(self.key[0])
            wrong = problem(room, actor(room.viewer, seat=seat(self.key[1])))
            self._asked_at = None if wrong else now
            return not wrong

    def close(self) -> None:
        """Close the footage and forget its key."""
        self._reader = None
        self._held.close()


@contextmanager
def shown(room: str, seat_secret: str) -> Iterator[Picture]:
    """The picture of this room at the terminal that keeps this secret, while it is being served."""
    with _all_lock:
        if not _all:
            _look_later()
        picture = _all.setdefault((room, seat_secret), Picture(room, seat_secret))
        picture.users, picture.used = picture.users + 1, True
    try:
        yield picture
    finally:
        with _all_lock:
            picture.users -= 1


