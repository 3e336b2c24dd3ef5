"""Several bays at once: while one camera's card is slow, the others' clips are sealed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from django.db import connection

from hokanko.intake.bays import camera_in, occupied
from hokanko.intake.dock import Outcome, empty_bay, empty_bays, unplug
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor


def empty_all(org: Organisation, bays: Path, *, at_once: int, by: Actor) -> Iterator[Outcome]:
    """As `empty_bays`, up to `at_once` cameras at a time; a camera is never read by two.

    Memory stays flat: each camera is read through one buffer, whatever it holds.
    """
    cameras = _cameras(bays)
    if min(at_once, len(cameras)) < 2:
        yield from empty_bays(org, bays, by=by)
        return
    yield from unplug(org, [bay for mine in cameras for bay in mine], by=by)
    told: SimpleQueue[Outcome | None] = SimpleQueue()

    def work(mine: list[Path]) -> None:
        try:
            for bay in mine:
                for outcome in empty_bay(org, bay, by=by):
                    told.put(outcome)
        finally:
            connection.close()
            told.put(None)

    with ThreadPoolExecutor(at_once, thread_name_prefix="bay") as pool:
        working = [pool.submit(work, mine) for mine in cameras]
        ended = 0
        while ended < len(working):
            outcome = told.get()
            if outcome is None:
                ended += 1
            else:
                yield outcome
        for each in working:
            each.result()


def _cameras(bays: Path) -> list[list[Path]]:
    """The bays, those that claim the same camera together."""
    named: dict[str, list[Path]] = {}
    for bay in occupied(bays):
        named.setdefault(camera_in(bay), []).append(bay)
    return list(named.values())
