"""A turn is durable when it ends, and those who wait for the disk share one sync."""

import os
import threading
from contextlib import suppress

import pytest
from django.db import connection

from hokanko import clock
from hokanko.jobs.models import Job
from hokanko.ledger import turn
from hokanko.ledger.turn import write_turn

sqlite_only = pytest.mark.skipif(
    bool(os.environ.get("HOKANKO_DATABASE")), reason="PostgreSQL syncs its own log"
)


def _write(number: int) -> None:
    Job.objects.create(name=f"job {number}", run_at=clock.now())


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_the_log_is_synced_after_the_commit_once_for_all_within_a_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = []

    def sync(log: str) -> None:
        assert not connection.in_atomic_block
        seen.append((log[-4:], Job.objects.count()))

    monkeypatch.setattr(turn, "_sync", sync)
    with write_turn():
        _write(1)
        with write_turn():
            _write(2)
        assert seen == []
    assert [count for _, count in seen] == [2]
    assert seen[0][0] == "-wal"


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_turn_that_fails_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    monkeypatch.setattr(turn, "_sync", synced.append)
    with suppress(ZeroDivisionError), write_turn():
        _write(1)
        raise ZeroDivisionError
    assert synced == []
    assert not Job.objects.exists()


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_disk_that_does_not_sync_is_an_error_and_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(log: str) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(turn, "_sync", broken)
    with pytest.raises(OSError, match="Input/output"), write_turn():
        _write(1)
    synced: list[str] = []
    monkeypatch.setattr(turn, "_sync", synced.append)
    with write_turn():
        _write(2)
    assert len(synced) == 1


def test_nobody_returns_before_a_sync_that_began_after_his_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = turn._Disk()
    on_disk, begun, go = set(), threading.Event(), threading.Event()
    committed: set[int] = set()
    syncs = []

    def sync(log: str) -> None:
        covered = set(committed)  # what a sync that begins now is sure to cover
        syncs.append(covered)
        if len(syncs) == 1:
            begun.set()
            go.wait(5)
        on_disk.update(covered)

    monkeypatch.setattr(turn, "_sync", sync)
    too_early = []

    def writer(name: int) -> None:
        committed.add(name)
        disk.wait(disk.commit(), "log")
        if name not in on_disk:
            too_early.append(name)

    first = threading.Thread(target=writer, args=(0,))
    first.start()
    assert begun.wait(5)
    others = [threading.Thread(target=writer, args=(name,)) for name in range(1, 9)]
    for thread in others:
        thread.start()
    while len(committed) < 9:
        pass
    go.set()
    for thread in [first, *others]:
        thread.join(5)
    assert too_early == []
    assert len(syncs) <= 3  # those who came during the first share the next
