"""A recorder beside the server for each organisation that needs one, begun again when it dies."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

from django.db import DatabaseError, connection

from hokanko.cameras.recorded import organisations
from hokanko.errors import HokankoError

LOOK_EVERY_S: Final = 2.0
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
LEAN: Final = {"MALLOC_ARENA_MAX": "2"}  # glibc: else a heap for each thread that files pieces
STEADY_S: Final = 60.0  # who lived so long begins again at once
FAREWELL_S: Final = 40.0  # it closes its pieces, and reads them back

log = logging.getLogger(__name__)
Words = Callable[[str], Sequence[str]]


@dataclass(slots=True)
class Post:
    """One organisation's recorder; times are the machine's own (monotonic)."""

    child: subprocess.Popen[bytes] | None = None
    begun_at: float = 0.0
    wait_s: float = FIRST_WAIT_S
    again_at: float = 0.0


def command(org: str) -> Sequence[str]:
    """The recorder of an organisation; it ends by itself when this process is gone."""
    return [
        sys.executable,
        "-m",
        "hokanko.door",
        "record",
        "--org",
        org,
        "--leashed",
        str(os.getpid()),
    ]


class Keeper:
    """Looks after the recorders; `command` gives the words that begin one."""

    def __init__(self, words: Words = command) -> None:
        self._words, self._posts = words, dict[str, Post]()

    def look(self, wanted: Sequence[str]) -> None:
        """Begin those that are wanted and do not run; end those that are not."""
        for org in set(self._posts) - set(wanted):
            _end(self._posts.pop(org))
        for org in wanted:
            self._tend(org, self._posts.setdefault(org, Post()))

    def end(self) -> None:
        """All are told at once, then waited for."""
        for post in self._posts.values():
            if post.child:
                post.child.terminate()
        for post in self._posts.values():
            _end(post)
        self._posts.clear()

    def _tend(self, org: str, post: Post) -> None:
        now = time.monotonic()
        if post.child is not None:
            code = post.child.poll()
            if code is None:
                return
            lived = now - post.begun_at
            post.wait_s = FIRST_WAIT_S if lived > STEADY_S else post.wait_s
            log.warning("the recorder of %s ended (%d); again in %.0f s", org, code, post.wait_s)
            post.child, post.again_at = None, now + post.wait_s
            post.wait_s = min(LONGEST_WAIT_S, post.wait_s * 2)
        if now >= post.again_at:
            post.begun_at = now
            post.child = subprocess.Popen(self._words(org), env=os.environ | LEAN)


def _end(post: Post) -> None:
    if post.child is None:
        return
    post.child.terminate()
    try:
        post.child.wait(FAREWELL_S)
    except subprocess.TimeoutExpired:
        post.child.kill()
        post.child.wait()


@contextmanager
def recording() -> Iterator[None]:
    """Recorders beside the server, ended with it."""
    stopped = Event()
    tending = Thread(target=_tend_all, args=(Keeper(), stopped), name="recorders")
    tending.start()
    try:
        yield
    finally:
        stopped.set()
        tending.join()


def _tend_all(keeper: Keeper, stopped: Event) -> None:
    while not stopped.wait(LOOK_EVERY_S):
        try:
            keeper.look(organisations())
        except (DatabaseError, HokankoError, OSError):
            log.exception("the recorders could not be looked after")
        finally:
            connection.close()
    keeper.end()
