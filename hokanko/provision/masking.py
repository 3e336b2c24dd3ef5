"""Verbs of masks: what of a file is blackened before it leaves, why, made, and looked at again."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from hokanko import clock
from hokanko.errors import Conflict, Missing
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.formats.canon import JSON
from hokanko.jobs import queue
from hokanko.media import clip as media
from hokanko.media.mask import MOST, Mask
from hokanko.people.models import Person
from hokanko.provision.clips import JOB, facts_of, job_key, put_down
from hokanko.provision.extent import asked_part
from hokanko.provision.masks import clip_of, insist_entered, mask_facts, masks_before, part_of
from hokanko.provision.models import Clip, ProvisionFile
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf

WHY = "必要な部分にマスクをかけて渡すため"


@verb("derive.edit")
def look(file: ProvisionFile, at_ms: int, *, masked: bool = False, by: Actor) -> None:
    """Note that a picture of the file, or of its masked copy, is looked at."""
    permit = require(by, "derive.edit", footage_thing(file.footage), reason_missing=False)
    insist_entered(file)
    permit.write(
        "provision.looked",
        facts={"number": file.provision.number, "at_ms": at_ms, "masked": masked},
    )


@verb("derive.edit")
def enter_mask(file: ProvisionFile, mask: Mask, reason: str, clerk: Person, *, by: Actor) -> Clip:
    """State one more rectangle to be blackened, and why. What was made before is given up."""
    missing = not reason.strip()
    permit = require(by, "derive.edit", footage_thing(file.footage), reason_missing=missing)
    insist_entered(file)
    start, end = part_of(file)
    if mask.from_ms >= end or mask.until_ms <= start:
        raise Conflict(
            "マスクの時間が、渡す範囲の外にあります。",
            "The mask's time lies outside the range that is handed over.",
            mend_ja="始まりと終わりの位置を確かめてください。",
            mend_en="Check its beginning and its end.",
        )
    masks = [*masks_before(file), asdict(mask) | {"reason": reason.strip()}]
    if len(masks) > MOST:
        raise Conflict(
            f"一つの映像のマスクは{MOST}か所までです。", f"There are {MOST} masks at most."
        )
    clip = _anew(file, clerk, masks)
    permit.write(
        "provision.mask_entered",
        facts=mask_facts(file, masks[-1]),
        private={"reason": reason.strip()},
    )
    return clip


@verb("derive.edit")
def drop_mask(file: ProvisionFile, at: int, clerk: Person, *, by: Actor) -> None:
    """Give up one rectangle; with the last one the file is handed over as it was to be."""
    permit = require(by, "derive.edit", footage_thing(file.footage), reason_missing=False)
    insist_entered(file)
    masks = masks_before(file)
    if not 0 <= at < len(masks):
        raise Missing("このマスクはありません。", "There is no such mask.")
    gone = masks.pop(at)
    clip = _anew(file, clerk, masks)
    if not masks and asked_part(file.provision, file.footage) is None:
        clip.delete()
    elif not masks:
        _order(clip)
    permit.write("provision.mask_dropped", facts=mask_facts(file, gone))


@verb("derive.edit")
def order_masked(file: ProvisionFile, *, by: Actor) -> None:
    """Let the masked copy be made. The work is put off: it lasts."""
    permit = require(by, "derive.edit", footage_thing(file.footage), reason_missing=False)
    insist_entered(file)
    clip = clip_of(file)
    if clip is None or not clip.masks or clip.ordered:
        raise Conflict(
            "これから作るマスク版がありません。",
            "There is no masked copy to be made.",
            mend_ja="マスクをかける所を定めてください。",
            mend_en="State what is to be masked.",
        )
    _order(clip)
    permit.write(
        "provision.mask_ordered",
        facts={"number": file.provision.number, "masks": len(clip.masks)},
    )


@verb("derive.edit")
def keep_masked(clip: Clip, sealed: SealedObject, made: media.Clip, *, by: Actor) -> None:
    """Keep a masked copy that was sealed: parent, what was done, why, and who let it (I4)."""
    footage = Footage.objects.select_related("org").get(pk=clip.file.footage_id)
    reasons = [mask["reason"] for mask in clip.masks]
    missing = not all(reason.strip() for reason in reasons)
    permit = require(by, "derive.edit", footage_thing(footage), reason_missing=missing)
    put_down(clip, footage, sealed, made)
    permit.write(
        "provision.masked",
        facts=facts_of(clip, footage) | {"masks": len(clip.masks)},
        private={"reason": "／".join([clip.reason, *reasons])},
    )


@verb("derive.edit")
def check_masked(file: ProvisionFile, clerk: Person, *, by: Actor) -> None:
    """Confirm after looking at it that the masked copy hides what it should, and no more."""
    permit = require(by, "derive.edit", footage_thing(file.footage), reason_missing=False)
    insist_entered(file)
    made = Clip.objects.filter(file=file, checked_at=None).exclude(sha256="").exclude(masks=[])
    if made.update(checked_at=clock.now(), checked_by=clerk) != 1:
        raise Conflict(
            "確かめるのを待っているマスク版がありません。",
            "No masked copy is waiting to be checked.",
        )
    clip = Clip.objects.get(file=file)
    permit.write(
        "provision.mask_checked",
        facts={"number": file.provision.number, "sha256": clip.sha256},
    )


def _anew(file: ProvisionFile, clerk: Person, masks: list[dict[str, JSON]]) -> Clip:
    """A clip with these masks in the place of the one before, whose bytes go with it."""
    start, end = part_of(file)
    before = clip_of(file)
    reason = before.reason if before else WHY
    if before is not None:
        SealedObject.objects.filter(pk=before.sealed).delete()
        if before.sealed:
            transaction.on_commit(lambda: shelf().remove(before.sealed))
        before.delete()
    return Clip.objects.create(
        file=file,
        start_ms=start,
        end_ms=end,
        reason=reason,
        ordered_by=clerk,
        masks=masks,
        ordered=False,
    )


def _order(clip: Clip) -> None:
    clip.ordered = True
    clip.save(update_fields=["ordered"])
    queue.put_off(JOB, key=job_key(clip), clip=clip.pk)
