"""Destroying a day's key against unlinking the files that it opened.

The key dies with everything the product does for it: a new root, the ring sealed again, the old
root overwritten. How many files hang on the day does not matter to it; unlinking pays for each.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from figures import Figure, against_limit, in_turns, spread, tell
from measured_home import folder, founded

from hokanko.keyring import keys

FILE_BYTES, FOLDERS, DAYS = 16 << 10, 256, 90
LIMIT_MS = 2.0
FASTER = 10_000  # for 100 000 files; asked of fewer in proportion
FIRST = date(2030, 1, 1)


def destroy_first_day() -> float:
    """Milliseconds until the oldest day is unreadable; a new one takes its place afterwards."""
    ring = keys.keyring()
    org, day = min(ring.ring().days)
    start = time.perf_counter()
    ring.destroy(org, day)
    taken = (time.perf_counter() - start) * 1e3
    ring.ensure_day(org, day + timedelta(days=DAYS))
    return taken


def unlink_all(shelf: Path, files: int) -> float:
    """Milliseconds until so many small files are gone, durably."""
    content = os.urandom(FILE_BYTES)
    for number in range(files):
        path = shelf / f"{number % FOLDERS:02x}" / str(number)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    os.sync()
    start = time.perf_counter()
    for inner in os.scandir(shelf):
        for entry in os.scandir(inner.path):
            os.unlink(entry.path)  # noqa: PTH108 the fewest steps there are
    os.sync()
    taken = (time.perf_counter() - start) * 1e3
    shutil.rmtree(shelf)
    shelf.mkdir()
    return taken


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=10_000)
    asked = parser.parse_args()
    founded()
    for number in range(DAYS):
        keys.keyring().ensure_day("CHUO", FIRST + timedelta(days=number))
    shelf, unlinking = folder("shelf"), f"unlinking {asked.files} files"
    works = {"key death": destroy_first_day, unlinking: lambda: unlink_all(shelf, asked.files)}
    taken = in_turns(works, asked.rounds)
    print("\n".join(spread(taken)), file=sys.stderr)
    least = FASTER * asked.files / 100_000
    found = [
        against_limit("key death", taken["key death"], LIMIT_MS, "ms"),
        Figure(unlinking, taken[unlinking], "key death", taken["key death"], "ms", at_least=least),
    ]
    tell(found, [], as_json=asked.json)


if __name__ == "__main__":
    main()
