"""The queue of put-off work: who takes what, and for how long it is his."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from hokanko import clock
from hokanko.home import Home
from hokanko.jobs import queue
from hokanko.jobs.models import Job
from hokanko.jobs.worker import drain

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=clock.TOKYO)
LONG = timedelta(minutes=4)


@pytest.fixture(autouse=True)
def standing_clock(fresh_home: Home, db: None) -> Iterator[None]:
    del fresh_home, db
    clock.fix(NOON)
    yield
    clock.fix(None)


def test_work_is_taken_by_those_who_know_it() -> None:
    queue.put_off("long", key="long@1")
    assert queue.claim("hasty", {"short"}) is None
    done: list[int] = []
    assert drain({"short": lambda: done.append(1)}) == 0
    assert drain({"long": lambda: done.append(2)}) == 1
    assert done == [2]


def test_work_that_gives_no_sign_of_life_goes_to_another() -> None:
    queue.put_off("long", key="long@1")
    assert queue.claim("one", {"long"}) is not None
    clock.fix(NOON + queue.LEASE + timedelta(seconds=1))
    again = queue.claim("two", {"long"})
    assert again is not None
    assert again.attempts == 2


def test_long_work_that_is_alive_is_nobody_elses() -> None:
    queue.put_off("long", key="long@1")
    queue.claim("one", {"long"})
    for minutes in (1, 2, 3):
        clock.fix(NOON + LONG * minutes)
        queue.prolong("long@1")
        assert queue.claim("two", {"long"}) is None
    assert Job.objects.get().lease_until == NOON + LONG * 3 + queue.LEASE


def test_what_is_done_is_not_prolonged() -> None:
    queue.put_off("long", key="long@1")
    job = queue.claim("one", {"long"})
    assert job is not None
    queue.finish(job)
    before = Job.objects.get().lease_until
    clock.fix(NOON + LONG)
    queue.prolong("long@1")
    assert Job.objects.get().lease_until == before


def test_what_failed_waits_before_it_is_tried_again() -> None:
    queue.put_off("long", key="long@1")
    job = queue.claim("one", {"long"})
    assert job is not None
    queue.give_back(job, "disk full")
    assert queue.claim("two", {"long"}) is None
    clock.fix(NOON + timedelta(seconds=3))
    assert queue.claim("two", {"long"}) is not None
