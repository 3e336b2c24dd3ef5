"""The facts of the daily check (日常点検): what the machine sees of each camera and the disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.audit.models import Evidence
from hokanko.cameras.models import Camera, Silence
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
from hokanko.formats.era import clock_time, day_and_time, reiwa
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

    @property
    def records(self) -> bool:
        """Whether pictures came lately and no silence lasts."""
        fresh = self.until is not None and clock.now() - self.until <= SETTLING
        return fresh and self.silent_since is None

    @property
    def clock_ok(self) -> bool:
        return self.clock_off_ms is None or abs(self.clock_off_ms) <= CLOCK_MOST_MS

    @property
    def clock_off_s(self) -> float | None:
        return None if self.clock_off_ms is None else self.clock_off_ms / 1000

    @property
    def ok(self) -> bool:
        return (self.records or self.planned_off) and self.clock_ok and not self.owed

    @property
    def ja(self) -> str:
        """As the saved entry keeps it."""
        now = "計画停止中" if self.planned_off and not self.records else "録画が止まっている"
        off = self.clock_off_s
        return "、".join(
            (
                f"カメラ {self.camera.number}：{'録画中' if self.records else now}",
                f"最後の映像 {day_and_time(self.until)}" if self.until else "映像なし",
                "時計のずれ 不明" if off is None else f"時計のずれ {off:+.1f}秒",
                f"前回の点検からの録画のない時間 {self.gaps}件（理由がまだ {self.owed}件）",
            )
        )


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

    @property
    def ja(self) -> str:
        """As the saved entry keeps it: a line each."""
        lines = [f"{clock_time(self.at)}現在", *(each.ja for each in self.seen)]
        if self.room is not None:
            day = self.room.breaks_on
            told = f"{reiwa(day)}にいっぱいになる見込み" if day else "保存期間を守れる"
            lines.append(f"ディスク：空き {self.room.free / 1e9:.1f} GB、{told}")
        return "\n".join(lines)


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
    return Seen(
        camera=camera,
        planned_off=is_planned_off(camera, frame.ended),
        silent_since=silence.since if silence else None,
        until=recorded_until(camera),
        clock_off_ms=_clock_off_ms(camera),
        gaps=sum(each.kind in MISSING for each in found),
        owed=sum(each.kind == OWED for each in found),
    )


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
