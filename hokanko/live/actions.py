"""Verbs of watching live: it begins, and it ends; both are lines of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.errors import Conflict
from hokanko.live.models import LiveWatch
from hokanko.live.queries import (
    AT_ONCE,
    MOST,
    does_stream,
    going_on,
    longest,
    of_this_browser,
    told,
)
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb


@verb("live.watch")
def begin(cameras: Sequence[Camera], person: Person, *, by: Actor) -> UUID:
    """Begin to watch up to `AT_ONCE` cameras; gives the sitting. What ran in this browser ends.

    Raises Conflict for none or too many, for one that streams nothing, and where as many are
    watched as this server bears.
    """
    sitting, now = uuid4(), clock.now()
    if not 0 < len(cameras) <= AT_ONCE:
        raise _choose()
    for each in of_this_browser(person, by):
        end(each, "anew", by=by)
    for camera in cameras:
        permit = require(by, "live.watch", thing(camera), **told(camera, by))
        if not does_stream(camera):
            raise _nothing_comes(camera)
        if going_on().count() >= MOST:
            raise _full()
        watch = LiveWatch.objects.create(
            sitting=sitting,
            camera=camera,
            person=person,
            browser=by.browser,
            begun_at=now,
            until=now + longest(camera.org_id),
            seen_at=now,
        )
        permit.write("live.begun", facts={"number": camera.number, "until": clock.iso(watch.until)})
    return sitting


@verb("live.end")
def end(watch: LiveWatch, reason: str, *, at: datetime | None = None, by: Actor) -> None:
    """Write that it ended, now or when it was last seen, for one of `footage.telling.REASONS`.

    Raises Conflict where it has ended already.
    """
    own = str(watch.person_id) == by.id
    permit = require(by, "live.end", thing(watch.camera), own=own)
    ended = max(watch.begun_at, at or clock.now())
    rows = LiveWatch.objects.filter(pk=watch.pk, ended_at=None)
    if rows.update(ended_at=ended, reason=reason) != 1:
        raise Conflict("もう見終えています。", "It has ended already.")
    permit.write(
        "live.ended",
        facts={
            "number": watch.camera.number,
            "person": str(watch.person_id),
            "from": clock.iso(watch.begun_at),
            "to": clock.iso(ended),
            "reason": reason,
        },
    )


def _choose() -> Conflict:
    return Conflict(
        f"見るカメラを、1台から{AT_ONCE}台まで選んでください。",
        f"Choose one to {AT_ONCE} cameras to watch.",
    )


def _nothing_comes(camera: Camera) -> Conflict:
    return Conflict(
        f"カメラ {camera.number} は、まだ映像を送っていません。",
        f"Camera {camera.number} sends no pictures yet.",
        mend_ja="カメラのページで、つなぎ方と運用の開始を確かめてください。",
        mend_en="See on its page that it is connected and in operation.",
    )


def _full() -> Conflict:
    return Conflict(
        f"今の映像は、みなさんを合わせて{MOST}台までしか同時に見られません。",
        f"No more than {MOST} cameras are watched live at once, by everybody together.",
        mend_ja="ほかの人が見終えるのを待つか、台数を減らしてください。録画には影響ありません。",
        mend_en="Wait until somebody has finished, or choose fewer. Recording is not affected.",
    )
