"""Verbs of backup: that a copy was made, and what a restored one had to be told."""

from __future__ import annotations

from hokanko.backup import catch_up
from hokanko.backup.catch_up import Published, Restored
from hokanko.footage.models import Footage
from hokanko.keyring import keys
from hokanko.people.queries import HOME_THING
from hokanko.retention.actions import note_gone
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("backup.make")
def note_made(footage: int, ledger_size: int, *, by: Actor) -> None:
    """Write that a copy of this many pieces and ledger lines stands on another medium."""
    permit = require(by, "backup.make", HOME_THING)
    permit.write("backup.made", facts={"footage": footage, "ledger_size": ledger_size})


@verb("backup.restore")
def restore(published: Published | None, *, by: Actor) -> Restored:
    """Bring a restored database up to the published ledger; gives what came of it.

    Lines that it lacks take their places again, footage that they speak of is filed again, and
    what has lost its key meanwhile is erased. Raises Unsound when ledger and database differ.
    """
    permit = require(by, "backup.restore", HOME_THING)
    lines = catch_up.replay(published)
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
