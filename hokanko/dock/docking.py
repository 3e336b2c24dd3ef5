"""What the dock notes of a camera in a bay: since when, what it brought, how wrong its clock is.

The dock wall is drawn from it. Nothing is decided by it, so it is no verb: like a transfer's
progress it may be lost without loss.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from django.db.models import Count, QuerySet, Sum

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.out import running
from hokanko.dock.bays import Bay, Load
from hokanko.dock.models import Docking
from hokanko.errors import HokankoError
from hokanko.footage.models import Footage
from hokanko.ledger.turn import write_turn
from hokanko.people.models import Organisation

CLOCK_PLATE = "CLOCK"
ASKED, FILES = "asked", "files"
PULLED = {
    "trouble": "取込みが終わらないまま、抜かれました。",
    "trouble_en": "It was pulled out before everything was taken in.",
}
LONGEST_OFFSET_S = 2**31 - 1


def come(
    org: Organisation, bay: Bay, camera: Camera | None, loads: list[Load]
) -> tuple[Docking | None, bool]:
    """The camera's stay, and whether it has just begun; no stay in a bay with nothing in it."""
    if camera is None and not loads:
        return None, False
    named, standing = bay.camera()[:60], _standing(org).filter(bay=bay.path.name)
    stay = standing.filter(named=named, camera=camera).first()
    if stay is not None and camera is not None and loads and _was_away(stay, camera):
        stay = None
    began = stay is None
    clips, size = _held(loads)
    offset = measured_offset(bay.path, loads)
    with write_turn():
        if stay is None:
            standing.update(gone_at=clock.now())
            stay = Docking(org=org, camera=camera, named=named, bay=bay.path.name)
            stay.since = clock.now()
        gone_clips, gone_size = _let_go(stay)
        stay.clips, stay.bytes = clips + gone_clips, size + gone_size
        stay.locked, stay.trouble, stay.trouble_en = bay.is_locked(), "", ""
        stay.clock_offset_s = offset[0] if offset else None
        stay.save()
    return stay, began


def leave(org: Organisation, still_there: Iterable[str]) -> list[Camera]:
    """Close the stays in bays that stand empty now; gives the cameras that left."""
    left = list(_standing(org).exclude(bay__in=list(still_there)).select_related("camera__org"))
    if left:
        with write_turn():
            Docking.objects.filter(pk__in=[each.pk for each in left]).update(gone_at=clock.now())
            early = [stay.pk for stay in left if not stay.trouble and _has_more(stay)]
            Docking.objects.filter(pk__in=early).update(**PULLED)
    return [stay.camera for stay in left if stay.camera is not None]


def tell_trouble(stay: Docking, error: HokankoError) -> None:
    """Note for the wall what stopped a clip of this stay, in both languages."""
    with write_turn():
        Docking.objects.filter(pk=stay.pk).update(trouble=error.ja, trouble_en=error.en)


def measured_offset(bay: Path, loads: list[Load]) -> tuple[int, str] | None:
    """The camera's clock less ours in seconds, and how it is known; None where it is not.

    A dock agent that can ask a camera for its time writes the answer (ISO 8601) into the plate
    CLOCK: the plate's own time says when it asked. Without one, files from the future show that
    the clock is ahead by so much at least; one that is behind does not show.
    """
    plate = bay / CLOCK_PLATE
    try:
        asked_at = plate.stat().st_mtime
        told = datetime.fromisoformat(plate.read_text().strip())
    except (FileNotFoundError, ValueError):
        newest = max((load.path.stat().st_mtime for load in loads), default=0.0)
        # a rehearsal's clock may stand apart from the machine's: a card written by either is right
        known = max(clock.now(), clock.now() - clock.offset())
        ahead = round(newest - known.timestamp())
        return (min(ahead, LONGEST_OFFSET_S), FILES) if ahead > 0 else None
    aware = told if told.tzinfo else told.replace(tzinfo=clock.TOKYO)
    offset = aware.astimezone(UTC).timestamp() - asked_at
    return max(-LONGEST_OFFSET_S, min(round(offset), LONGEST_OFFSET_S)), ASKED


def _standing(org: Organisation) -> QuerySet[Docking]:
    return Docking.objects.filter(org=org, gone_at=None).order_by("since", "pk")


def _was_away(stay: Docking, camera: Camera) -> bool:
    """Whether it went out and came home with clips while nobody looked at the bays."""
    out = running(camera)
    return out is not None and out.out_at >= stay.since


def _has_more(stay: Docking) -> bool:
    """Whether clips that were in the camera have not left it."""
    return stay.camera_id is not None and _let_go(stay)[0] < stay.clips


def _held(loads: list[Load]) -> tuple[int, int]:
    sizes = [clip.size for load in loads for clip in load.clips]
    return len(sizes), sum(sizes)


def _let_go(stay: Docking) -> tuple[int, int]:
    """Clips and bytes that left this camera, in this bay, during this stay."""
    if stay.camera_id is None:
        return 0, 0
    theirs = Footage.objects.filter(camera=stay.camera_id, origin__bay=stay.bay)
    gone = theirs.filter(released_at__gte=stay.since)
    told = gone.aggregate(count=Count("pk"), size=Sum("bytes"))
    return told["count"], told["size"] or 0
