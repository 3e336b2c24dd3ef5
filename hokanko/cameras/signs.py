"""Questions about sites and signs: what hangs where, what should, and what no longer should.

A sign is planned, hangs, or was taken down. It tells people of a camera, for every rule that asks
for a sign, when it hangs and a photograph shows it: `TOLD`.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet

from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.queries import active
from hokanko.errors import Missing

PLANNED = Q(posted_on=None, removed_on=None)
HANGING = Q(posted_on__isnull=False, removed_on=None)
TOLD = HANGING & Q(photo__isnull=False)


def sites(org: str) -> QuerySet[Site]:
    """The sites of an organisation that are in use."""
    mine = Site.objects.filter(org=org, closed_at=None)
    return mine.select_related("org").order_by("name", "pk")


def site(pk: UUID) -> Site:
    """A site in use. Raises Missing."""
    known = Site.objects.select_related("org__parent")
    found = known.filter(pk=pk, closed_at=None).first()
    if found is None:
        raise Missing("この設置場所は登録されていません。", "There is no such site.")
    return found


def closed(org: str) -> QuerySet[Site]:
    """The sites that are in use no more, the last to be closed first; pictures are left unread."""
    mine = Site.objects.filter(org=org).exclude(closed_at=None)
    return mine.defer("closing_photo").order_by("-closed_on", "name", "pk")


def closed_site(pk: UUID) -> Site:
    """A site that is in use no more. Raises Missing."""
    known = Site.objects.select_related("org__parent").exclude(closed_at=None)
    found = known.filter(pk=pk).first()
    if found is None:
        raise Missing("この設置場所の廃止は記録されていません。", "No such site has been closed.")
    return found


def sign(pk: UUID) -> Sign:
    """A sign, hanging or not. Raises Missing."""
    found = Sign.objects.select_related("site__org__parent").filter(pk=pk).first()
    if found is None:
        raise Missing("この表示板は記録されていません。", "There is no such sign.")
    return found


def posted(org: str) -> QuerySet[Sign]:
    """The signs that hang now; their photographs are left unread."""
    return _known(org).filter(HANGING)


def planned(org: str) -> QuerySet[Sign]:
    """The signs that do not hang yet."""
    return _known(org).filter(PLANNED)


def removed(org: str) -> QuerySet[Sign]:
    """The signs that were taken down, the newest first."""
    return _known(org).exclude(removed_on=None).order_by("-removed_on", "number", "pk")


def to_remove(org: str) -> list[Sign]:
    """Signs that still hang although every camera they tell of has ended (ward-7.2-sign)."""
    return list(_idle(posted(org)))


def to_remove_at(orgs: Collection[str]) -> int:
    """How many of them there are at these organisations."""
    return _idle(Sign.objects.filter(HANGING, site__org__in=orgs)).count()


def _idle(signs: QuerySet[Sign]) -> QuerySet[Sign]:
    told = Camera.objects.filter(signs=OuterRef("pk"))
    running = told.filter(ended_at=None, retired_at=None)
    return signs.filter(Exists(told)).exclude(Exists(running))


def is_told_of(camera: Camera) -> bool:
    """Whether a sign that hangs, and is photographed, tells of the camera."""
    return camera.signs.filter(TOLD).exists()


def without_sign(org: str) -> list[Camera]:
    """Cameras in operation of which no sign tells (home-2.3, shop-qa-1-11-conventional-sign)."""
    telling = Sign.objects.filter(TOLD, cameras=OuterRef("pk"))
    return list(active(org).exclude(Exists(telling)))


def bare(site: Site) -> list[str]:
    """Entrances of a site without a sign and without a reason why not (pref-sign)."""
    signed = set(site.signs.filter(TOLD).values_list("entrance", flat=True))
    return [e["name"] for e in site.entrances if not e["waived"] and e["name"] not in signed]


def bare_entrances(org: str) -> list[tuple[Site, str]]:
    """Entrances of sites with a running camera that have no sign and no waiver (pref-sign)."""
    running = sites(org).filter(pk__in=active(org).values("site"))
    return [(place, name) for place in running for name in bare(place)]


def left(site: Site) -> list[str]:
    """What of a site has not been taken down: "camera", "sign"."""
    found = ["camera"] if site.cameras.filter(retired_at=None).exists() else []
    return found + (["sign"] if site.signs.filter(HANGING).exists() else [])


def _known(org: str) -> QuerySet[Sign]:
    mine = Sign.objects.filter(site__org=org).select_related("site")
    known = mine.annotate(
        photographed=ExpressionWrapper(Q(photo__isnull=False), models.BooleanField())
    )
    told_of = Prefetch("cameras", Camera.objects.order_by("number", "pk"))
    unread = known.defer("photo", "removal_photo").prefetch_related(told_of)
    return unread.order_by("site__name", "number", "pk")
