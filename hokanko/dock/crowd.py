"""Several bays at once: while one camera's card is slow, the others' clips are sealed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

from django.db import Error, connection

from hokanko.dock.bays import camera_in, occupied
from hokanko.dock.emptying import Outcome, empty_bay, unplug
from hokanko.dock.patience import Patience, seen_in
from hokanko.errors import Unavailable
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor

LOOK_EVERY_S = 2.0
UNANSWERED = (Error, OSError)  # the database is busy or away; the home's disk says no

log = logging.getLogger(__name__)


def empty_all(
    org: Organisation, bays: Path, *, at_once: int, patience: Patience | None = None, by: Actor
) -> Iterator[Outcome]:
    """As `empty_bays`, up to `at_once` cameras at a time; a camera is never read by two.

    Who puts a camera in while others are read need not wait for them; nor is it unseen that one
    was pulled out. Memory stays flat: each camera is read through one buffer, whatever it holds.
    `patience` goes from round to round where a dock is watched.
    """
    patience = patience or Patience()
    if connection.in_atomic_block:  # other threads would not see what it has done
        there = _cameras(bays)
        patience.forget_others(there)
        yield from unplug(org, [bay for mine in there.values() for bay in mine], by=by)
        for name, mine in there.items():
            yield from _emptied(org, name, mine, patience, by)
        return
    with ThreadPoolExecutor(at_once, thread_name_prefix="bay") as pool:
        yield from _Round(org, bays, pool, patience, by).go()


def unanswered(place: Path, trouble: Exception) -> Outcome:
    """That the cabinet did not answer for a moment: no fault of the camera, which is tried again.

    A post that is watched does not end by it.
    """
    log.warning("%s: %s", place.name, trouble)
    error = Unavailable(
        f"保管庫が答えませんでした（{type(trouble).__name__}）。映像はカメラに残っています。",
        f"The cabinet did not answer ({type(trouble).__name__}). The camera keeps its clips.",
        mend_ja="カメラは差したままにしてください。続くときは hokanko doctor で調べてください。",
        mend_en="Leave the camera in its bay; if this goes on, ask hokanko doctor.",
    )
    return Outcome(place.name, place.name, error=error)


def _emptied(
    org: Organisation, name: str, mine: list[Path], patience: Patience, by: Actor
) -> Iterator[Outcome]:
    """All that comes of the bays of one camera, if it is due."""
    try:
        yield from _tried(org, name, mine, patience, by)
    except UNANSWERED as trouble:
        yield unanswered(mine[0], trouble)


def _tried(
    org: Organisation, name: str, mine: list[Path], patience: Patience, by: Actor
) -> Iterator[Outcome]:
    seen, failed = seen_in(org, name, mine), False
    if not patience.is_due(name, seen):
        return
    for bay in mine:
        for outcome in empty_bay(org, bay, by=by):
            failed = failed or outcome.error is not None
            yield outcome
    patience.note(name, seen, failed=failed)


class _Round:
    """Looks at the bays again and again while cameras are read, until none is."""

    def __init__(
        self,
        org: Organisation,
        bays: Path,
        pool: ThreadPoolExecutor,
        patience: Patience,
        by: Actor,
    ) -> None:
        self.org, self.bays, self.pool, self.by = org, bays, pool, by
        self.patience = patience
        self.told: SimpleQueue[Outcome | str] = SimpleQueue()
        self.working: dict[str, Future[None]] = {}
        self.done: set[str] = set()

    def go(self) -> Iterator[Outcome]:
        """The outcomes of all cameras, as they come."""
        yield from self._looked()
        while self.working:
            yield from self._hear()
            yield from self._looked()

    def _looked(self) -> Iterator[Outcome]:
        try:
            yield from self._look()
        except UNANSWERED as trouble:
            yield unanswered(self.bays, trouble)

    def _look(self) -> Iterator[Outcome]:
        """Note what went, and begin with what has come."""
        there = _cameras(self.bays)
        yield from unplug(self.org, [bay for mine in there.values() for bay in mine], by=self.by)
        self.patience.forget_others(there)
        self.done &= set(there)  # what went and comes back is looked at again
        for name in there.keys() - self.done - self.working.keys():
            self.working[name] = self.pool.submit(self._work, name, there[name])

    def _hear(self) -> Iterator[Outcome]:
        """What the workers say, until one has ended or it is time to look at the bays."""
        until = monotonic() + LOOK_EVERY_S
        while (left := until - monotonic()) > 0:
            try:
                said = self.told.get(timeout=left)
            except Empty:
                return
            if isinstance(said, str):
                self.working.pop(said).result()
                self.done.add(said)
                return
            yield said

    def _work(self, name: str, mine: list[Path]) -> None:
        try:
            for outcome in _emptied(self.org, name, mine, self.patience, self.by):
                self.told.put(outcome)
        finally:
            connection.close()
            self.told.put(name)


def _cameras(bays: Path) -> dict[str, list[Path]]:
    """The bays, those that claim the same camera together."""
    named: dict[str, list[Path]] = {}
    for bay in occupied(bays):
        with suppress(OSError):  # it went while it was looked at
            named.setdefault(camera_in(bay), []).append(bay)
    return named
