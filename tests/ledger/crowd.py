"""One process of a crowd that writes at once (`-m tests.ledger.crowd ROLE NAME`).

`found` makes the home, `write` appends from several threads and takes every third turn back,
`publish` gives places and checks until its standard input ends, `tell` prints what came of it.
"""

from __future__ import annotations

import json
import select
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from hokanko.backup.actions import note_made  # noqa: E402
from hokanko.ledger.append import append  # noqa: E402
from hokanko.ledger.models import Entry, Opening  # noqa: E402
from hokanko.ledger.prove import check  # noqa: E402
from hokanko.ledger.publish import publish  # noqa: E402
from hokanko.ledger.turn import write_turn  # noqa: E402
from hokanko.management.commands.init import lay_foundation  # noqa: E402
from hokanko.rules.actor import HOME, Actor  # noqa: E402

THREADS, TURNS = 4, 12
BY = Actor("crowd", "crowd", HOME, frozenset({(HOME, "システム管理者")}), via="cli")


class TakenBackError(Exception):
    """The turn is taken back on purpose."""


def write(name: str) -> None:
    """Verbs and bare turns of two lines, from several threads at once."""
    faults: list[BaseException] = []

    def whole(thread: int) -> None:
        try:
            for turn in range(TURNS):
                _one(f"{name}-{thread}-{turn}", turn)
        except BaseException as fault:  # noqa: BLE001 a thread would only print it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=whole, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def _one(what: str, turn: int) -> None:
    with suppress(TakenBackError), write_turn():
        append("ledger.read", by=BY, org=HOME, about=f"a:{what}")
        if turn % 3 == 0:
            note_made(turn, turn, by=BY)
        append("ledger.read", by=BY, org=HOME, about=f"b:{what}")
        if turn % 3 == 1:
            raise TakenBackError


def expected(name: str) -> list[str]:
    """What a writer of that name leaves, in order of thread and turn."""
    kept = [f"{name}-{t}-{turn}" for t in range(THREADS) for turn in range(TURNS) if turn % 3 != 1]
    return [f"{side}:{what}" for what in kept for side in "ab"]


def keep_publishing(_name: str) -> None:
    """Publish, and check what is published, until standard input ends."""
    while not select.select([sys.stdin], [], [], 0.1)[0]:
        publish()
        verdict = check()
        assert verdict.sound or {p.kind for p in verdict.problems} == {"unsigned"}, verdict


def tell(_name: str) -> None:
    """The lines as they stand, and what the check says of them."""
    publish()
    verdict = check()
    rows = Entry.objects.order_by("place").values_list("place", "kind", "about")
    told = {
        "vendor": connection.vendor,
        "sound": verdict.sound,
        "problems": [problem.en for problem in verdict.problems],
        "lines": [list(row) for row in rows],
        "openings": Opening.objects.count(),
    }
    sys.stdout.write(json.dumps(told))


ROLES: dict[str, Callable[[str], None]] = {
    "found": lambda _name: lay_foundation(settings.HOME.path, rehearsal=True),
    "write": write,
    "publish": keep_publishing,
    "tell": tell,
}

if __name__ == "__main__":
    ROLES[sys.argv[1]](sys.argv[2])
