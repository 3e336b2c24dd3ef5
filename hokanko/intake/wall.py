"""The dock wall: each bay with its camera, wearer and progress; who is still out; is there room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from hokanko import clock
from hokanko.cameras.models import Checkout
from hokanko.cameras.out import running
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival, Docking
from hokanko.people.models import Organisation
from hokanko.rules.decide import rules_at
from hokanko.vault import cabinet

WEEK = 7
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


@dataclass(frozen=True, slots=True)
class Room:
    """Free space against what will be held when each day's footage is kept to its last day."""

    free: int
    days: int
    needed: int

    @property
    def short(self) -> int:
        """Bytes that are lacking; 0 when the promise can be kept at this pace."""
        return max(0, self.needed - self.free)


def panels(org: Organisation) -> list[Panel]:
    """The bays with a camera in them, by name; and those pulled out too early that are not back."""
    every = Docking.objects.filter(org=org)
    again = every.filter(named=OuterRef("named"), since__gt=OuterRef("since"))
    pulled = (
        Q(gone_at__gte=clock.now() - DAY, camera__isnull=False) & ~Q(trouble="") & ~Exists(again)
    )
    stays = every.filter(Q(gone_at=None) | pulled).select_related("camera")
    return [_panel(stay) for stay in stays.order_by("bay", "pk")]


def room(org: Organisation) -> Room | None:
    """Whether the disk can keep what this pace will bring; None where no days are fixed."""
    rules = rules_at(org.pk)
    days = rules.book.effective(rules.values)["retention.days"]
    if not isinstance(days, int):
        return None
    held = Footage.objects.filter(org=org, state="held")
    week = held.filter(created__gte=clock.now() - timedelta(days=WEEK))
    daily = _bytes(week) // WEEK
    return Room(cabinet.free_bytes(), days, max(0, daily * days - _bytes(held)))


def _panel(stay: Docking) -> Panel:
    mine = Q(camera=stay.camera_id) & (Q(created__gte=stay.since) | Q(released_at__gte=stay.since))
    told = Footage.objects.filter(mine).aggregate(
        count=Count("pk"),
        size=Sum("bytes"),
        released=Count("pk", filter=Q(released_at__gte=stay.since)),
    )
    copying = Arrival.objects.filter(
        camera=stay.camera_id, state="copying", begun_at__gte=stay.since
    ).aggregate(size=Sum("bytes_done"))
    done = min(stay.bytes, (told["size"] or 0) + (copying["size"] or 0))
    left = _left(stay.since, done, stay.bytes)
    return Panel(stay, _wearer(stay), told["count"], told["released"], done, left, _taker(stay))


def _wearer(stay: Docking) -> str:
    """Who brought the camera home."""
    mine = Checkout.objects.filter(camera=stay.camera_id, out_at__lte=stay.since)
    last = mine.select_related("wearer").order_by("-out_at", "pk").first()
    return last.wearer.name if last else ""


def _taker(stay: Docking) -> str:
    """Who took the camera out again, where the dock has not seen it go yet."""
    out = running(stay.camera) if stay.camera else None
    return out.wearer.name if out is not None and out.out_at >= stay.since else ""


def _left(since: datetime, done: int, whole: int) -> timedelta | None:
    """At the pace so far."""
    spent = clock.now() - since
    return spent * ((whole - done) / done) if done and spent else None


def _bytes(rows: QuerySet[Footage]) -> int:
    return int(rows.aggregate(size=Sum("bytes"))["size"] or 0)
