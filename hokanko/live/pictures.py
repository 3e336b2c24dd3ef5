"""A camera's pictures as they come, for one person: into the browser, and nowhere else.

Each is a part of one long answer (multipart/x-mixed-replace), which browsers show in an `<img>`.
Nothing is written but, each few seconds, that somebody is still there. A page that is loaded anew
goes on with its watch, if it asks soon; else the end is written, at the moment the reader went.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from threading import BoundedSemaphore, Timer
from typing import Final

from django.db import DatabaseError, connection
from django.db.models import F, QuerySet
from django.utils.translation import override

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.recorded import address_of
from hokanko.cameras.tunnel import led
from hokanko.errors import HokankoError
from hokanko.ledger.turn import write_turn
from hokanko.live.actions import end
from hokanko.live.models import LiveWatch
from hokanko.live.queries import PLACES, does_stream
from hokanko.live.words import BROKEN, CALLING, CROWDED, Words, over, silent
from hokanko.media.jail import JailBroken
from hokanko.media.showing import Gone, Showing
from hokanko.papers.slate import slate
from hokanko.rules.actor import machine

KIND: Final = "multipart/x-mixed-replace; boundary=picture"
EVERY_S: Final = 0.2  # five pictures a second
LOOK_S: Final = 3.0  # whether it may go on is asked again so often
SEEN_S: Final = 9.0  # and so often it is noted that somebody is there
WAIT_S: Final = 1.0  # for a picture; then something is sent, to learn whether anybody is there
FIRST_S, QUIET_S = 10.0, 3.0  # without a first, or another picture: then it is said
AGAIN_S: Final = 4.0  # before a camera that hung up is called again
GRACE_S: Final = 10.0  # for the same page, loaded anew or gone back to, to go on
REFUSED_S: Final = 60.0  # cameras lock out who tries wrong passwords often
_REFUSED: Final = ("HTTPUnauthorizedError", "HTTPForbiddenError", "certificate")
_GONE_ON: Final = "elsewhere"  # ended by another request, or its pictures are fetched by one
_LINE: Final = b"--picture\r\n"
# A browser that left without a word holds its thread until the network gives it up.
places = BoundedSemaphore(PLACES)


class Feed:
    """One watch while its pictures are sent; `withdrawn` says whether its person may see no more.

    However it ends, by the reader or by itself, the end is written.
    """

    def __init__(self, watch: LiveWatch, withdrawn: Callable[[], bool], language: str) -> None:
        self._watch, self._withdrawn, self._language = watch, withdrawn, language
        self._camera = watch.camera
        self._turn, self._over = 0, ""
        self._words = CALLING  # what stands there until a picture comes
        self._looked_at = self._noted_at = float("-inf")

    def pictures(self) -> Iterator[bytes]:
        """The answer's body."""
        yield _LINE
        if not places.acquire(blocking=False):
            yield self._said(CROWDED)
            return
        why = "left"
        try:
            self._take()
            while not self._over:
                yield from self._called()
            why = self._over
            yield self._said(over(why))
        finally:
            places.release()
            self._finish(why)

    def _called(self) -> Iterator[bytes]:
        """The camera called once, until it hangs up, is another one, or watching is over."""
        if not self._goes_on():
            return
        yield self._said(self._words)
        called, failed, tunnel = time.monotonic(), "", None
        try:
            there, tunnel = led(address_of(self._camera), self._camera.stream_certificate)
            with Showing(there, masks=self._camera.masks) as showing:
                yield from self._sent(showing)
            return
        except Gone as gone:
            failed = "certificate" if tunnel and tunnel.refused else gone.why
            self._words = silent(failed)
        except JailBroken:
            self._words = BROKEN
        except HokankoError:
            self._words = silent("no address")
        except OSError:  # neither process nor socket to be had here just now
            self._words = BROKEN
        again = called + (REFUSED_S if failed in _REFUSED else AGAIN_S)
        while self._goes_on():
            yield self._said(self._words)
            if time.monotonic() >= again:
                return
            time.sleep(WAIT_S)

    def _sent(self, showing: Showing) -> Iterator[bytes]:
        """Picture after picture. Raises Gone, JailBroken."""
        aim, last = _aim(self._camera), b""
        heard = time.monotonic()
        while self._goes_on() and _aim(self._camera) == aim:
            begun = time.monotonic()
            if picture := showing.picture(WAIT_S):
                heard, last = time.monotonic(), _part("image/jpeg", picture)
                self._words = CALLING
                yield last
                time.sleep(max(0.0, begun + EVERY_S - time.monotonic()))
            elif begun - heard > (QUIET_S if last else FIRST_S):
                yield self._said(silent("TimeoutError"))
            else:
                yield last or self._said(self._words)

    def _goes_on(self) -> bool:
        """Whether it may; asked again when the last answer is old."""
        if not self._over and time.monotonic() - self._looked_at > LOOK_S:
            self._looked_at = time.monotonic()
            self._over = self._look()
            if not connection.in_atomic_block:
                connection.close()  # none is held while pictures are sent
        return not self._over

    def _look(self) -> str:
        self._camera = Camera.objects.select_related("org__parent").get(pk=self._watch.camera_id)
        until = self._mine().values_list("until", flat=True).first()
        if until is None:
            return _GONE_ON
        if clock.now() >= until:
            return "time up"
        if self._camera.retired_at or not does_stream(self._camera):
            return "camera ended"
        if self._withdrawn():
            return "barred"
        if time.monotonic() - self._noted_at > SEEN_S:
            self._noted_at = time.monotonic()
            with write_turn():
                self._mine().update(seen_at=clock.now())
        return ""

    def _take(self) -> None:
        """The pictures are sent here now: another answer that sends them gives way."""
        rows = LiveWatch.objects.filter(pk=self._watch.pk, ended_at=None)
        with write_turn():
            rows.update(turn=F("turn") + 1, seen_at=clock.now())
            self._turn = rows.values_list("turn", flat=True).first() or 0
        self._over = "" if self._turn else self._watch.reason or _GONE_ON

    def _mine(self) -> QuerySet[LiveWatch]:
        return LiveWatch.objects.filter(pk=self._watch.pk, ended_at=None, turn=self._turn)

    def _finish(self, why: str) -> None:
        """Write the end; what cannot be written now, a job writes."""
        with suppress(HokankoError, DatabaseError):
            left = clock.now()
            if self._turn and self._mine().exists():
                if why == "left":
                    with write_turn():
                        self._mine().update(seen_at=left)
                    later(GRACE_S, lambda: self._end(why, left))
                else:
                    self._end(why, left)
        if not connection.in_atomic_block:
            connection.close()

    def _end(self, why: str, at: datetime) -> None:
        """End it, unless another answer sends its pictures by now."""
        with suppress(HokankoError, DatabaseError):
            if self._mine().exists():
                end(self._watch, why, at=at, by=machine("live", self._watch.camera.org_id))
        if not connection.in_atomic_block:
            connection.close()

    def _said(self, words: Words) -> bytes:
        with override(self._language):  # the thread has others' requests between two pictures
            name = f"{self._camera.number} {self._camera.place}".strip()
            title = str(words.title)
            drawn = slate(title[:1].upper() + title[1:], str(words.told), name)
            return _part("image/png", drawn)


def later(seconds: float, what: Callable[[], None]) -> None:
    """Do it in a while, in a thread that keeps no server from stopping: it ends all itself."""
    timer = Timer(seconds, what)
    timer.daemon = True
    timer.start()


def _aim(camera: Camera) -> tuple[object, ...]:
    """What, when it changes, asks for another connection."""
    sealed = bytes(camera.stream_password or b"")
    told = (camera.stream_url, camera.stream_user, sealed, camera.stream_certificate)
    return (*told, camera.masks)


def _part(kind: str, body: bytes) -> bytes:
    """One picture, with the line that ends it: browsers show a part when they see its end."""
    head = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return head + body + b"\r\n" + _LINE
