"""Verbs of masked stills: what of a still is blackened and why, made, and looked at again."""

from __future__ import annotations

from dataclasses import asdict

from hokanko import clock
from hokanko.errors import Conflict, Missing
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.formats.canon import JSON
from hokanko.media.mask import MOST, Mask
from hokanko.people.models import Person
from hokanko.provision.masks import insist_entered, mask_facts
from hokanko.provision.models import MaskedStill, ProvisionFile
from hokanko.provision.still_masks import give_up, insist_asked, masked_still
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.vault.models import SealedObject


@verb("derive.edit")
def cover_still(
    file: ProvisionFile, mask: Mask, reason: str, clerk: Person, *, by: Actor
) -> MaskedStill:
    """State one more rectangle of the still at the mask's beginning, and why it is blackened."""
    missing = not reason.strip()
    permit = require(by, "derive.edit", footage_thing(file.footage), reason_missing=missing)
    insist_entered(file)
    insist_asked(file, mask.from_ms)
    before = masked_still(file, mask.from_ms)
    masks = [*(before.masks if before else []), asdict(mask) | {"reason": reason.strip()}]
    if len(masks) > MOST:
        raise Conflict(
            f"一つの静止画のマスクは{MOST}か所までです。", f"There are {MOST} masks at most."
        )
    still = _anew(file, mask.from_ms, clerk, masks)
    permit.write(
        "provision.mask_entered",
        facts=mask_facts(file, masks[-1]),
        private={"reason": reason.strip()},
    )
    return still


@verb("derive.edit")
def uncover_still(file: ProvisionFile, at_ms: int, at: int, clerk: Person, *, by: Actor) -> None:
    """Give up one rectangle; without any the still is handed over as it was filmed."""
    permit = require(by, "derive.edit", footage_thing(file.footage), reason_missing=False)
    insist_entered(file)
    before = masked_still(file, at_ms)
    masks = list(before.masks) if before else []
    if not 0 <= at < len(masks):
        raise Missing("このマスクはありません。", "There is no such mask.")
    gone = masks.pop(at)
    _anew(file, at_ms, clerk, masks)
    permit.write("provision.mask_dropped", facts=mask_facts(file, gone))


@verb("derive.edit")
def keep_masked_still(still: MaskedStill, sealed: SealedObject, *, by: Actor) -> None:
    """Keep a masked still that was sealed: parent, what was done, why, and who let it (I4)."""
    file = still.file
    footage = Footage.objects.select_related("org").get(pk=file.footage_id)
    reasons = [mask["reason"] for mask in still.masks]
    missing = not all(reason.strip() for reason in reasons)
    permit = require(by, "derive.edit", footage_thing(footage), reason_missing=missing)
    insist_entered(file)
    mine = MaskedStill.objects.filter(pk=still.pk, sha256="")
    if footage.key_day != sealed.key_day or not mine.update(
        sealed=sealed.name, sha256=sealed.sha256
    ):
        raise Conflict(
            "作っている間に、マスクか保存期間が変わりました。もう一度作ってください。",
            "The masks or the last day changed meanwhile: have it made again.",
        )
    sealed.save(force_insert=True)
    still.refresh_from_db()
    permit.write(
        "provision.masked",
        facts={
            "number": file.provision.number,
            "from_ms": still.at_ms,
            "until_ms": still.at_ms + 1,
            "masks": len(still.masks),
            "sha256": sealed.sha256,
            "parent_sha256": footage.sha256,
            "recipe": sealed.operation,
        },
        private={"reason": "／".join(reasons)},
    )


@verb("derive.edit")
def check_still(file: ProvisionFile, at_ms: int, clerk: Person, *, by: Actor) -> None:
    """Confirm after looking at it that the masked still hides what it should, and no more."""
    permit = require(by, "derive.edit", footage_thing(file.footage), reason_missing=False)
    insist_entered(file)
    made = MaskedStill.objects.filter(file=file, at_ms=at_ms, checked_at=None).exclude(sha256="")
    if made.update(checked_at=clock.now(), checked_by=clerk) != 1:
        raise Conflict(
            "確かめるのを待っている静止画がありません。",
            "No masked still is waiting to be checked.",
        )
    still = MaskedStill.objects.get(file=file, at_ms=at_ms)
    permit.write(
        "provision.mask_checked",
        facts={"number": file.provision.number, "sha256": still.sha256},
    )


def _anew(
    file: ProvisionFile, at_ms: int, clerk: Person, masks: list[dict[str, JSON]]
) -> MaskedStill:
    """The still with these masks in the place of the one before; without masks, none is kept."""
    before = masked_still(file, at_ms)
    if before is not None:
        give_up(before)
    still = MaskedStill(file=file, at_ms=at_ms, ordered_by=clerk, masks=masks)
    if masks:
        still.save()
    return still
