"""The dock wall: each bay with its camera, wearer and progress."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform

from hokanko import clock
from hokanko.cameras.models import Checkout
from hokanko.dock.models import Docking
from hokanko.people.models import Organisation

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Panel:
    """One bay as the wall shows it. Sizes in bytes; `left` is None while it cannot be told."""

    stay: Docking
    wearer: str
    verified: int
    released: int
    done_bytes: int
    left: timedelta | None
    taker: str = ""  # who has it out by the register since it was put here

    @property
    def state(self) -> str:
        """bad | out | done | working | waiting."""
        if self.stay.trouble or self.stay.camera is None:
            return "bad"
        if self.released >= self.stay.clips:
            return "out" if self.taker else "done"
        return "working" if self.done_bytes else "waiting"


def panels(org: Organisation) -> list[Panel]:
    """The bays with a camera in them, by name; and those pulled out too early that are not back."""
    every = Docking.objects.filter(org=org)
    again = every.filter(named=OuterRef("named"), since__gt=OuterRef("since"))
    pulled = (
        Q(gone_at__gte=clock.now() - DAY, camera__isnull=False) & ~Q(trouble="") & ~Exists(again)
    )
    stays = every.filter(Q(gone_at=None) | pulled).select_related("camera").order_by("bay", "pk")
    return _panels(list(stays))


def _panels(stays: list[Docking]) -> list[Panel]:
    """The wall asks each second: each question is put once, for all bays together."""
    every = Docking.objects.filter(pk__in=[stay.pk for stay in stays]).order_by("pk")
    given, copying, people = _given(every), _copying(every), _people(every)
    found = []
    for stay in stays:
        verified, size, released = given.get(stay.pk, (0, 0, 0))
        wearer, taker = people.get(stay.pk, ("", ""))
        done = min(stay.bytes, size + copying.get(stay.pk, 0))
        left = _left(stay.since, done, stay.bytes)
        found.append(Panel(stay, wearer or "", verified, released, done, left, taker or ""))
    return found


def _given(stays: QuerySet[Docking]) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Clips verified, their bytes, and clips released, by stay: of a camera in two bays each's."""
    let_go = Q(camera__footage__released_at__gte=F("since"))
    since = stays.filter(Q(camera__footage__created__gte=F("since")) | let_go)
    theirs = since.annotate(here=KeyTextTransform("bay", "camera__footage__origin"))
    counted = (
        theirs.filter(here=F("bay"))
        .values("pk")
        .annotate(
            verified=Count("camera__footage"),
            size=Sum("camera__footage__bytes"),
            released=Count("camera__footage", filter=let_go),
        )
    )
    rows = counted.values_list("pk", "verified", "size", "released")
    return {stay: (verified, size, released) for stay, verified, size, released in rows}


def _copying(stays: QuerySet[Docking]) -> dict[uuid.UUID, int]:
    """Bytes of the clips that are being read now, by stay."""
    reading = Q(camera__arrival__state="copying", camera__arrival__begun_at__gte=F("since"))
    theirs = stays.filter(reading).annotate(here=KeyTextTransform("bay", "camera__arrival__origin"))
    counted = theirs.filter(here=F("bay")).values("pk")
    counted = counted.annotate(size=Sum("camera__arrival__bytes_done"))
    return dict(counted.values_list("pk", "size"))


def _people(stays: QuerySet[Docking]) -> dict[uuid.UUID, tuple[str | None, str | None]]:
    """By stay, who brought the camera home, and who took it out again.

    The latter by the register, where the dock has not seen the camera go yet.
    """
    mine = Checkout.objects.filter(camera=OuterRef("camera")).order_by("-out_at", "pk")
    home = mine.filter(out_at__lte=OuterRef("since"))
    again = mine.filter(out_at__gte=OuterRef("since"), returned_at=None, lost_at=None)
    rows = stays.values_list(
        "pk", Subquery(home.values("wearer__name")[:1]), Subquery(again.values("wearer__name")[:1])
    )
    return {stay: (wearer, taker) for stay, wearer, taker in rows}


def _left(since: datetime, done: int, whole: int) -> timedelta | None:
    """At the pace so far."""
    spent = clock.now() - since
    return spent * ((whole - done) / done) if done and spent else None
