"""Verbs about what verification finds: strays, the dead, the damaged, the sound again."""

from __future__ import annotations

from hokanko import clock
from hokanko.casebook.actions import note_over, open_incident
from hokanko.errors import Conflict
from hokanko.footage.flags import ALTERED, AT_REST, LOST
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.people.queries import HOME_THING
from hokanko.retention.queries import is_owed
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.vault import fsck
from hokanko.vault.models import SealedObject


@verb("fsck.mend")
def clear_stray(name: str, *, by: Actor) -> None:
    """Take a sealed file from the shelf that no row knows; a running transfer's is left alone."""
    permit = require(by, "fsck.mend", HOME_THING)
    if SealedObject.objects.filter(pk=name).exists() or is_owed(name):
        raise Conflict("この封印ファイルは使われています。", "This sealed file is in use.")
    fsck.clear(name)
    permit.write("fsck.mended", facts={"kind": "stray"})


@verb("fsck.mend")
def note_gone(footage: Footage, *, by: Actor) -> None:
    """Footage whose key died (a restored backup brought its row back) is written down as erased."""
    permit = require(by, "fsck.mend", HOME_THING)
    for kept in SealedObject.objects.filter(subject=str(footage.pk)):
        fsck.clear(kept.name)
        kept.delete()
    footage.state, footage.erased_at = "erased", clock.now()
    footage.save(update_fields=["state", "erased_at"])
    permit.write(
        "fsck.mended", org=footage.org_id, about=thing(footage).name, facts={"kind": "keyless"}
    )


@verb("footage.check")
def note_damage(footage: Footage, how: str, what: str, *, by: Actor) -> None:
    """Flag a piece whose sealed original is `how` ("altered" | "missing"); an incident opens.

    It is played no more until it is sound again. Noted once: the week's next look finds it flagged.
    """
    permit = require(by, "footage.check", thing(footage))
    flag = ALTERED if how == "altered" else LOST
    if flag in footage.flags:
        return
    footage.flags = [*footage.flags, flag]
    footage.save(update_fields=["flags"])
    permit.write("footage.damaged", facts={"how": [flag]})
    open_incident(
        footage.org,
        fact="damage",
        which=str(footage.pk),
        story=f"映像 {footage.number} の照合で異常が見つかりました。{what}",
        footage=footage,
        by=by,
    )


@verb("footage.check")
def note_sound(footage: Footage, *, by: Actor) -> None:
    """The sealed original is whole again (put back from a backup): the flag goes."""
    permit = require(by, "footage.check", thing(footage))
    healed = [flag for flag in footage.flags if flag in AT_REST]
    footage.flags = [flag for flag in footage.flags if flag not in AT_REST]
    footage.save(update_fields=["flags"])
    permit.write("footage.mended", facts={"how": healed})
    note_over(footage.org, fact="damage", which=str(footage.pk), by=by)
