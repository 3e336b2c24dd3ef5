"""The recorder: cameras that run are sealed as they come, and every silence is a fact."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Final

from django.db import DatabaseError

from hokanko import clock
from hokanko.cameras.models import Hearing, Silence
from hokanko.cameras.recorded import running
from hokanko.cameras.tunnel import led
from hokanko.errors import Missing
from hokanko.media import heap
from hokanko.media.jail import JailBroken
from hokanko.media.live import (
    Begun,
    Clocked,
    Dated,
    Ended,
    Fragment,
    Hole,
    PieceEnded,
    Said,
    Watchroom,
)
from hokanko.people.models import Organisation
from hokanko.recorder.addresses import Addresses
from hokanko.recorder.filing import UNKEPT, Filing
from hokanko.recorder.owing import note_heard, note_silent, pay
from hokanko.recorder.posts import Post
from hokanko.recorder.reels import begin_reel
from hokanko.rules.actor import machine

PIECE_S: Final = 15 * 60.0
SILENT_AFTER_S: Final = 12.0
LOOK_AGAIN_S: Final = 10.0
TOO_SLOW: Final = "mask too slow"
_TURN_S = 0.25
_FAREWELL_S = 15.0

log = logging.getLogger(__name__)


class Recorder:
    """The running cameras of one organisation, each with a number for the cell."""

    def __init__(
        self,
        org: Organisation,
        *,
        piece_s: float = PIECE_S,
        pool: Executor | None = None,
        leftovers: Callable[[], object] | None = None,
    ) -> None:
        self._org, self._by, self._piece_s = org, machine("intake", org.pk), piece_s
        self._posts: dict[int, Post] = {}
        self._addresses = Addresses()
        self._next, self._looked_at, self._day = 0, float("-inf"), clock.today()
        self._filing = Filing(self._by, pool, leftovers)

    def run(self, until: Callable[[], bool]) -> None:
        """Record until told to stop; a cell that dies is followed by another."""
        with self._filing:
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
            case Ended(why=why):
                self._lost(post, why)
            case Clocked() | Dated() | Hole() | PieceEnded() if post.reel:
                post.reel.told(said)
                if isinstance(said, PieceEnded):
                    self._close(post)

    def _begin(self, post: Post, said: Begun) -> None:
        try:
            masks = len(post.camera.masks)
            post.reel = begin_reel(self._org, post.camera.number, said, masks=masks, by=self._by)
        except UNKEPT as error:
            self._stopped(post, error)

    def _write(self, post: Post, body: bytes | memoryview) -> None:
        post.hear()
        if post.reel is None:
            return
        try:
            post.reel.take(body)
        except UNKEPT as error:
            self._close(post)
            self._stopped(post, error)
            return
        post.kept = clock.now()
        post.since = post.since or post.kept
        if post.silent and time.monotonic() >= post.note_at:
            since = post.since
            self._note(post, lambda: note_heard(post.camera, at=since, by=self._by), silent=False)

    def _stopped(self, post: Post, error: Exception) -> None:
        """The footage cannot be kept: that is a silence too, and its cause is not the camera."""
        post.why = "rules" if isinstance(error, Missing) else "here"
        post.rest()
        log.error("%s: %s", post.camera.number, error)
        self._silence(post)

    def _close(self, post: Post) -> None:
        reel, post.reel = post.reel, None
        if reel is not None:
            self._filing.take(reel)

    def _lost(self, post: Post, why: str) -> None:
        self._close(post)
        post.lose(why)
        if post.why == TOO_SLOW:
            self._silence(post)  # at once: whoever chose the mask is to know

    def _look_around(self, room: Watchroom) -> None:
        now = time.monotonic()
        if now - self._looked_at > LOOK_AGAIN_S:
            self._looked_at = now
            self._look_after(room)
        if self._day != clock.today():  # a piece belongs to the day on which it began
            self._day = clock.today()
            for number in self._posts:
                room.cut(number)
        for number, post in self._posts.items():
            self._tend(number, post, room)
            if not post.silent and now - post.heard_at > SILENT_AFTER_S:
                self._silence(post)

    def _look_after(self, room: Watchroom) -> None:
        """What is done each ten seconds; what fails is done at the next."""
        try:
            self._muster(room)
            self._agree()
            self._tell()
            self._filing.again()
            pay(self._org, by=self._by)
            heap.give_back()
        except UNKEPT as error:
            log.warning("%s", error)

    def _tend(self, number: int, post: Post, room: Watchroom) -> None:
        """Follow it, or try again to keep what it sends."""
        if not post.address and (there := self._addresses.known(post.camera)):
            post.address, post.why = there, "no answer"
        if time.monotonic() < post.try_at:
            return
        if post.address and not post.followed:
            post.followed = True
            there, post.tunnel = led(post.address, post.camera.stream_certificate)
            masks = post.camera.masks
            room.follow(number, there, sound=post.sound, piece_s=self._piece_s, masks=masks)
        elif post.is_unkept:
            post.rest()
            room.cut(number)  # it still streams: its next picture that stands alone is tried

    def _silence(self, post: Post) -> None:
        if not post.silent and time.monotonic() >= post.note_at:
            why, since, post.since = post.why, post.kept, None
            self._note(
                post, lambda: note_silent(post.camera, why, since=since, by=self._by), silent=True
            )

    def _note(self, post: Post, write: Callable[[], None], *, silent: bool) -> None:
        """Write that a silence begins or ends; while the database is busy, again in a while."""
        try:
            write()
            post.silent = silent
        except DatabaseError as error:
            log.warning("%s: %s", post.camera.number, error)
            post.note_at = time.monotonic() + LOOK_AGAIN_S

    def _agree(self) -> None:
        """A silence may have been noted by others: by the alarms, when this process was slow."""
        lasting = Silence.objects.filter(camera__org=self._org, until=None)
        silent = set(lasting.values_list("camera", flat=True))
        for post in self._posts.values():
            post.silent = post.camera.pk in silent

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
        for camera in now.values():
            self._addresses.ask(camera)
        for number, post in list(self._posts.items()):
            current = now.pop(post.camera.pk, None)
            there = self._addresses.known(current) if current else ""
            moved = there not in ("", post.address)  # no name server: as before
            if current is None or moved or post.is_other(current):
                room.leave(number)
                self._close(post)
                del self._posts[number]
                if current:
                    now[current.pk] = current
            else:
                post.camera = current
        for camera in now.values():
            self._posts[self._next] = Post.of(camera, self._addresses.known(camera))
            self._next += 1
