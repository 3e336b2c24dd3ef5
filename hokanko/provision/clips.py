"""The clips of a request: which there are, how far they have come, how a manifest lists one."""

from __future__ import annotations

from django.db.models import QuerySet

from hokanko import clock
from hokanko.formats.package import Cut, MediaFile, Seconds
from hokanko.provision.models import Clip, Provision
from hokanko.vault.models import SealedObject

OPERATION = "clip"
JOB = "provision.make_clip"


def clips_of(provision: Provision) -> QuerySet[Clip]:
    """The clips that were ordered for a request, in the order of its files."""
    every = Clip.objects.filter(file__provision=provision)
    told = every.select_related("file__provision", "file__footage__org", "ordered_by")
    return told.order_by("file__footage__number", "pk")


def is_ready(provision: Provision) -> bool:
    """Whether nothing has to be made any more before it can be handed over."""
    return not clips_of(provision).filter(sha256="").exists()


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
        operation=OPERATION,
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
            recipe=made["recipe"],
            reason=clip.reason,
            made_by=clip.ordered_by.name,
            made_at=clip.made_at.astimezone(clock.TOKYO),
        ),
    )


def sealed_clip(clip: Clip) -> SealedObject:
    """Where a clip that was made lies."""
    return SealedObject.objects.get(pk=clip.sealed)


def job_key(clip: Clip) -> str:
    """The slot in which a clip is made: one job for each."""
    return f"{JOB}@{clip.pk}"
