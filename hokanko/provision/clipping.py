"""Verbs of clips: ordered with a reason, kept once they are made, given up for another choice."""

from __future__ import annotations

from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.jobs import queue
from hokanko.media import clip as media
from hokanko.people.models import Person
from hokanko.provision.clips import JOB, facts_of, job_key, put_down
from hokanko.provision.extent import asked_part
from hokanko.provision.models import Clip, MaskedStill, Provision
from hokanko.provision.queries import ENTERING, thing
from hokanko.provision.stages import move_on
from hokanko.provision.still_masks import give_up
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.vault.models import SealedObject


@verb("derive.clip")
def order_clips(
    provision: Provision, clerk: Person, reason: str, *, copied: bool = False, by: Actor
) -> None:
    """Let the range asked for be cut out of each file that holds more than it.

    `copied`: as it is, from the key picture before the range on; else exactly, encoded anew.
    The work is put off: it lasts. Raises Conflict for a file that has nothing of the range.
    """
    for file in provision.files.select_related("footage__org").order_by("footage__number"):
        about = footage_thing(file.footage)
        permit = require(by, "derive.clip", about, reason_missing=not reason.strip())
        part = asked_part(provision, file.footage)
        if part is None:
            continue
        made = Clip.objects.create(
            file=file,
            start_ms=part[0],
            end_ms=part[1],
            reason=reason.strip(),
            ordered_by=clerk,
            copied=copied,
        )
        queue.put_off(JOB, key=job_key(made), clip=made.pk)
        permit.write(
            "provision.clip_ordered",
            facts={"number": provision.number, "from_ms": part[0], "until_ms": part[1]},
            private={"reason": made.reason},
        )


@verb("derive.clip")
def keep(clip: Clip, sealed: SealedObject, made: media.Clip, *, by: Actor) -> None:
    """Keep a clip that was sealed: it names its parent, what was done, why, and who let it (I4)."""
    footage = Footage.objects.select_related("org").get(pk=clip.file.footage_id)
    about = footage_thing(footage)
    permit = require(by, "derive.clip", about, reason_missing=not clip.reason.strip())
    put_down(clip, footage, sealed, made)
    permit.write(
        "provision.clipped", facts=facts_of(clip, footage), private={"reason": clip.reason}
    )


@verb("provision.enter")
def reopen(provision: Provision, clerk: Person, *, by: Actor) -> None:
    """Let the files be chosen anew: a wrong one was, or a clip cannot be made."""
    own = provision.requester_id == clerk.pk
    permit = require(by, "provision.enter", thing(provision), own=own, **ENTERING)
    details = {key: said for key, said in provision.details.items() if key != "breadth"}
    move_on(
        provision,
        ("entered",),
        state="approved",
        entered_by=None,
        entered_at=None,
        details=details,
    )
    Clip.objects.filter(file__provision=provision).delete()
    for still in MaskedStill.objects.filter(file__provision=provision).order_by("pk"):
        give_up(still)
    permit.write("provision.reopened", facts={"number": provision.number})
