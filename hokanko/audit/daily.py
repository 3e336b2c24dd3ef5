"""The facts of the daily check (日常点検): what the machine sees of each camera and the disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.audit.models import Evidence
from hokanko.cameras.models import Camera, Hearing, Silence
from hokanko.cameras.planned import is_planned_off
from hokanko.coverage.queries import (
    LIVE,
    MISSING,
    OWED,
    SETTLING,
    cameras,
    recorded_until,
    stretches,
)
from hokanko.coverage.spans import Span
from hokanko.footage.models import Footage
from hokanko.footage.space import Outlook, outlook
from hokanko.people.models import Organisation

CLOCK_MOST_MS = 60_000  # farther off, and the times on footage mislead
FIRST_LOOK = timedelta(days=1)  # how far back a first check looks


@dataclass(frozen=True, slots=True)
class Seen:
    """One camera: whether it records now, its last picture, its clock, its gaps since last time."""

    camera: Camera
    planned_off: bool
    silent_since: datetime | None
    until: datetime | None
    clock_off_ms: int | None
    gaps: int
    owed: int
    beats: bool | None = None

    @property
    def records(self) -> bool:
        """Whether pictures came lately and no silence lasts.

        By what the recorder hears; by the last piece filed where no recorder ever looked.
        """
        if self.silent_since is not None:
            return False
        if self.beats is not None:
            return self.beats
        return self.until is not None and clock.now() - self.until <= SETTLING

    @property
    def clock_ok(self) -> bool:
        return self.clock_off_ms is None or abs(self.clock_off_ms) <= CLOCK_MOST_MS

    @property
    def clock_off_s(self) -> float | None:
        return None if self.clock_off_ms is None else self.clock_off_ms / 1000

    @property
    def ok(self) -> bool:
        return (self.records or self.planned_off) and self.clock_ok and not self.owed


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it at one moment; `since` is the check before."""

    at: datetime
    since: datetime
    seen: tuple[Seen, ...]
    room: Outlook | None

    @property
    def room_ok(self) -> bool:
        return self.room is None or self.room.breaks_on is None

    @property
    def ok(self) -> bool:
        return self.room_ok and all(each.ok for each in self.seen)


def facts(org: Organisation) -> Facts | None:
    """What the machine sees now; None where it records no fixed camera."""
    now, since = clock.now(), _last_check(org.pk)
    running = [camera for camera in cameras(org.pk) if camera.ended_at is None]
    if not running:
        return None
    return Facts(now, since, tuple(_seen(each, Span(since, now)) for each in running), outlook(org))


def _seen(camera: Camera, frame: Span) -> Seen:
    found = stretches(camera, frame)
    silence = Silence.objects.filter(camera=camera, until=None).first()
    heard = Hearing.objects.filter(camera=camera).first()
    return Seen(
        camera=camera,
        planned_off=is_planned_off(camera, frame.ended),
        silent_since=silence.since if silence else None,
        until=_later(recorded_until(camera), heard.heard_at if heard else None),
        clock_off_ms=_clock_off_ms(camera),
        gaps=sum(each.kind in MISSING for each in found),
        owed=sum(each.kind == OWED for each in found),
        beats=heard.is_kept() if heard else None,
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _clock_off_ms(camera: Camera) -> int | None:
    """By how much its clock was off when it last told it in a recording."""
    live = Footage.objects.filter(camera=camera, origin__via=LIVE).order_by("-created", "-number")
    told = (origin.get("clock_offset_ms") for origin in live.values_list("origin", flat=True)[:20])
    return next((int(each) for each in told if each is not None), None)


def _last_check(org: str) -> datetime:
    """When the daily check before was entered; a day ago where there was none."""
    rows = Evidence.objects.filter(org=org, kind="daily", withdrawn_at=None)
    last = rows.order_by("-entered_at", "-number").first()
    return last.entered_at if last else clock.now() - FIRST_LOOK
