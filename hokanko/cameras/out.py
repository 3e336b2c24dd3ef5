"""Questions about worn cameras: which are out, due, overdue, and which nobody can account for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet

from hokanko import clock
from hokanko.cameras.models import Camera, Checkout
from hokanko.cameras.queries import thing
from hokanko.errors import Conflict
from hokanko.ledger.models import Entry
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter

WORN = "wearable"
SOONEST = timedelta(hours=1)  # a shift that ends sooner than this is not the one just begun
ENDS_AHEAD = 2  # days of shift changes to choose from
DOCKED, OUT, REPAIR, LOST, UNACCOUNTED = "docked", "out", "repair", "lost", "unaccounted"


@dataclass(frozen=True, slots=True)
class Count:
    """The worn cameras of a unit by where they are; every one is in exactly one list."""

    docked: tuple[Camera, ...]
    out: tuple[Camera, ...]
    repair: tuple[Camera, ...]
    lost: tuple[Camera, ...]
    unaccounted: tuple[Camera, ...]

    @property
    def registered(self) -> int:
        """How many there are in all."""
        return sum(map(len, (self.docked, self.out, self.repair, self.lost, self.unaccounted)))


def positions(org: str) -> tuple[str, ...]:
    """Where a camera may be worn; empty where the rulebook knows no worn cameras."""
    return tuple(map(str, parameter(org, "device.wear_positions") or ()))


def ends(org: str, now: datetime) -> list[datetime]:
    """The coming changes of shift, soonest first; tomorrow this time where none are set."""
    times = [_time_of_day(text) for text in parameter(org, "shift.ends") or ()]
    today = now.astimezone(clock.TOKYO).date()
    days = [today + timedelta(days=ahead) for ahead in range(ENDS_AHEAD + 1)]
    found = [datetime.combine(day, at, clock.TOKYO) for day in days for at in times]
    last = now + timedelta(days=ENDS_AHEAD)
    return sorted(at for at in found if now + SOONEST <= at <= last) or [now + timedelta(days=1)]


def grace(org: str) -> timedelta:
    """How long after the shift's end a camera is not overdue yet."""
    return timedelta(minutes=int(parameter(org, "shift.return_grace_minutes") or 0))


def running(camera: Camera) -> Checkout | None:
    """The check-out that a camera is out on now."""
    mine = camera.checkouts.filter(returned_at=None, lost_at=None)
    return mine.select_related("wearer").order_by("-out_at", "pk").first()


def wears(camera: Camera, by: Actor) -> bool:
    """Whether the asker is the officer who has this camera out now."""
    out = running(camera)
    return out is not None and by.id == str(out.wearer_id)


def still_out(org: str) -> QuerySet[Checkout]:
    """The check-outs that have not ended, the first due at the top."""
    mine = Checkout.objects.filter(camera__org=org, returned_at=None, lost_at=None)
    return mine.select_related("camera__org", "wearer").order_by("due_at", "camera__number", "pk")


def overdue(org: str) -> QuerySet[Checkout]:
    """Cameras out beyond the shift's end and the grace after it (police-7.1.1)."""
    return still_out(org).filter(due_at__lt=clock.now())


def overdue_of(wearer: Person) -> QuerySet[Checkout]:
    """The cameras that one officer has not brought back in time."""
    return overdue(wearer.org_id).filter(wearer=wearer)


def of_day(org: str) -> QuerySet[Checkout]:
    """Today's register: what went out or came back since midnight, newest first."""
    began = datetime.combine(clock.today(), time.min, clock.TOKYO)
    mine = Checkout.objects.filter(camera__org=org)
    today = mine.filter(Q(out_at__gte=began) | Q(returned_at__gte=began))
    return today.select_related("camera", "wearer", "out_by").order_by("-out_at", "pk")


def worn(org: str) -> QuerySet[Camera]:
    """The worn cameras of a unit, by number."""
    mine = Camera.objects.filter(org=org, kind=WORN, retired_at=None)
    return mine.select_related("org__parent", "holder").order_by("number", "pk")


def state(camera: Camera) -> str:
    """Where a worn camera is: docked | out | repair | lost | unaccounted."""
    if camera.lost_at is not None:
        return LOST
    if camera.repair_since is not None:
        return REPAIR
    if camera.holder_id is not None:
        return OUT
    return DOCKED if camera.docked_at is not None else UNACCOUNTED


def count(org: str) -> Count:
    """Where the worn cameras of a unit are (police-4.3)."""
    cameras = list(worn(org))
    by_state = {name: _in_state(cameras, name) for name in (DOCKED, OUT, REPAIR, LOST, UNACCOUNTED)}
    return Count(**by_state)


def taken_unrecorded(org: str) -> list[tuple[Camera, datetime]]:
    """Cameras that the charger no longer holds and nobody checked out, and since when.

    A camera that was never on the charger is unaccounted for too, but nobody took it from there.
    """
    missing = {thing(camera).name: camera for camera in count(org).unaccounted}
    lines = Entry.objects.filter(org=org, kind="camera.pulled", about__in=list(missing))
    since = dict(lines.order_by("at", "id").values_list("about", "at"))
    return [(camera, since[name]) for name, camera in missing.items() if name in since]


def carrier(camera: Camera, captured: datetime | None, arrived: datetime) -> Person | None:
    """Who had the camera out when it filmed; where that is not known, who last had it out.

    None where it filmed while nobody had it out.
    """
    mine = camera.checkouts.filter(out_at__lte=arrived).select_related("wearer")
    newest = list(mine.order_by("-out_at", "pk"))
    if not newest:
        return camera.holder
    if captured is None:
        return newest[0].wearer
    held = (c for c in newest if c.out_at <= captured <= (c.returned_at or c.lost_at or arrived))
    found = next(held, None)
    return found.wearer if found else None


def _in_state(cameras: Iterable[Camera], name: str) -> tuple[Camera, ...]:
    return tuple(camera for camera in cameras if state(camera) == name)


def _time_of_day(text: object) -> time:
    try:
        return time.fromisoformat(str(text))
    except ValueError as error:
        raise Conflict(
            f"勤務交替の時刻「{text}」は、17:00 の形ではありません。",
            f"The change of shift {text} is not a time such as 17:00.",
            mend_ja="規程の値 shift.ends を改めてください。",
            mend_en="Amend shift.ends of the edition.",
        ) from error
