"""The loop that does the work; the one place that survives any exception."""

from __future__ import annotations

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import close_old_connections

from hokanko import clock
from hokanko.jobs import queue

log = logging.getLogger(__name__)
Jobs = Mapping[str, Callable[..., object]]


@dataclass(frozen=True, slots=True)
class Slot:
    """Something done by itself every so many seconds; one row a slot, however many workers."""

    name: str
    every_s: int


def work(
    jobs: Jobs,
    slots: Sequence[Slot],
    pulses: Sequence[Callable[[], object]],
    stop: threading.Event,
    *,
    poll_s: float = 0.5,
) -> None:
    """Do work of the names in `jobs` until `stop` is set.

    A pulse is called at every turn: it must be quick and cheap.
    """
    me = f"{os.uname().nodename}:{os.getpid()}:{uuid.uuid4().hex[:6]}"
    while not stop.is_set():
        close_old_connections()
        for pulse in pulses:
            _survive(pulse)
        if not _one(me, jobs, slots):
            stop.wait(poll_s)


def _survive(pulse: Callable[[], object]) -> None:
    try:
        pulse()
    except Exception:
        log.exception("pulse failed")


def drain(jobs: Jobs) -> int:
    """Do all that is due now, then return how many pieces were done (commands, tests)."""
    done = 0
    while _one("drain", jobs, ()):
        done += 1
    return done


def _one(me: str, jobs: Jobs, slots: Sequence[Slot]) -> bool:
    try:
        for slot in slots:
            number = int(time.time() // slot.every_s)
            queue.put_off(slot.name, key=f"{slot.name}@{number}")
        job = queue.claim(me, jobs)
        if job is None:
            return False
    except Exception:
        log.exception("worker could not reach its queue at %s", clock.now())
        return False
    try:
        jobs[job.name](**job.args)
    except Exception as error:
        log.exception("job %s failed", job.name)
        queue.give_back(job, f"{type(error).__name__}: {error}"[:2000])
    else:
        queue.finish(job)
    return True
