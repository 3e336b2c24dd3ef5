"""The database as one file: a consistent copy, its health, and a copy put in its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from itertools import chain, count
from pathlib import Path

from django.db import DatabaseError, connection

from hokanko import clock
from hokanko.errors import Unavailable, Unsound
from hokanko.keyring import keys
from hokanko.keyring.disk import sync_folder
from hokanko.ledger.models import Entry

COPY = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def copy_to(folder: Path) -> Path:
    """Copy the database as it is at one moment, while others go on writing."""
    target = folder / COPY[connection.vendor]
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--file", str(draft))
    else:
        place = keys.home().database
        with closing(sqlite3.connect(place)) as old, closing(sqlite3.connect(draft)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.chmod(0o600)
    draft.replace(target)
    sync_folder(folder)
    return target


def is_healthy() -> bool:
    """Whether the home's database can be read, and has a ledger in it."""
    if connection.vendor == "postgresql":
        try:
            return Entry.objects.exists()
        except DatabaseError:
            return False
    return _sqlite_healthy(keys.home().database)


def put_back(copied: Path) -> Path | None:
    """Put a copy in the database's place; gives where the old one is kept, for `undo`.

    There is a database at every moment: the old one or, whole, the copy.
    """
    connection.close()
    if connection.vendor == "postgresql":
        aside = _aside(keys.home().path / COPY["postgresql"]) if is_healthy() else None
        connection.close()
        if aside is not None:
            _run("pg_dump", "--format=custom", "--file", str(aside))
        _pg_restore(copied)
        return aside
    if not _sqlite_healthy(copied):
        raise Unsound(
            f"控えのデータベース {copied} が壊れています。", f"The copy {copied} is damaged."
        )
    place = keys.home().database
    draft = place.with_name(place.name + ".new")
    shutil.copyfile(copied, draft)
    draft.chmod(0o600)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    aside = None
    if place.exists():
        aside = _aside(place)
        _close_log(place)
        for tail in ("-wal", "-shm"):
            _move(f"{place}{tail}", f"{aside}{tail}")
        _keep(place, aside)
    for tail in ("-wal", "-shm"):  # of a database that is gone: it must not be applied to this one
        Path(f"{place}{tail}").unlink(missing_ok=True)
    draft.replace(place)
    sync_folder(place.parent)
    return aside


def undo(aside: Path | None) -> None:
    """The database as it was before `put_back`."""
    connection.close()
    if aside is None:
        return
    if connection.vendor == "postgresql":
        _pg_restore(aside)
        return
    place = keys.home().database
    for tail in ("-wal", "-shm"):
        Path(f"{place}{tail}").unlink(missing_ok=True)
    for tail in ("", "-wal", "-shm"):
        _move(f"{aside}{tail}", f"{place}{tail}")
    sync_folder(place.parent)


def _aside(place: Path) -> Path:
    """A name beside it that nothing has yet: what an earlier restore kept is not written over."""
    first = f"{place.name}.before-{clock.now():%Y%m%dT%H%M%S}"
    later = (f"{first}-{number}" for number in count(2))
    return next(
        place.with_name(name)
        for name in chain([first], later)
        if not place.with_name(name).exists()
    )


def _close_log(place: Path) -> None:
    """Bring what stands only in the write-ahead log into the file, if it is a database at all."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(place)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _keep(place: Path, aside: Path) -> None:
    try:
        os.link(place, aside)
    except OSError:  # a file system without links
        shutil.copyfile(place, aside)
        aside.chmod(0o600)


def _pg_restore(copied: Path) -> None:
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", copied)


def _sqlite_healthy(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path)) as opened:
            (word,) = opened.execute("PRAGMA quick_check").fetchone()
            (lines,) = opened.execute("SELECT COUNT(*) FROM hokanko_entry").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(word == "ok" and lines)


def _move(old: str, new: str) -> None:
    if Path(old).exists():
        Path(old).replace(new)


def _run(program: str, *words: str | Path) -> None:
    asked = connection.settings_dict
    known = {
        "PGHOST": asked["HOST"],
        "PGPORT": asked["PORT"],
        "PGUSER": asked["USER"],
        "PGPASSWORD": asked["PASSWORD"],
        "PGDATABASE": asked["NAME"],
    }
    found = shutil.which(program)
    if found is None:
        raise Unavailable(
            f"{program} が見つかりません。",
            f"{program} is not installed.",
            mend_ja="PostgreSQL の附属プログラムを入れてください。",
            mend_en="Install PostgreSQL's client programs.",
        )
    where = ["--dbname", str(asked["NAME"])] if program == "pg_restore" else []
    done = subprocess.run(
        [found, *where, *map(str, words)],
        env={**os.environ, **{name: str(value) for name, value in known.items() if value}},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip()[-500:]
        raise Unavailable(f"{program} が失敗しました: {why}", f"{program} failed: {why}")
