"""Questions about sites and signs: what hangs where, what should, and what no longer should."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.queries import active
from hokanko.errors import Missing


def sites(org: str) -> QuerySet[Site]:
    """The sites of an organisation that are in use; their maps are left unread."""
    mine = Site.objects.filter(org=org, closed_at=None)
    return mine.defer("map_png").select_related("org").order_by("name")


def site(pk: UUID) -> Site:
    """A site in use. Raises Missing."""
    known = Site.objects.select_related("org__parent")
    found = known.filter(pk=pk, closed_at=None).first()
    if found is None:
        raise Missing("この設置場所は登録されていません。", "There is no such site.")
    return found


def sign(pk: UUID) -> Sign:
    """A sign, hanging or not. Raises Missing."""
    found = Sign.objects.select_related("site__org__parent").filter(pk=pk).first()
    if found is None:
        raise Missing("この表示板は記録されていません。", "There is no such sign.")
    return found


def posted(org: str) -> QuerySet[Sign]:
    """The signs that hang now; their photographs are left unread."""
    mine = Sign.objects.filter(site__org=org, removed_on=None).select_related("site")
    known = mine.annotate(
        photographed=ExpressionWrapper(Q(photo__isnull=False), models.BooleanField())
    )
    return known.defer("photo", "removal_photo", "site__map_png").order_by("site__name", "place")


def to_remove(org: str) -> list[Sign]:
    """Signs that still hang although every camera they tell of has ended (ward-7.2-sign)."""
    told = Camera.objects.filter(signs=OuterRef("pk"))
    running = told.filter(ended_at=None, retired_at=None)
    return list(posted(org).filter(Exists(told)).exclude(Exists(running)))


def without_photo(org: str) -> list[Camera]:
    """Cameras in operation no hanging sign of which is photographed (home-2.3, shop-mgmt-2)."""
    seen = Sign.objects.filter(cameras=OuterRef("pk"), removed_on=None, photo__isnull=False)
    return list(active(org).exclude(Exists(seen)))


def without_sign(org: str) -> list[Camera]:
    """Cameras in operation that no hanging sign tells of (shop-qa-1-11-conventional-sign)."""
    seen = Sign.objects.filter(cameras=OuterRef("pk"), removed_on=None)
    return list(active(org).exclude(Exists(seen)))


def bare_entrances(org: str) -> list[tuple[Site, str]]:
    """Entrances of sites with a running camera that have no sign and no waiver (pref-sign)."""
    found = []
    for place in sites(org).filter(pk__in=active(org).values("site")):
        signed = set(place.signs.filter(removed_on=None).values_list("entrance", flat=True))
        bare = [e["name"] for e in place.entrances if not e["waived"] and e["name"] not in signed]
        found += [(place, name) for name in bare]
    return found
