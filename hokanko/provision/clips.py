"""The clips of a request: which there are, how far they have come, how a manifest lists one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.formats.canon import JSON
from hokanko.formats.package import Cut, MediaFile, Seconds
from hokanko.media import clip as media
from hokanko.provision.models import Clip, Provision
from hokanko.provision.recorded_at import recorder_clock
from hokanko.vault.models import SealedObject

OPERATION = "clip"
MASKED, COPIED = "clip, masked", "clip, copied"
JOB = "provision.make_clip"


def clips_of(provision: Provision) -> QuerySet[Clip]:
    """The clips that were ordered for a request, in the order of its files."""
    every = Clip.objects.filter(file__provision=provision)
    told = every.select_related("file__provision", "file__footage__org", "ordered_by")
    return told.order_by("file__footage__number", "pk")


def is_ready(provision: Provision) -> bool:
    """Whether nothing has to be made any more before it can be handed over."""
    return all(clip.is_ready for clip in clips_of(provision))


def insist_ready(clip: Clip) -> None:
    """Raises Conflict for a masked copy that is not made, or that nobody has looked at."""
    if not clip.is_ready:
        raise Conflict(
            f"{clip.file.footage.number} のマスクをかけた映像が、まだ確かめられていません。",
            f"The masked copy of {clip.file.footage.number} has not been checked yet.",
            mend_ja="映像を作り、見て確かめてから渡してください。",
            mend_en="Have it made, look at it, and confirm it first.",
        )


def clip_path(clip: Clip) -> str:
    """Where a clip lies in the package: number, then start and end in ms of its parent."""
    return f"clips/{clip.file.footage.number}_{clip.start_ms}-{clip.end_ms}.mp4"


def clip_entry(clip: Clip) -> MediaFile:
    """A clip that was made, as the manifest lists it."""
    footage, made = clip.file.footage, clip.made
    assert clip.made_at is not None, "only what was made is listed"
    delivered = made["until_ms"] - made["first_ms"]
    asked = clip.end_ms - clip.start_ms
    return MediaFile(
        path=clip_path(clip),
        number=footage.number,
        role="clip",
        sha256=clip.sha256,
        bytes=clip.bytes,
        created=footage.created,
        captured=footage.captured,
        captured_by=footage.captured_by,
        duration_ms=delivered,
        parent_sha256=footage.sha256,
        operation=_operation(clip),
        position_ms=clip.start_ms,
        seconds=Seconds(asked / 1000, delivered / 1000, (asked - delivered) / 1000),
        cut=Cut(
            start_ms=clip.start_ms,
            end_ms=clip.end_ms,
            first_ms=made["first_ms"],
            last_ms=made["last_ms"],
            pictures=made["pictures"],
            damaged=made["damaged"],
            silenced=made["silenced"],
            recipe="; ".join((made["recipe"], *map(_area, clip.masks))),
            reason="／".join((clip.reason, *_reasons(clip))),
            made_by=clip.ordered_by.name,
            made_at=clip.made_at.astimezone(clock.TOKYO),
        ),
        clock=recorder_clock(footage),
    )


def _operation(clip: Clip) -> str:
    if clip.masks:
        return MASKED
    return COPIED if clip.copied else OPERATION


def in_words(mask: Mapping[str, Any]) -> str:
    """The rectangle of a mask: percent from the left and top to the right and bottom."""
    left, top, right, bottom = (f"{mask[edge]:g}" for edge in ("left", "top", "right", "bottom"))
    return f"{left},{top}-{right},{bottom}"


def _area(mask: Mapping[str, Any]) -> str:
    return f"black {in_words(mask)} % from {mask['from_ms']} until {mask['until_ms']} ms"


def _reasons(clip: Clip) -> list[str]:
    return [f"マスク{at}：{mask['reason']}" for at, mask in enumerate(clip.masks, 1)]


def sealed_clip(clip: Clip) -> SealedObject:
    """Where a clip that was made lies."""
    return SealedObject.objects.get(pk=clip.sealed)


def put_down(clip: Clip, footage: Footage, sealed: SealedObject, made: media.Clip) -> None:
    """Note what was made and sealed, once. Raises Conflict when it was, or its last day moved."""
    if footage.key_day != sealed.key_day:
        raise Conflict(
            "切り出している間に、保存期間が変わりました。もう一度切り出します。",
            "Its last day changed while the clip was being made: it is made again.",
        )
    mine = Clip.objects.filter(pk=clip.pk, sha256="")
    if (
        mine.update(
            sealed=sealed.name,
            sha256=sealed.sha256,
            bytes=sealed.plain_bytes,
            made=asdict(made),
            start_ms=made.start_ms,  # of a copied one: where its key picture stands
            end_ms=made.end_ms,
            made_at=clock.now(),
            percent=100,
            problem="",
            problem_en="",
        )
        != 1
    ):
        raise Conflict("もう切り出してあります。", "It has been made already.")
    sealed.save(force_insert=True)
    clip.refresh_from_db()


def facts_of(clip: Clip, footage: Footage) -> dict[str, JSON]:
    """What the ledger says of a clip that was made."""
    return {
        "number": clip.file.provision.number,
        "from_ms": clip.start_ms,
        "until_ms": clip.end_ms,
        "sha256": clip.sha256,
        "parent_sha256": footage.sha256,
        "recipe": clip.made["recipe"],
    }


def job_key(clip: Clip) -> str:
    """The slot in which a clip is made: one job for each."""
    return f"{JOB}@{clip.pk}"
