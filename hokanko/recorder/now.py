"""What each running camera does at this moment, from what the recorder last wrote down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hokanko import clock
from hokanko.cameras.models import Camera, Hearing, Silence
from hokanko.cameras.planned import is_planned_off
from hokanko.cameras.recorded import running
from hokanko.people.models import Organisation

RECORDING, SILENT, OFF, STARTING, STOPPED = "recording", "silent", "off", "starting", "stopped"


@dataclass(frozen=True, slots=True)
class State:
    """One camera now: recording | silent | off | starting | stopped (nobody records it)."""

    camera: Camera
    kind: str
    since: datetime | None = None
    heard_at: datetime | None = None
    cause: str = ""


def states(org: Organisation) -> list[State]:
    """The cameras that are to record now, by number."""
    cameras = list(running(org).select_related("site"))
    heard = {row.camera_id: row for row in Hearing.objects.filter(camera__in=cameras)}
    silences = {row.camera_id: row for row in _open(cameras)}
    return [_state(each, heard.get(each.pk), silences.get(each.pk)) for each in cameras]


def silent(org: Organisation) -> list[State]:
    """Those of which nothing is kept though it should be, and to whom it was time to connect."""
    found = (state for state in states(org) if state.kind in (SILENT, STOPPED))
    return [state for state in found if state.heard_at or not _begins(state.camera)]


def _open(cameras: Iterable[Camera]) -> Iterable[Silence]:
    return Silence.objects.filter(camera__in=cameras, until=None)


def _state(camera: Camera, heard: Hearing | None, silence: Silence | None) -> State:
    last = heard.heard_at if heard else None
    beats = heard is not None and heard.is_beating()
    if beats and silence is None and heard is not None:
        return State(camera, RECORDING if heard.since else STARTING, heard.since, last)
    if is_planned_off(camera, clock.now()):
        return State(camera, OFF, silence.since if silence else None, last)
    if not beats:
        return State(camera, STOPPED, silence.since if silence else last, last, "recorder")
    assert silence is not None
    return State(camera, SILENT, silence.since, last, silence.cause)


def _begins(camera: Camera) -> bool:
    """Whether it was set running so lately that the recorder need not have looked yet."""
    begun = camera.activated_at
    return begun is not None and clock.now() - begun < Hearing.LATELY
