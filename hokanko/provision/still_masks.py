"""Questions about masked stills: which there are, what has to be looked at, how one is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from hokanko.errors import Conflict, Missing
from hokanko.media.mask import Mask
from hokanko.provision.clips import clips_of, in_words
from hokanko.provision.models import MaskedStill, Provision, ProvisionFile
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf


@dataclass(frozen=True, slots=True)
class Asked:
    """One still that is asked for, and its masked copy if there is to be one."""

    file: ProvisionFile
    at_ms: int
    masked: MaskedStill | None

    @property
    def is_ready(self) -> bool:
        """Whether it may leave: as it was filmed, or masked and looked at by somebody."""
        return self.masked is None or self.masked.checked_at is not None


def stills_of(provision: Provision) -> list[Asked]:
    """The stills that are asked for, in the order of the files."""
    told = MaskedStill.objects.filter(file__provision=provision).select_related("checked_by")
    masked = {(row.file_id, row.at_ms): row for row in told}
    files = provision.files.select_related("footage__org").order_by("footage__number")
    return [
        Asked(file, at_ms, masked.get((file.pk, at_ms)))
        for file in files
        for at_ms in file.stills_ms
    ]


def masked_still(file: ProvisionFile, at_ms: int) -> MaskedStill | None:
    """The masked copy of a still, if there is to be one."""
    found = MaskedStill.objects.filter(file=file, at_ms=at_ms)
    return found.select_related("checked_by").first()


def insist_asked(file: ProvisionFile, at_ms: int) -> None:
    """Raises Missing for a picture that nobody asked for."""
    if at_ms not in file.stills_ms:
        raise Missing("この静止画は求められていません。", "This still is not asked for.")


def insist_stills_ready(provision: Provision) -> None:
    """Raises Conflict for a still that is not ready, or that shows what a masked copy hides."""
    for still in stills_of(provision):
        if not still.is_ready:
            raise Conflict(
                f"{_called(still)}のマスクをかけた静止画が、まだ確かめられていません。",
                f"The masked still of {still.file.footage.number} has not been checked yet.",
                mend_ja="静止画を作り、見て確かめてから渡してください。",
                mend_en="Have it made, look at it, and confirm it first.",
            )
    for still in uncovered(provision):
        raise Conflict(
            f"{_called(still)}の静止画には、マスクをかけた映像で隠した所が写ります。",
            f"A still of {still.file.footage.number} shows what its masked copy hides.",
            mend_ja="静止画にもマスクをかけてください。",
            mend_en="Mask the still as well.",
        )


def uncovered(provision: Provision) -> Iterator[Asked]:
    """Stills without a mask, at a moment at which the masked copy of their file has one."""
    masks = {clip.file_id: clip.masks for clip in clips_of(provision)}
    for still in stills_of(provision):
        due = masks.get(still.file.pk, [])
        if still.masked is None and any(
            mask["from_ms"] <= still.at_ms < mask["until_ms"] for mask in due
        ):
            yield still


def rows_of(still: MaskedStill) -> tuple[Mask, ...]:
    """The masks of a still as the jail is told of them."""
    return tuple(Mask(**{key: row[key] for key in Mask.__slots__}) for row in still.masks)


def image_of(still: MaskedStill) -> tuple[SealedObject, bytes]:
    """Where a masked still lies, and the picture (PNG)."""
    sealed = SealedObject.objects.get(pk=still.sealed)
    with cabinet.opened(sealed) as reader:
        return sealed, b"".join(reader.pieces(0, reader.plain_bytes))


def give_up(still: MaskedStill) -> None:
    """Let go of a masked still, bytes and all."""
    name = still.sealed
    SealedObject.objects.filter(pk=name).delete()
    if name:
        transaction.on_commit(lambda: shelf().remove(name))
    still.delete()


def areas(still: MaskedStill) -> str:
    """What is black in it and why, as a package tells it."""
    return "; ".join(f"black {in_words(mask)} % ({mask['reason']})" for mask in still.masks)


def reasons(provision: Provision) -> list[str]:
    """Why parts of its stills are black, still by still, as the record tells it."""
    return [
        f"{_called(still)}　マスク{count}：{mask['reason']}"
        for still in stills_of(provision)
        if still.masked is not None
        for count, mask in enumerate(still.masked.masks, 1)
    ]


def _called(still: Asked) -> str:
    return f"{still.file.footage.number}　{still.at_ms / 1000:.1f}秒"
