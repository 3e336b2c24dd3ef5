"""Questions about cameras: which there are, which run, and what is left to do about them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hokanko import clock
from hokanko.cameras.models import Camera, CameraFrame
from hokanko.errors import Conflict, Missing
from hokanko.formats.era import reiwa
from hokanko.ledger.announced import is_announced
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor, Thing
from hokanko.rules.decide import has_ended, is_signed, is_valid, rules_at
from hokanko.rules.purpose import COMMERCE, CRIME

FIXED = "fixed"


def camera(org: str, number: str) -> Camera | None:
    """The registered camera of that number or serial; None is for the rulebook to refuse."""
    mine = Camera.objects.filter(org=org, retired_at=None).select_related("org", "holder")
    return mine.filter(number=number).first() or (
        mine.filter(serial=number).first() if number else None
    )


def one(pk: UUID) -> Camera:
    """A camera that is registered still. Raises Missing."""
    known = Camera.objects.select_related("org__parent", "holder", "site")
    found = known.filter(pk=pk, retired_at=None).first()
    if found is None:
        raise Missing("このカメラは登録されていません。", "There is no such camera.")
    return found


def one_ever(pk: UUID) -> Camera:
    """A camera that is registered, or was until it was taken down. Raises Missing."""
    known = Camera.objects.select_related("org__parent", "holder", "site").filter(pk=pk)
    found = known.exclude(~Q(retired_at=None) & Q(removed_on=None)).first()
    if found is None:
        raise Missing("このカメラは登録されていません。", "There is no such camera.")
    return found


def removed(org: str) -> QuerySet[Camera]:
    """The fixed cameras that were taken down, the newest first; their photographs unread."""
    gone = Camera.objects.filter(org=org, kind=FIXED).exclude(removed_on=None)
    return gone.defer("mount_photo", "removal_photo").order_by("-removed_on", "number", "pk")


def one_removed(pk: UUID) -> Camera:
    """A camera that was taken down. Raises Missing."""
    gone = Camera.objects.select_related("org__parent").filter(pk=pk).exclude(removed_on=None)
    found = gone.first()
    if found is None:
        raise Missing(
            "このカメラの撤去は記録されていません。", "No removal of this camera is on record."
        )
    return found


def setting(camera: Camera, by: Actor) -> dict[str, object]:
    """What the law is told of a setting by which nothing is switched off."""
    return {"off": [], "seat_enrolled": by.sits_at(camera.org_id)}


def announced(org: Organisation) -> bool:
    """Whether the cameras have been announced to the public, by the unit or its headquarters."""
    return is_announced({org.pk, org.parent_id or org.pk})


def issuing(org: Organisation) -> dict[str, object]:
    """What the law is told of a check-out to somebody trained who wears the camera rightly."""
    return {
        "holder_trained": True,
        "enacted": is_signed(org.pk),
        "valid": is_valid(org.pk),
        "announced": announced(org),
        "ended": has_ended(org.pk, clock.today()),
        "position_barred": False,
        "unticked": [],
    }


def thing(camera: Camera) -> Thing:
    """The camera as the law sees it."""
    return Thing("Camera", str(camera.pk), camera.org_id, camera.org.parent_id or "")


def has_sites(org: str) -> bool:
    """Whether the rulebook in force knows cameras that are installed somewhere."""
    return rules_at(org).book.parameter("map.required").applies


def fixed(org: str) -> QuerySet[Camera]:
    """The fixed cameras of an organisation that stand somewhere, or soon will."""
    mine = Camera.objects.filter(org=org, kind=FIXED, retired_at=None)
    return mine.select_related("site", "org").order_by("number")


def coming(*orgs: str) -> QuerySet[Camera]:
    """The fixed cameras that are registered and do not run yet."""
    mine = Camera.objects.filter(org__in=orgs, kind=FIXED, retired_at=None, ended_at=None)
    return mine.filter(activated_at=None).select_related("site", "org").order_by("number", "pk")


def active(org: str) -> QuerySet[Camera]:
    """The fixed cameras in operation."""
    return fixed(org).filter(activated_at__isnull=False, ended_at=None)


def active_count(org: str) -> int:
    """How many fixed cameras are in operation (ward-2.1)."""
    return active(org).count()


def count_mismatch(org: str) -> tuple[int, int] | None:
    """(enacted, in operation) where the edition in force states another number (ward-2.1)."""
    rules = rules_at(org)
    if not rules.book.parameter("camera.count").applies:
        return None
    enacted, running = rules.book.effective(rules.values)["camera.count"], active_count(org)
    return (enacted, running) if isinstance(enacted, int) and enacted != running else None


def frame(camera: Camera) -> CameraFrame | None:
    """The sample frame of the camera's present aim."""
    return camera.frames.filter(superseded_at=None).order_by("-filed_at", "pk").first()


def unconfirmed(org: str) -> list[Camera]:
    """Cameras in operation whose present aim nobody has confirmed (ward-2-range, pref-range)."""
    seen = CameraFrame.objects.filter(superseded_at=None, confirmed_at__isnull=False)
    return list(active(org).exclude(frames__in=seen))


def unexplained(org: str) -> list[Camera]:
    """Cameras whose proper use no vendor has explained (pref-vendor)."""
    return list(fixed(org).filter(ended_at=None, explained_on=None))


def require_past(day: date, since: date | None = None) -> None:
    """Raises Conflict for a day that has not come yet, or that lies before `since`."""
    if day > clock.today():
        raise Conflict("日付がまだ来ていません。", "That day has not come yet.")
    if since is not None and day < since:
        raise Conflict(
            f"{reiwa(since)}より前の日は記せません。",
            f"No day before {since.isoformat()} can be entered.",
            mend_ja=f"{reiwa(since)}から今日までの日を書いてください。",
            mend_en=f"Enter a day from {since.isoformat()} to today.",
        )


def filmed_for(camera: Camera, taken: datetime | None) -> str:
    """For what a camera filmed at that moment; an unknown moment counts as against crime."""
    since = camera.commercial_since
    return COMMERCE if since is not None and taken is not None and taken >= since else CRIME


def films_for(org: str) -> frozenset[str]:
    """For what the cameras of an organisation film: against crime, and what else one was given."""
    other = Camera.objects.filter(org=org, commercial_since__isnull=False).exists()
    return frozenset({CRIME, COMMERCE} if other else {CRIME})


def offered(org: str) -> str:
    """The purposes of the rules in force, as a camera's own is offered to be confirmed."""
    return "、".join(_listed(org, "purpose.list"))


def place_types(org: str) -> tuple[str, ...]:
    """The kinds of place that the rulebook gives as examples (pref-scope-places)."""
    return _listed(org, "place.types")


def must_be_locked(org: str) -> bool:
    """Whether the rules in force want recordings locked in the camera (police-7.1.1-lock)."""
    rules = rules_at(org)
    return bool(rules.book.effective(rules.values)["device.storage_lock"])


def _listed(org: str, name: str) -> tuple[str, ...]:
    rules = rules_at(org)
    row = rules.book.parameter(name)
    value = rules.book.effective(rules.values)[name] if row.applies else ()
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()
