"""What footage says of itself, and whether it keeps its word: asked in a jail, never believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from hokanko.media import facts, jail
from hokanko.media.jail import JailBroken, Limits, Source

_LIMITS = Limits(cpu_s=20, wall_s=30.0, answer_bytes=1 << 10)

PLAYABLE = ("native", "parts", "no")
PROBLEMS = (
    "empty",
    "not-media",
    "truncated",
    "damaged",
    "huge-dimensions",
    "no-video",
    "no-capture-time",
    "codec-unknown",
    "too-slow",
    "jail-broken",
)


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream of a container; the later fields are known for video only."""

    kind: str  # "video", "audio", "data", "subtitle", …
    codec: str
    profile: str = ""
    width: int | None = None
    height: int | None = None
    pix_fmt: str = ""
    fps: float | None = None
    frames: int | None = None


@dataclass(frozen=True, slots=True)
class CaptureTime:
    """One statement of when the footage was taken. Cameras are often wrong, each in its own way."""

    source: str  # "mov:creation_time", "matroska:DATE_UTC", "avi:IDIT", "tag:…"
    raw: str
    iso: str | None  # without offset where the statement names none


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, by one of the codes of PROBLEMS."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """All that one look into footage has found. Durations and times are claims of the file."""

    name: str
    size: int
    container: str = ""
    duration_ms: int | None = None
    streams: tuple[Stream, ...] = ()
    capture: tuple[CaptureTime, ...] = ()
    device: tuple[tuple[str, str], ...] = ()  # make, model, software, serial, comment
    playable: str = "no"  # one of PLAYABLE
    codes: tuple[str, ...] = ()  # texts of the QR codes seen in the first seconds
    problems: tuple[Problem, ...] = ()
    jail: tuple[str, ...] = ()  # protections that were in force

    def as_json(self) -> dict[str, Any]:
        """The same as plain JSON values; `device` becomes an object."""
        return asdict(self) | {"device": dict(self.device)}

    @property
    def video(self) -> Stream | None:
        """The first video stream."""
        return next((stream for stream in self.streams if stream.kind == "video"), None)


def probe(source: Source, *, name: str = "") -> Probe:
    """Look into `source` within 20 s of CPU and 30 s in all. `name` is only kept, never opened.

    Raises nothing of its own: what goes wrong is among the problems. Errors of `source` pass.
    """
    if source.size == 0:
        return Probe(name, 0, problems=(Problem("empty"),))
    try:
        answer = jail.run("hokanko.media.inside.look:look", source, {}, _LIMITS)
    except JailBroken as broken:
        return _believe(
            name, source.size, broken.so_far or {}, (), Problem(broken.code, broken.detail)
        )
    return _believe(name, source.size, answer.head, answer.jail)


def _believe(
    name: str, size: int, head: Mapping[str, Any], protections: tuple[str, ...], *more: Problem
) -> Probe:
    try:
        return _read(name, size, head, protections, more)
    except (facts.Odd, KeyError) as odd:
        return Probe(name, size, problems=(*more, Problem("jail-broken", f"odd answer: {odd}")))


def _read(
    name: str,
    size: int,
    head: Mapping[str, Any],
    protections: tuple[str, ...],
    more: tuple[Problem, ...],
) -> Probe:
    device = facts.fields(head.get("device", {}))
    return Probe(
        name=name,
        size=size,
        container=facts.text(head.get("container", "")),
        duration_ms=facts.whole_or_none(head.get("duration_ms")),
        streams=tuple(_stream(item) for item in facts.items(head.get("streams", []))),
        capture=tuple(_capture(item) for item in facts.items(head.get("capture", []))),
        device=tuple((facts.text(fact), facts.text(said)) for fact, said in device.items()),
        playable=_one_of(PLAYABLE, head.get("playable", "no")),
        codes=tuple(facts.text(code) for code in facts.items(head.get("codes", []))),
        problems=(*(_problem(item) for item in facts.items(head.get("problems", []))), *more),
        jail=protections,
    )


def _stream(item: object) -> Stream:
    said = facts.fields(item)
    return Stream(
        kind=facts.text(said["kind"]),
        codec=facts.text(said["codec"]),
        profile=facts.text(said.get("profile", "")),
        width=facts.whole_or_none(said.get("width")),
        height=facts.whole_or_none(said.get("height")),
        pix_fmt=facts.text(said.get("pix_fmt", "")),
        fps=facts.rate_or_none(said.get("fps")),
        frames=facts.whole_or_none(said.get("frames")),
    )


def _capture(item: object) -> CaptureTime:
    said = facts.fields(item)
    return CaptureTime(
        facts.text(said["source"]), facts.text(said["raw"]), facts.text_or_none(said["iso"])
    )


def _problem(item: object) -> Problem:
    pair = facts.items(item)
    if len(pair) != 2:
        raise facts.Odd("problem")
    return Problem(_one_of(PROBLEMS, pair[0]), facts.text(pair[1]))


def _one_of(words: tuple[str, ...], value: object) -> str:
    if value not in words:
        raise facts.Odd("word")
    return facts.text(value)
