"""The recorder: cameras that run are sealed as they come, and every silence is a fact."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection

from hokanko import clock
from hokanko.cameras.models import Camera, Silence
from hokanko.cameras.recorded import address_of, running
from hokanko.errors import HokankoError
from hokanko.media.jail import JailBroken
from hokanko.media.live import Begun, Clocked, Ended, Fragment, PieceEnded, Said, Watchroom
from hokanko.people.models import Organisation
from hokanko.recorder.actions import fall_silent, speak_again
from hokanko.recorder.models import Hearing
from hokanko.recorder.reels import LiveReel, begin_reel, file_reel
from hokanko.rules.actor import machine

PIECE_S: Final = 15 * 60.0
SILENT_AFTER_S: Final = 12.0
LOOK_AGAIN_S: Final = 10.0
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
_TURN_S = 0.25
_FAREWELL_S = 15.0
_FILERS = 2

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Post:
    """One camera as the recorder sees it; times are the machine's own (monotonic)."""

    camera: Camera
    address: str
    followed: bool = False
    wait_s: float = FIRST_WAIT_S
    try_at: float = 0.0
    heard_at: float = field(default_factory=time.monotonic)
    why: str = "no answer"
    silent: bool = False
    since: datetime | None = None  # by the clock: kept without a silence
    kept: datetime | None = None  # by the clock: the last bytes
    reel: LiveReel | None = None


class Recorder:
    """The running cameras of one organisation, each with a number for the cell."""

    def __init__(
        self, org: Organisation, *, piece_s: float = PIECE_S, pool: Executor | None = None
    ) -> None:
        self._org, self._by, self._piece_s = org, machine("intake", org.pk), piece_s
        self._posts: dict[int, Post] = {}
        self._next, self._looked_at, self._day = 0, float("-inf"), clock.today()
        self._pool = pool or ThreadPoolExecutor(_FILERS, thread_name_prefix="reel")
        self._filing: list[Future[None]] = []

    def run(self, until: Callable[[], bool]) -> None:
        """Record until told to stop; a cell that dies is followed by another."""
        with self._pool:
            while not until():
                try:
                    with Watchroom() as room:
                        self._record(room, until)
                except JailBroken as broken:
                    log.warning("%s", broken.en)
                    for post in self._posts.values():
                        self._lost(post, "recorder")

    def _record(self, room: Watchroom, until: Callable[[], bool]) -> None:
        while not until():
            for said in room.hear(_TURN_S):
                self._take(said)
            self._look_around(room)
        for number in self._posts:
            room.leave(number)
        deadline = time.monotonic() + _FAREWELL_S
        while any(post.followed for post in self._posts.values()):
            if time.monotonic() > deadline:
                break
            for said in room.hear(_TURN_S):
                self._take(said)
        for post in self._posts.values():
            self._close(post)

    def _take(self, said: Said) -> None:
        post = self._posts.get(said.number)
        if post is None:
            return  # not ours any more
        match said:
            case Begun():
                self._begin(post, said)
            case Fragment(body=body):
                self._write(post, body)
            case Clocked():
                if post.reel:
                    post.reel.clocked(said)
            case PieceEnded():
                self._close(post)
            case Ended(why=why):
                self._lost(post, why)

    def _begin(self, post: Post, said: Begun) -> None:
        try:
            post.reel = begin_reel(self._org, post.camera.number, said, by=self._by)
        except (HokankoError, OSError) as error:
            self._stopped(post, error)

    def _write(self, post: Post, body: bytes) -> None:
        post.heard_at, post.wait_s = time.monotonic(), FIRST_WAIT_S
        if post.reel is None:
            return
        try:
            post.reel.take(body)
        except (HokankoError, OSError) as error:
            self._close(post)
            self._stopped(post, error)
            return
        post.kept = clock.now()
        post.since = post.since or post.kept
        if post.silent:
            speak_again(post.camera, by=self._by)
            post.silent = False

    def _stopped(self, post: Post, error: HokankoError | OSError) -> None:
        """The footage cannot be kept: that is a silence too, and its cause is here."""
        post.why = "here"
        log.error("%s: %s", post.camera.number, error)
        self._silence(post)

    def _close(self, post: Post) -> None:
        reel, post.reel = post.reel, None
        if reel is not None:
            self._filing = [work for work in self._filing if not work.done()]
            self._filing.append(self._pool.submit(self._file, reel))

    def _file(self, reel: LiveReel) -> None:
        """In a thread of its own: reading back takes time that no camera waits for."""
        try:
            file_reel(reel, by=self._by)
        except (HokankoError, OSError) as error:  # what was kept is recovered at the next start
            log.warning("%s: %s", reel.arrival.source, error)
        finally:
            connection.close()  # of this thread

    def _lost(self, post: Post, why: str) -> None:
        """Try again soon, then less often."""
        self._close(post)
        post.followed, post.why = False, why
        post.try_at = time.monotonic() + post.wait_s
        post.wait_s = min(LONGEST_WAIT_S, post.wait_s * 2)

    def _look_around(self, room: Watchroom) -> None:
        now = time.monotonic()
        if now - self._looked_at > LOOK_AGAIN_S:
            self._looked_at = now
            self._muster(room)
            self._tell()
        if self._day != clock.today():  # a piece belongs to the day on which it began
            self._day = clock.today()
            for number in self._posts:
                room.cut(number)
        for number, post in self._posts.items():
            if post.address and not post.followed and now >= post.try_at:
                post.followed = True
                sound = post.camera.stream_sound
                room.follow(number, post.address, sound=sound, piece_s=self._piece_s)
            if not post.silent and now - post.heard_at > SILENT_AFTER_S:
                self._silence(post)

    def _silence(self, post: Post) -> None:
        if not post.silent:
            fall_silent(post.camera, post.why, since=post.kept, by=self._by)
            post.silent, post.since = True, None

    def _tell(self) -> None:
        """Note that the recorder lives, and what it hears: the page and the alarms rest on it."""
        now = clock.now()
        Hearing.objects.bulk_create(
            [
                Hearing(camera=p.camera, seen_at=now, since=p.since, heard_at=p.kept)
                for p in self._posts.values()
            ],
            update_conflicts=True,
            unique_fields=["camera"],
            update_fields=["seen_at", "since", "heard_at"],
        )

    def _muster(self, room: Watchroom) -> None:
        """Cameras that began to run are followed, those that ended are left."""
        now = {camera.pk: camera for camera in running(self._org)}
        for number, post in list(self._posts.items()):
            current = now.pop(post.camera.pk, None)
            there = _address(current) if current else ""
            if current is None or there not in ("", post.address):  # no name server: as before
                room.leave(number)
                self._close(post)
                del self._posts[number]
                if current:
                    now[current.pk] = current
            else:
                post.camera = current
        for camera in now.values():
            silent = Silence.objects.filter(camera=camera, until=None).exists()
            there = _address(camera)
            why = "no answer" if there else "no address"
            self._posts[self._next] = Post(camera, there, why=why, silent=silent)
            self._next += 1


def _address(camera: Camera) -> str:
    """Empty where it has none that can be used now: the others are recorded all the same."""
    try:
        return address_of(camera)
    except HokankoError as error:
        log.warning("%s: %s", camera.number, error.en)
        return ""
