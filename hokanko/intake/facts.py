"""What a look inside means for footage: which capture time counts, who wore the camera, flags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hokanko import clock
from hokanko.cameras.out import carrier
from hokanko.footage.clocks import BY, IMPORT, corrected, named_time
from hokanko.footage.models import Footage
from hokanko.footage.queries import has_wearers
from hokanko.media.probe import Probe
from hokanko.people.models import Person
from hokanko.people.queries import card_holder
from hokanko.retention.moving import TOO_OLD, was_over
from hokanko.rules.decide import has_ended

CARD = "HK1-"
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
DOCK, LIVE = "dock", "live"
STATED = "申述"  # the source of a time that a person stated
CLOCK_OFF = "clock-off"
TOLERATED_S = 60  # by so much any clock may be wrong
AFTER_END = "after-project-end"  # the flag of a capture that came to light once it was in


@dataclass(frozen=True, slots=True)
class Seen:
    """The facts to bind to a piece of footage."""

    facts: dict[str, Any]
    flags: tuple[str, ...]
    captured: datetime | None
    captured_by: str
    duration_ms: int | None
    wearer: Person | None


def judge(footage: Footage, probe: Probe) -> Seen:
    """Weigh the claims of a file. Every time stays in `facts` beside the one that counts."""
    flags = [problem.code for problem in probe.problems if problem.code != "no-capture-time"]
    captured, captured_by = _capture_time(footage, probe)
    if captured is None:
        flags.append("no-capture-time")
    elif captured > clock.now():
        flags.append("capture-time-ahead")
    elif captured_by != STATED and was_over(footage.org_id, footage.created, captured):
        flags.append(TOO_OLD)
    if captured is not None and has_ended(footage.org_id, clock.day_of(captured)):
        flags.append(AFTER_END)
    if captured_by != STATED and _is_off(footage.origin):
        flags.append(CLOCK_OFF)
    wearer = _wearer(footage, probe, captured, flags)
    return Seen(probe.as_json(), tuple(flags), captured, captured_by, probe.duration_ms, wearer)


def known_capture(origin: Mapping[str, Any]) -> datetime | None:
    """The capture time that is known before looking inside: as stated, named, or the dock's."""
    told = origin.get("stated") or (origin.get("via") == DOCK and origin.get("file_time"))
    return datetime.fromisoformat(str(told)) if told else named_time(origin)


def stated_capture(origin: Mapping[str, Any]) -> datetime | None:
    """The capture time that a person stated while taking it in."""
    stated = origin.get("stated")
    return datetime.fromisoformat(stated) if stated else None


def told_capture(origin: Mapping[str, Any]) -> tuple[datetime | None, str]:
    """The capture time that footage is filed with, and its source: as stated, or by its name."""
    if stated := stated_capture(origin):
        return stated, STATED
    named = named_time(origin)
    return named, f"{BY}{origin['named_by']}" if named else ""


def _capture_time(footage: Footage, probe: Probe) -> tuple[datetime | None, str]:
    """The container's own statement first; a docked camera's file time next; else none.

    A file time counts only straight from the camera: copying a file changes it. `stated` is what
    a person said while taking it in.
    """
    told = told_capture(footage.origin)
    if told[0] is not None or footage.origin.get("via") == IMPORT:
        return told if told[0] is not None else _brought(footage.origin, probe)
    for claim in probe.capture:
        moment = _moment(claim.iso)
        if moment is not None and moment > EARLIEST:
            return moment, claim.source
    if footage.origin.get("via") == DOCK:
        return datetime.fromisoformat(footage.origin["file_time"]), "dock:file_time"
    if footage.origin.get("via") == LIVE:
        return datetime.fromisoformat(footage.origin["began"]), "recorder"
    return None, ""


def _brought(origin: Mapping[str, Any], probe: Probe) -> tuple[datetime | None, str]:
    """Of an import whose name tells nothing: its container, then when a card's file was written.

    Each by its recorder's clock, set right. What a recorder exports is dated by the export, so that
    the times of its files say nothing.
    """
    claims = [(claim.source, _moment(claim.iso)) for claim in probe.capture]
    if origin["brought_on"] == "card" and probe.duration_ms and (told := origin.get("file_time")):
        written = datetime.fromisoformat(told)
        claims.append(("file_time", written - timedelta(milliseconds=probe.duration_ms)))
    for source, shown in claims:
        moment = corrected(origin, shown)
        if moment is not None:
            return moment, f"{BY}{source}"[:60]
    return None, ""


def _is_off(origin: Mapping[str, Any]) -> bool:
    """Whether the dock asked the camera for its time, and it was wrong."""
    return origin.get("clock_by") == "asked" and abs(origin["clock_offset_s"]) > TOLERATED_S


def _moment(iso: str | None) -> datetime | None:
    if iso is None:
        return None
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.TOKYO)


def _wearer(
    footage: Footage, probe: Probe, captured: datetime | None, flags: list[str]
) -> Person | None:
    """Whose card the camera filmed; else to whom it was checked out. Fixed cameras have nobody."""
    if not has_wearers(footage.org_id):
        return None
    cards = [code for code in probe.codes if code.startswith(CARD)]
    if cards and (holder := card_holder(cards[0])):
        return holder
    if cards:
        flags.append("unknown-card")
        return None
    wearer = carrier(footage.camera, captured, footage.created)
    if wearer is None and footage.camera.kind == "wearable":
        flags.append("no-wearer")
    return wearer
