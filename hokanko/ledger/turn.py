"""A turn to write: one transaction, durable when it ends.

On SQLite the turns of one process go one after the other, which is fairer and some twenty times
faster than its own sleeping and trying again. They wait for the disk together: a commit does not
sync (settings: synchronous=NORMAL), and after it one sync of the write-ahead log covers every
turn that has committed by then. Other processes, and PostgreSQL, are left to the database.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_one_at_a_time = threading.Lock()


class _Disk:
    """One sync for all who wait: the first to come syncs, the others ask whether it was theirs."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._committed = self._durable = 0
        self._syncing = False

    def commit(self) -> int:
        """Note a commit; gives its number."""
        with self._changed:
            self._committed += 1
            return self._committed

    def wait(self, number: int, log: str) -> None:
        """Return when that commit is on the disk. Raises OSError when the disk says no."""
        with self._changed:
            while self._syncing and self._durable < number:
                self._changed.wait()
            if self._durable >= number:
                return
            self._syncing, reached = True, self._committed
        try:
            _sync(log)
        except OSError:
            reached = 0  # nothing is promised to those who wait: each finds out for itself
            raise
        finally:
            with self._changed:
                self._syncing, self._durable = False, max(self._durable, reached)
                self._changed.notify_all()


_disk = _Disk()


@contextmanager
def write_turn() -> Iterator[None]:
    """A transaction in which to write; a turn within a turn joins it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _one_at_a_time:
        with transaction.atomic():
            yield
        number = _disk.commit()
    _disk.wait(number, f"{connection.settings_dict['NAME']}-wal")


def _sync(log: str) -> None:
    try:
        fd = os.open(log, os.O_RDONLY)
    except FileNotFoundError:
        return  # no log any more: it went into the database file, which was synced before
    try:
        os.fdatasync(fd)
    finally:
        os.close(fd)
