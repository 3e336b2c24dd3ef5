"""A turn to write: one transaction, and on SQLite one writer of this process at a time.

SQLite has a single writer; those who come second sleep and try again, ever longer. Between the
threads of one process a lock is fairer and some twenty times faster. Other processes, and
PostgreSQL, are left to the database.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

_one_at_a_time = threading.RLock()


@contextmanager
def write_turn() -> Iterator[None]:
    """A transaction in which to write; a turn within a turn joins it."""
    with _one_at_a_time if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield
