"""Making a backup and restoring one: the steps, in the order that keeps every promise.

make: copy the database · then the sealed files it names · certificates · tiles, then their head ·
the label. restore: the database · the sealed files whose key is alive · bring it up to the
published ledger (`actions.restore`) · end what is over. Keys are in no backup, so nothing that
died comes back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection

from hokanko import clock
from hokanko.backup import actions, database
from hokanko.backup.catch_up import Restored
from hokanko.backup.folder import SMALL, Label, copy, copy_missing, read_label, write_label
from hokanko.backup.places import require_listed
from hokanko.backup.published import is_behind, longest
from hokanko.errors import Conflict, HokankoError, Unsound
from hokanko.footage.models import Footage
from hokanko.keyring import keys
from hokanko.keyring.disk import make_folder, write
from hokanko.ledger.publish import publish, published_note, signing_key
from hokanko.people.queries import HOME_THING
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.vault.models import SealedObject


def make(folder: Path, *, by: Actor) -> Label:
    """Copy everything but the secrets into a folder; made again there, it copies what is new."""
    require(by, "backup.make", HOME_THING, unlisted=False)  # before the first byte leaves
    require_listed(folder, by=by)
    publish()
    make_folder(folder)
    (folder / "backup.json").unlink(missing_ok=True)
    copied = database.copy_to(folder)
    names = _copy_sealed(copied, folder / "sealed")
    home = keys.home()
    head = published_note(home.ledger)
    copy_missing(home.certificates, folder / "certificates")
    copy_missing(home.ledger / "tile", folder / "ledger" / "tile")
    make_folder(folder / "ledger")
    write(folder / "ledger" / "checkpoint", head.encode())
    for name in SMALL:
        if (home.path / name).exists():
            copy(home.path / name, folder / name)
    label = Label(
        vkey=signing_key().vkey,
        made_at=clock.iso(clock.now()),
        vendor=connection.vendor,
        footage=Footage.objects.filter(state="held").count(),
        sealed=names,
        ledger_size=int(head.split("\n")[1]) if head else 0,
    )
    write_label(folder, label)
    actions.note_made(label.footage, label.ledger_size, by=by)
    publish()
    return label


def prepare(folder: Path, *, replace: bool) -> Path | None:
    """Put the backup's database in place; gives where the old one lies now.

    Raises Conflict over a healthy home unless `replace`, Unsound for another home's backup.
    """
    label = read_label(folder)
    if label.vkey != signing_key().vkey or label.vendor != connection.vendor:
        raise Unsound(
            "この控えは、別の保管庫（又は別の種類のデータベース）のものです。",
            "This backup is of another home, or of another kind of database.",
            mend_ja="この保管庫の控えと、鍵束の場所を確かめてください。",
            mend_en="Check which backup it is, and where the keyring is.",
        )
    if database.is_healthy() and not replace and not is_behind():
        raise Conflict(
            "この保管庫のデータベースは壊れていません。戻すと、控えの後の記録は台帳だけになります。",
            "This home's database is healthy; restoring would leave only the ledger of what came "
            "after the backup.",
            mend_ja="それでも戻すときは --replace を付けてください（いまのものはよけておきます）。",
            mend_en="To restore all the same, add --replace (the present one is moved aside).",
        )
    return database.put_back(folder / database.COPY[label.vendor])


def finish(folder: Path, aside: Path | None, who: Callable[[], Actor]) -> Restored:
    """Everything after the database is back; gives what was brought back, and what is gone.

    `who` acts: asked only now, since the restored database knows him. What fails puts the old
    database back in its place.
    """
    home = keys.home()
    try:
        _put_back_sealed(folder / "sealed")
        published = longest((home.ledger, folder / "ledger"))
        restored = actions.restore(published, by=who())
        copy_missing(folder / "certificates", home.certificates)
        _put_back_tiles(folder / "ledger", home.ledger)
    except (HokankoError, OSError):
        database.undo(aside)
        raise
    publish()
    return restored


def _copy_sealed(copied: Path, target: Path) -> int:
    """The sealed files that the copied database names; others leave an older backup here."""
    shelf = keys.home().sealed
    names = _names_in(copied)
    for name in names:
        source, place = shelf / name[:2] / name, target / name[:2] / name
        if source.exists() and not place.exists():
            copy(source, place)
    for stale in [p for p in target.glob("??/*") if p.name not in names]:
        stale.unlink()
    return len(names)


def _names_in(copied: Path) -> set[str]:
    if connection.vendor == "postgresql":
        return set(SealedObject.objects.values_list("name", flat=True))
    with closing(sqlite3.connect(copied)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM hokanko_sealedobject")}


def _put_back_sealed(source: Path) -> None:
    """Sealed files that the shelf lacks, where their key is alive and their day is not over."""
    ring, shelf = keys.keyring(), keys.home().sealed
    for thing in SealedObject.objects.filter(key_day__gte=clock.today()):
        name = thing.name
        copied, place = source / name[:2] / name, shelf / name[:2] / name
        alive = ring.opens(thing.org, thing.key_day, thing.subject)
        if alive and copied.exists() and not place.exists():
            copy(copied, place)


def _put_back_tiles(source: Path, target: Path) -> None:
    """Where the home's own tiles are lost, those of the backup are the published ones."""
    if not published_note(target) and (head := published_note(source)):
        copy_missing(source / "tile", target / "tile")
        write(target / "checkpoint", head.encode())
