"""Pictures being shown: one open reader for each room and place, and the leave to show it.

A player asks for dozens of ranges a minute. To open the footage and to ask the law each time
would cost far more than the bytes; so the answer is kept for a quarter of a second, and the
reader, with the key inside it, until the room does not stand or nobody has asked for a while.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.formats.sealed import SealedReader
from hokanko.people.door import browser_of, is_logged_in
from hokanko.people.queries import actor, seat
from hokanko.rules.actor import Actor
from hokanko.vault import cabinet
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import problem, viewing

ASK_AGAIN = timedelta(milliseconds=250)
IDLE_S = 1.0  # a reader that nobody used between two looks is closed

_lock = threading.Lock()  # guards the table, and who uses what
_shown: dict[tuple[str, str], Picture] = {}


class Picture:
    """One room in one place, shared by the threads that serve it. It never comes back."""

    def __init__(self, room: str, secret: str) -> None:
        self._room, self._secret = room, secret
        self.users, self.used, self.over = 0, True, False
        self._asking = threading.Lock()
        self._asked_at: datetime | None = None
        self._reader: SealedReader | None = None
        self._held = ExitStack()

    def reader(self) -> SealedReader:
        """The footage's reader. Raises ValueError when the room does not stand, or HokankoError."""
        if not self.stands():
            raise ValueError("the room does not stand")
        with self._asking:
            if self._reader is None:
                sealed = cabinet.original(str(viewing(self._room).footage_id))
                self._reader = self._held.enter_context(cabinet.opened(sealed))
            return self._reader

    def stands(self) -> bool:
        """Whether the picture may be shown now; asked again when the last answer is old."""
        with self._asking:
            now = clock.now()
            if self._asked_at is None or not timedelta() <= now - self._asked_at < ASK_AGAIN:
                room = viewing(self._room)
                wrong = problem(room, _viewer(room, self._secret))
                self.over = self.over or bool(wrong)
                self._asked_at = now
            return not self.over

    def close(self) -> None:
        """Close the footage and forget its key."""
        self._reader = None
        self._held.close()


@contextmanager
def shown(room: str, secret: str) -> Iterator[Picture]:
    """The picture of this room where this secret is kept, while it is being served."""
    key = (room, secret)
    with _lock:
        if not _shown:
            _look_later()
        picture = _shown.get(key)
        if picture is None or picture.over:
            picture = _shown[key] = Picture(room, secret)
        picture.users += 1
        picture.used = True
    try:
        yield picture
    finally:
        with _lock:
            picture.users -= 1
            ended = picture.over and not picture.users
            if ended and _shown.get(key) is picture:
                del _shown[key]
        if ended:
            picture.close()


def _viewer(room: Viewing, secret: str) -> Actor:
    """The viewer at the terminal of that secret, or in the browser of that login while it lives."""
    if room.terminal_id is not None:
        return actor(room.viewer, seat=seat(secret))
    known = is_logged_in(room.viewer, secret)
    return actor(room.viewer, browser=browser_of(secret) if known else "")


def _look_later() -> None:
    timer = threading.Timer(IDLE_S, close_unused)
    timer.daemon = True
    timer.start()


def close_unused() -> None:
    """Close what nobody has used since the last look, and look again while anything is left."""
    with _lock:
        unused = [key for key, picture in _shown.items() if not (picture.users or picture.used)]
        ended = [_shown.pop(key) for key in unused]
        for picture in _shown.values():
            picture.used = False
        if _shown:
            _look_later()
    for picture in ended:
        picture.close()
