"""Verbs of backup: a copy was made, what a restored one was told, where copies may lie."""

from __future__ import annotations

from pathlib import Path

from hokanko import clock
from hokanko.backup import catch_up
from hokanko.backup.catch_up import Restored
from hokanko.backup.models import StoragePlace
from hokanko.backup.places import named
from hokanko.backup.published import Published, replay
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.keyring import keys
from hokanko.people.models import Organisation
from hokanko.people.queries import HOME_THING, thing_of_org
from hokanko.retention.tending import note_gone
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("backup.make")
def note_made(footage: int, ledger_size: int, *, by: Actor) -> None:
    """Write that a copy of this many pieces and ledger lines stands on another medium."""
    permit = require(by, "backup.make", HOME_THING, unlisted=False)
    permit.write("backup.made", facts={"footage": footage, "ledger_size": ledger_size})


@verb("backup.restore")
def restore(published: Published | None, *, by: Actor) -> Restored:
    """Bring a restored database up to the published ledger; gives what came of it.

    Lines that it lacks take their places again, footage that they speak of is filed again, and
    what has lost its key meanwhile is erased. Raises Unsound when ledger and database differ.
    """
    permit = require(by, "backup.restore", HOME_THING)
    lines = replay(published)
    brought = catch_up.refile(lines)
    catch_up.lengthen(lines)
    catch_up.close_ends(lines)
    ring = keys.keyring()
    gone = 0
    for footage in Footage.objects.filter(state="held").select_related("org"):
        if not ring.opens(footage.org_id, footage.key_day, str(footage.pk)):
            note_gone(footage, by=by)
            gone += 1
    permit.write("backup.restored", facts={"brought": brought, "gone": gone})
    return Restored(brought, gone, catch_up.to_repeat(lines))


@verb("storage.declare")
def declare_place(org: Organisation, place: str, folder: Path, *, by: Actor) -> StoragePlace:
    """Declare that a folder lies at a storage place of the rules: images may be kept in it.

    Raises Conflict for a path that is not absolute, or declared already.
    """
    permit = require(by, "storage.declare", thing_of_org(org), place_allowed=place in named(org.pk))
    where = str(folder)
    if not folder.is_absolute():
        raise Conflict("フォルダーは / から始めて書いてください。", "Give the folder from / on.")
    standing = StoragePlace.objects.filter(org=org, place=place, where=where, withdrawn_at=None)
    if standing.exists():
        raise Conflict("もう届け出られています。", "It is declared already.")
    row = StoragePlace.objects.create(org=org, place=place, where=where, declared_at=clock.now())
    permit.write("storage.declared", facts={"place": place, "where": where})
    return row


@verb("storage.withdraw")
def withdraw_place(row: StoragePlace, *, by: Actor) -> None:
    """From here on nothing may be copied there; what lies there already is for a person to see."""
    permit = require(by, "storage.withdraw", thing_of_org(row.org))
    standing = StoragePlace.objects.filter(pk=row.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=clock.now()) != 1:
        raise Conflict("もう取り下げられています。", "It has been withdrawn already.")
    permit.write("storage.withdrawn", facts={"place": row.place, "where": row.where})
