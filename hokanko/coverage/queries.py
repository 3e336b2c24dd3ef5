"""What of a fixed camera's time is recorded, recovered, planned off, or missing, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet

from hokanko import clock
from hokanko.cameras.models import Camera, Outage, Silence
from hokanko.cameras.planned import times_off
from hokanko.cameras.queries import FIXED, thing
from hokanko.coverage.spans import Span, common, joined, total, united, without
from hokanko.footage.models import Footage
from hokanko.ledger.models import Entry

RECORDED, RECOVERED, OFF = "filmed", "recovered", "off"
TOLD, OWED, SHORT = "told", "owed", "short"
MISSING = (TOLD, OWED, SHORT)
PENDING = "pending"
LIVE = "live"  # how a piece came that the recorder made
SETTLING = timedelta(minutes=30)  # so old a piece has been closed and looked into: it is judged
SEAM = timedelta(seconds=0.1)  # two pieces of ours so near are one: two clocks, and milliseconds
THEIR_SEAM = timedelta(seconds=1)  # other recorders tell a beginning to the second
ASKED = timedelta(minutes=1)  # from here on somebody is asked why
LOOKS_BACK = 31  # days in which what is owed is looked for
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a camera's time: filmed | recovered | off | told | owed | short | pending.

    `cause` is what the machine saw, as a code; `running` that it is not over; `pending` is too
    young to be judged: its pieces are being recorded, or filed.
    """

    kind: str
    span: Span
    cause: str = ""
    told: Outage | None = None
    running: bool = False

    @property
    def key(self) -> str:
        """What names it on a page, and in a form sent back."""
        return f"gap-{int(self.span.begun.timestamp() * 1000)}"


def cameras(org: str) -> QuerySet[Camera]:
    """The fixed cameras that this house records or has recorded, those taken down too."""
    mine = Camera.objects.filter(org=org, kind=FIXED, display_only=False)
    mine = mine.exclude(activated_at=None).exclude(stream_url="")
    return mine.select_related("org__parent", "site").order_by("number", "pk")


def day_span(first: date, last: date) -> Span:
    """From the first day's midnight to the end of the last day."""
    return Span(_midnight(first), _midnight(last + DAY))


def stretches(camera: Camera, frame: Span) -> list[Stretch]:
    """The whole time of a camera within a frame, in order: every second once."""
    service = in_service(camera, frame)
    if service is None:
        return []
    silences = list(_silences(camera, service))
    silent = common([span for span, _cause in silences], [service])
    live, brought = _pieces(camera, service)
    filmed = without(common(live, [service]), silent)
    recovered = without(common(brought, [service]), filmed)
    there = united([*filmed, *recovered])
    off = without(common(_off(camera, service), [service]), there)
    judged = [*(settled := _judged(service)), *silent]
    judged += _just_before(silent, without([service], [*there, *off, *judged]))
    missing = without(judged, [*there, *off])
    found = [Stretch(RECORDED, span) for span in filmed]
    found += [Stretch(RECOVERED, span) for span in recovered]
    found += [Stretch(OFF, span) for span in off]
    found += [Stretch(PENDING, span) for span in without([service], [*there, *off, *judged])]
    found += _asked(camera, missing, silences, _open_ends(camera, service, settled))
    return sorted(found, key=lambda each: each.span)


def owed(org: str) -> list[tuple[Camera, Stretch]]:
    """What nobody has accounted for in the last weeks, camera by camera."""
    today = clock.today()
    frame = day_span(today - timedelta(days=LOOKS_BACK), today)
    return [
        (camera, each)
        for camera in cameras(org)
        for each in stretches(camera, frame)
        if each.kind == OWED
    ]


def recorded_until(camera: Camera) -> datetime | None:
    """Up to when there is footage of it, as far as pieces have been closed."""
    last = Footage.objects.filter(camera=camera).order_by("-created", "-number").first()
    if last is None:
        return None
    spans = _spans([(last.captured, last.duration_ms, last.origin)])
    return spans[-1].ended if spans else last.created


def share(found: Iterable[Stretch]) -> float | None:
    """How much of the time that was to be recorded is there, 0 to 1; None where none was."""
    spans = [(each.kind, each.span) for each in found if each.kind not in (OFF, PENDING)]
    there = total(span for kind, span in spans if kind not in MISSING)
    due = there + total(span for kind, span in spans if kind in MISSING)
    return there / due if due else None


def in_service(camera: Camera, frame: Span) -> Span | None:
    """The part of a frame in which it was to record: from being connected until its end, or now."""
    line = Entry.objects.filter(about=thing(camera).name, kind="camera.connected")
    connected = line.aggregate(first=Min("at"))["first"]
    if connected is None or camera.activated_at is None:
        return None
    begun = max(frame.begun, connected, camera.activated_at)
    ended = min(frame.ended, camera.ended_at or clock.now(), clock.now())
    return Span(begun, ended) if begun < ended else None


def _judged(service: Span) -> list[Span]:
    """The service as far as its pieces must be here by now."""
    ended = min(service.ended, clock.now() - SETTLING)
    return [Span(service.begun, ended)] if ended > service.begun else []


def _just_before(silent: Sequence[Span], young: Sequence[Span]) -> list[Span]:
    """The moments between the last picture and the silence: they belong to it already."""
    begins = {span.begun for span in silent}
    return [span for span in young if span.ended in begins and span.length < THEIR_SEAM]


def _asked(
    camera: Camera,
    missing: Sequence[Span],
    silences: Sequence[tuple[Span, str]],
    open_ends: Collection[datetime],
) -> list[Stretch]:
    """What is missing: short, told by somebody, or owed; what ends at an open end still runs."""
    found = [Stretch(SHORT, s, _cause(s, silences)) for s in missing if s.length < ASKED]
    long = [span for span in missing if span.length >= ASKED]
    for row in Outage.objects.filter(camera=camera).select_related("by").order_by("begun", "pk"):
        mine = common(long, [Span(row.begun, row.ended)])
        found += [Stretch(TOLD, span, _cause(span, silences), row) for span in mine]
        long = without(long, mine)
    for span in long:
        kind, running = OWED if span.length >= ASKED else SHORT, span.ended in open_ends
        found.append(Stretch(kind, span, _cause(span, silences), running=running))
    return found


def _open_ends(camera: Camera, service: Span, settled: Sequence[Span]) -> set[datetime]:
    """Where what is missing need not be over: now, in a silence, or where judging ends."""
    ends = {span.ended for span in settled} - {service.ended}
    if Silence.objects.filter(camera=camera, until=None).exists():
        ends.add(service.ended)
    return ends


def _cause(span: Span, silences: Sequence[tuple[Span, str]]) -> str:
    """The machine's word on it: the longest silence in it; empty where it noticed none."""
    heard = [(total(common([span], [s])), cause) for s, cause in silences]
    longest = max((each for each in heard if each[0]), default=None)
    return longest[1] if longest else ""


def _silences(camera: Camera, service: Span) -> Iterable[tuple[Span, str]]:
    rows = Silence.objects.filter(camera=camera, since__lt=service.ended)
    rows = rows.exclude(until__lte=service.begun).order_by("since", "pk")
    return ((Span(row.since, row.until or clock.now()), row.cause) for row in rows)


def _off(camera: Camera, service: Span) -> list[Span]:
    return [Span(*each) for each in times_off(camera, service.begun, service.ended)]


def _pieces(camera: Camera, service: Span) -> tuple[list[Span], list[Span]]:
    """What the recorder made, and what was brought in otherwise; erased pieces were there too."""
    around = (service.begun - DAY, service.ended)
    rows = Footage.objects.filter(camera=camera)
    rows = rows.filter(Q(captured__range=around) | Q(captured=None, created__gte=around[0]))
    told = list(rows.values_list("captured", "duration_ms", "origin"))
    live = [each for each in told if each[2].get("via") == LIVE]
    brought = [each for each in told if each[2].get("via") != LIVE]
    return joined(_spans(live), SEAM), joined(_spans(brought), THEIR_SEAM)


def _spans(told: Iterable[tuple[datetime | None, int | None, dict[str, Any]]]) -> list[Span]:
    """Pieces as spans, as far as their times are known."""
    found = []
    for captured, length_ms, origin in told:
        began = captured or _moment(origin.get("began"))
        if began is None:
            continue
        ended = _moment(origin.get("ended")) if origin.get("via") == LIVE else None
        if ended is None and length_ms is not None:
            ended = began + timedelta(milliseconds=length_ms)
        if ended is not None and ended > began:
            found += without([Span(began, ended)], _holes(began, origin))
    return found


def _holes(began: datetime, origin: dict[str, Any]) -> list[Span]:
    """When no picture came while a piece was being recorded."""
    told = [[timedelta(milliseconds=ms) for ms in each] for each in origin.get("holes", [])]
    return [Span(began + since, began + until) for since, until in told]


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.TOKYO)
