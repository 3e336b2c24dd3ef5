"""Empties the bays of BAYS into the home of HOKANKO_HOME: dock_lap.py ORG BAYS AT_ONCE.

A process of its own, so that its memory is its own: one JSON document of what it took.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "hokanko.settings"
sys.path.append(str(Path(__file__).parents[1]))

import django

django.setup()

from hokanko.dock.crowd import empty_all  # noqa: E402
from hokanko.people.queries import organisation, thing_of_org  # noqa: E402
from hokanko.rules.actor import machine  # noqa: E402
from hokanko.rules.decide import may  # noqa: E402

LOOK_EVERY_S = 0.02
PAGE, MIB = os.sysconf("SC_PAGE_SIZE"), 1 << 20


class Watch(threading.Thread):
    """Notes how much of the machine's memory this process holds, again and again."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.held: list[float] = []
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(LOOK_EVERY_S):
            self.held.append(resident_mib())

    def end(self) -> list[float]:
        """Stop; gives what was seen, in MiB."""
        self.over.set()
        self.join()
        return [*self.held, resident_mib()]


def resident_mib() -> float:
    """Resident memory of this process now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / MIB


def main() -> None:
    """Take everything in, as a round of `hokanko dock` does, and tell."""
    code, bays, at_once = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    org, by = organisation(code), machine("management-pc", code)
    may(by, "footage.list", thing_of_org(org))  # rules are read once in a program's life: here
    before, watch = resident_mib(), Watch()
    watch.start()
    gc.freeze()  # as the command does
    begun, spent = time.perf_counter(), os.times()
    files = size = 0
    for outcome in empty_all(org, bays, at_once=at_once, by=by):
        if outcome.error is not None or outcome.footage is None:
            raise SystemExit(str(outcome.error))
        files, size = files + 1, size + outcome.footage.bytes
    wall, used = time.perf_counter() - begun, os.times()
    held = watch.end()
    half = len(held) // 2
    told = {
        "files": files,
        "mib": size / MIB,
        "wall_s": wall,
        "user_s": used.user - spent.user,
        "system_s": used.system - spent.system,
        "before_mib": before,
        "first_half_mib": max(held[:half] or held),
        "second_half_mib": max(held[half:]),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
