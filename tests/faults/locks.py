"""Programs for tests: hold a database's write lock, append lines, in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
APPEND = """
import django
django.setup()
from hokanko.ledger.append import append
from hokanko.ledger.publish import publish
from hokanko.rules.actor import HOME, machine
for number in range(20):
    append("ledger.read", by=machine("t", HOME), org=HOME, about="x:y", facts={"what": number})
    publish()
"""


@contextmanager
def write_lock(database: Path) -> Iterator[None]:
    """Another process is writing to this SQLite database, and does not end."""
    words = [sys.executable, "-c", HOLD, str(database)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as held:
        assert held.stdout is not None
        assert held.stdout.readline() == b"held\n"
        yield
        held.communicate()
