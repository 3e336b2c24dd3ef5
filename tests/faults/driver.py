"""Kills an operation at every step and says what is left (`-m tests.faults.driver NAME DIR`).

One warm process prepares a home once; every try runs in a fork of it, on a copy of that home. The
fork that performs the operation dies; another one looks at what is left and finishes it. Prints
one JSON document: {"steps": N, "faults": [what went wrong, at which step]}.

On PostgreSQL (HOKANKO_DATABASE names a database of one's own) it dies only when all but a commit
is done: the steps on the disk are the same with both. Each try gets a copy of that database.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hokanko.settings")
NAME, WORK = sys.argv[1], Path(sys.argv[2])
os.environ["HOKANKO_HOME"] = str(WORK / "first" / "home")
os.environ["HOKANKO_RESERVE_MIB"] = "1"
SERVER = os.environ.get("HOKANKO_DATABASE", "")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from hokanko import clock  # noqa: E402
from hokanko import home as homes  # noqa: E402
from hokanko.keyring import keys  # noqa: E402
from tests import databases  # noqa: E402
from tests.faults import after  # noqa: E402
from tests.faults.kill import CALLS, Killer  # noqa: E402
from tests.faults.operations import NEW, OPERATIONS, World, prepare  # noqa: E402
from tests.fixtures import NOON  # noqa: E402

OPERATION = OPERATIONS[NAME]
FIRST = connection.settings_dict["NAME"]
TRY = f"{FIRST}_try"


def settings(path: Path) -> homes.Home:
    """A home with a second place beside it, whatever directory it was copied to."""
    return homes.Home(path, homes.Settings(second=str(path.parent / "second"), reserve_mib="1"))


def move_into(path: Path) -> None:
    """Make this process live in that home."""
    connection.close()
    connection.settings_dict["NAME"] = database_of(path)
    clock.use_home(path)
    keys.use(settings(path))


def database_of(path: Path) -> Path | str:
    """The database of the home at this path."""
    if not SERVER:
        return path / "hokanko.sqlite3"
    return FIRST if path.parent.name == "first" else TRY


@contextmanager
def copied() -> Iterator[Path]:
    """The first home once more, with its database, to be broken."""
    place = WORK / "try"
    shutil.copytree(WORK / "first", place, symlinks=True)
    if SERVER:
        databases.make(SERVER, TRY, like=FIRST)
    try:
        yield place
    finally:
        shutil.rmtree(place)
        if SERVER:
            databases.drop(SERVER, TRY)


def in_fork(work: Callable[[], object]) -> tuple[int, str]:
    """Run it in a fork: (exit status or minus the signal, what it wrote)."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what it prints is not our document
        code = 0
        try:
            said = json.dumps(work(), ensure_ascii=False)
        except BaseException:  # noqa: BLE001 a fork must never return into its parent's loop
            code, said = 1, traceback.format_exc()
        with os.fdopen(writer, "w") as out:
            out.write(said)
            out.flush()
        os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as said_by:
        said = said_by.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said


def first_home() -> World:
    """The home that every try starts from, with a second place of its keyring."""
    path = WORK / "first" / "home"
    path.mkdir(parents=True)
    (WORK / "first" / "second").mkdir()
    clock.fix(NOON)
    move_into(path)
    keys.keyring().make()
    world = prepare(path)
    (WORK / "first" / "new.mp4").write_bytes(NEW)
    OPERATION.before(path)
    world.ending = {sorted_ids(world)[index] for index in OPERATION.ending}
    connection.close()
    return world


def sorted_ids(world: World) -> list[str]:
    """Footage ids in the order in which they came."""
    return list(world.contents)


def attempt(number: int, *, after_it: bool, world: World) -> tuple[int, list[str]]:
    """Kill it at that step (0: let it run) and look: (steps seen or 0, what went wrong)."""
    with copied() as place:
        return _attempt(number, place, after_it=after_it, world=world)


def _attempt(number: int, place: Path, *, after_it: bool, world: World) -> tuple[int, list[str]]:
    clock.fix(NOON + OPERATION.on)
    killer = Killer(number, after=after_it, calls=() if SERVER else CALLS)

    def perform() -> int:
        move_into(place / "home")
        killer.arm()
        OPERATION.run(place / "home")
        return killer.steps

    def look() -> list[str]:
        move_into(place / "home")
        return after.faults(NAME, WORK / "first", place, world, whole=number == 0)

    status, said = in_fork(perform)
    faults = [] if status in (0, -9) else [said]
    seen, found = in_fork(look)
    faults += json.loads(found) if seen == 0 else [found]
    return (json.loads(said) if status == 0 else 0), faults


def main() -> None:
    """Count the steps, then kill at each of them, before and after."""
    world = first_home()
    steps, faults = attempt(0, after_it=False, world=world)
    told = [f"uninterrupted: {fault}" for fault in faults]
    only = [int(word) for word in sys.argv[3:]]
    for number in only or range(1, steps + 1):
        for late in (False,) if SERVER else (False, True):
            _, faults = attempt(number, after_it=late, world=world)
            told += [f"step {number}, {'after' if late else 'before'}: {f}" for f in faults]
    sys.stdout.write(json.dumps({"steps": steps, "faults": told}, ensure_ascii=False))


if __name__ == "__main__":
    main()
