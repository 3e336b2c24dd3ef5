"""Questions about masks: whether they are allowed, which were stated, what range they lie in."""

from __future__ import annotations

from hokanko.errors import Conflict, Missing
from hokanko.formats.canon import JSON
from hokanko.media.mask import Mask
from hokanko.provision.clips import in_words
from hokanko.provision.models import Clip, Provision, ProvisionFile
from hokanko.rules.decide import adopted_book, parameter


def masks_allowed(org: str) -> bool:
    """Whether the rulebook lets parts of a picture be blackened before it is handed over."""
    known = {row.name for row in adopted_book(org).parameters}
    return "derivative.mask" in known and bool(parameter(org, "derivative.mask"))


def file_of(provision: Provision, pk: int) -> ProvisionFile:
    """One of the files that were entered. Raises Missing."""
    known = provision.files.select_related("footage__org__parent", "provision__org")
    found = known.filter(pk=pk).first()
    if found is None:
        raise Missing("この映像は、この依頼書にありません。", "This request has no such file.")
    return found


def clip_of(file: ProvisionFile) -> Clip | None:
    """What is handed over of a file instead of the whole, if so."""
    return Clip.objects.filter(file=file).select_related("ordered_by", "checked_by").first()


def part_of(file: ProvisionFile) -> tuple[int, int]:
    """The range of a file that is to be handed over, in ms of it. Raises Conflict if unknown."""
    clip = clip_of(file)
    if clip is not None:
        return clip.start_ms, clip.end_ms
    length = file.footage.duration_ms
    if not length:
        raise Conflict(
            "長さの分からない映像には、マスクをかけられません。",
            "Footage of unknown length cannot be masked.",
        )
    return 0, length


def masks_before(file: ProvisionFile) -> list[dict[str, JSON]]:
    """The masks stated so far, in their order."""
    clip = clip_of(file)
    return list(clip.masks) if clip else []


def masks_of(clip: Clip) -> tuple[Mask, ...]:
    """The masks of a clip as the jail is told of them."""
    return tuple(Mask(**{key: row[key] for key in Mask.__slots__}) for row in clip.masks)


def mask_facts(file: ProvisionFile, mask: dict[str, JSON]) -> dict[str, JSON]:
    """What the ledger says of one rectangle."""
    times = {key: mask[key] for key in ("from_ms", "until_ms")}
    return {"number": file.provision.number, "area": in_words(mask), **times}


def insist_entered(file: ProvisionFile) -> None:
    """Raises Conflict where nothing is masked yet, or any more."""
    if file.provision.state != "entered":
        raise Conflict(
            "マスクをかけられるのは、入力してから渡すまでの間です。",
            "Masks are stated between entering and handing over.",
        )
