"""Questions about watching live: which cameras can be, who does, and whether it may go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import FIXED
from hokanko.errors import Missing
from hokanko.live.models import LiveWatch
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import parameter

AT_ONCE: Final = 4  # cameras on one page: a browser asks a server for six things at a time
MOST: Final = 6  # in the whole home: each holds one of the server's threads
PLACES: Final = 10  # threads of one process, for those too whose browser went without a word
ABANDONED_AFTER: Final = timedelta(seconds=30)
EVERY = ("camera__org__parent", "camera__site", "person__org")


def streaming(org: str) -> QuerySet[Camera]:
    """The cameras in operation that stream, recorded or shown only, by number."""
    mine = Camera.objects.filter(org=org, kind=FIXED, retired_at=None, ended_at=None)
    mine = mine.exclude(activated_at=None).exclude(stream_url="")
    return mine.select_related("site", "org__parent").order_by("number", "pk")


def does_stream(camera: Camera) -> bool:
    """Whether there is anything to be watched."""
    return bool(camera.activated_at and not camera.ended_at and camera.stream_url)


def told(camera: Camera, by: Actor) -> dict[str, object]:
    """What the law is told of somebody who wants to watch."""
    return {"seat_enrolled": by.sits_at(camera.org_id)}


def longest(org: str) -> timedelta:
    """How long a camera is watched at one go."""
    return timedelta(minutes=int(str(parameter(org, "live.most_minutes"))))


def still_open() -> QuerySet[LiveWatch]:
    """Those whose end was not written."""
    return LiveWatch.objects.filter(ended_at=None).select_related(*EVERY).order_by("pk")


def going_on() -> QuerySet[LiveWatch]:
    """Those that have not ended and were seen a moment ago."""
    return still_open().filter(seen_at__gte=clock.now() - ABANDONED_AFTER)


def abandoned() -> QuerySet[LiveWatch]:
    """Those whose end nobody wrote: their server stopped, or their pictures were never fetched."""
    return still_open().filter(seen_at__lt=clock.now() - ABANDONED_AFTER)


def of_this_browser(person: Person, by: Actor) -> QuerySet[LiveWatch]:
    """What somebody watches already in the browser where he sits."""
    return still_open().filter(person=person, browser=by.browser)


def own(sitting: UUID, person: Person, by: Actor) -> list[LiveWatch]:
    """What this person began with one press, by camera. Raises Missing."""
    mine = _reached(person, by).filter(sitting=sitting)
    found = list(mine.order_by("camera__number", "pk"))
    if not found:
        raise _missing()
    return found


def one(pk: UUID, person: Person, by: Actor) -> LiveWatch:
    """One of this person's. Raises Missing."""
    found = _reached(person, by).filter(pk=pk).first()
    if found is None:
        raise _missing()
    return found


def _reached(person: Person, by: Actor) -> QuerySet[LiveWatch]:
    """This person's; while it goes on, only in the browser that began it."""
    here = Q(browser=by.browser) | Q(ended_at__isnull=False)
    return LiveWatch.objects.filter(here, person=person).select_related(*EVERY)


def _missing() -> Missing:
    return Missing("この視聴はありません。", "Nothing is watched live under this address.")
