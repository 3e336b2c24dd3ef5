"""Looking into one piece of footage: its structure, its claims, and whether pictures come out."""

from __future__ import annotations

import time
from typing import Any

from av.container import InputContainer
from av.video.stream import VideoStream

from hokanko.media.inside import layout, tags
from hokanko.media.inside.codes import MOST_FRAMES, Codes
from hokanko.media.inside.container import (
    MEDIA_ERRORS,
    Pictures,
    Timeline,
    is_huge,
    main_audio,
    main_video,
    opened,
)
from hokanko.media.inside.desk import Desk

_CODES_UNTIL_MS = 4000
_SECONDS = 10.0  # of CPU; what is not checked by then is left out, and said to be
_EIGHT_BIT_420 = ("yuv420p", "yuvj420p")
_NATIVE_AUDIO = ("aac", "mp3", "mp3float")


def look(desk: Desk, _params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Head: the fields of `probe.Probe`; no body."""
    try:
        container = opened(desk)
    except MEDIA_ERRORS as error:
        return _unopened(desk, type(error).__name__), b""
    facts = _claims(desk, container)
    desk.tell_so_far(facts)
    _try_pictures(desk, container, facts)
    return facts, b""


def _unopened(desk: Desk, error: str) -> dict[str, Any]:
    kind = layout.claimed_container(desk)
    missing = layout.cut_short(desk, kind)
    code = "truncated" if missing else "damaged" if kind else "not-media"
    return {"container": kind, "problems": [[code, missing or error]]}


def _claims(desk: Desk, container: InputContainer) -> dict[str, Any]:
    """All that can be said without decoding a picture."""
    kind = _kind(container)
    problems = _first_problems(container)
    missing = layout.cut_short(desk, kind)
    if missing:
        problems.append(["truncated", missing])
    capture = tags.capture_times(desk, container, kind)
    if not capture:
        problems.append(["no-capture-time", ""])
    bare = kind in ("h264", "hevc")
    return {
        "container": kind,
        "duration_ms": None if bare or not container.duration else container.duration // 1000,
        "streams": [_stream(stream) for stream in container.streams],
        "capture": capture,
        "device": tags.device(container),
        "playable": "no",
        "codes": [],
        "problems": problems,
    }


def _kind(container: InputContainer) -> str:
    name = container.format.name
    if name.startswith("mov,"):
        return "mov" if container.metadata.get("major_brand", "qt  ") == "qt  " else "mp4"
    return name.split(",")[0]


def _first_problems(container: InputContainer) -> list[list[str]]:
    huge = [
        ["huge-dimensions", f"{stream.width}x{stream.height}"]
        for stream in container.streams.video
        if is_huge(stream)
    ]
    unknown = [
        ["codec-unknown", f"stream {stream.index} ({stream.type})"]
        for stream in (*container.streams.video, *container.streams.audio)
        if stream.codec_context is None
    ]
    sizeless = [  # FFmpeg strikes out a size above its limit
        ["damaged", f"stream {stream.index}: picture size absent or beyond all limits"]
        for stream in container.streams.video
        if stream.codec_context is not None and stream.width == 0
    ]
    return huge + unknown + sizeless + ([] if container.streams.video else [["no-video", ""]])


def _stream(stream: Any) -> dict[str, Any]:
    codec = stream.codec_context
    facts: dict[str, Any] = {"kind": stream.type, "codec": codec.name if codec else "unknown"}
    if stream.type == "video" and codec:
        rate = stream.average_rate
        facts |= {
            "profile": codec.profile or "",
            "width": codec.width,
            "height": codec.height,
            "pix_fmt": codec.pix_fmt or "",
            "fps": round(float(rate), 3) if rate else None,
            "frames": stream.frames or None,
        }
    return facts


def _try_pictures(desk: Desk, container: InputContainer, facts: dict[str, Any]) -> None:
    """Decode at the start, in the middle and near the end; fills `playable` and `codes`."""
    problems: list[list[str]] = facts["problems"]
    video = main_video(container)
    if video is None:
        return
    line = Timeline.of(container, video)
    codes = Codes()
    shown, damaged = _first_seconds(container, line, codes)
    facts["codes"] = codes.texts
    if shown:
        facts["playable"] = "parts"
        desk.tell_so_far(facts)
    if damaged or not shown:
        problems.append(["damaged", f"start: {damaged} of {shown + damaged} pictures"])
    duration_ms = facts["duration_ms"]
    if shown and duration_ms and line.has_clock:
        problems += _elsewhere(container, line, duration_ms)
    broken = {code for code, _ in problems} & {"damaged", "truncated"}
    if shown and not broken and _is_native(container, video, facts["container"]):
        facts["playable"] = "native"


def _first_seconds(container: InputContainer, line: Timeline, codes: Codes) -> tuple[int, int]:
    """(pictures, damaged packets) of the first four seconds; every third of a second is read."""
    pictures = Pictures(container, line)
    shown, due_ms, begun = 0, 0, time.process_time()
    for picture in pictures:
        shown += 1
        if picture.at_ms >= due_ms and codes.frames < MOST_FRAMES:
            codes.look(picture.frame)
            due_ms = picture.at_ms + _CODES_UNTIL_MS // MOST_FRAMES
        late = time.process_time() - begun > _SECONDS / 2
        if picture.at_ms > _CODES_UNTIL_MS or late:
            break
    return shown, pictures.damaged


def _elsewhere(container: InputContainer, line: Timeline, duration_ms: int) -> list[list[str]]:
    """Problems in the middle and near the end. A few undecodable last pictures are none:
    files signed in the camera stop so, and are sound."""
    for place, at_ms in (("middle", duration_ms // 2), ("end", max(0, duration_ms - 1000))):
        if time.process_time() > _SECONDS:
            return [["too-slow", f"{place}: not looked at"]]
        line.seek(container, at_ms)
        if not _any_picture(container, line):
            return [["damaged", place]]
    return []


def _any_picture(container: InputContainer, line: Timeline) -> bool:
    pictures = Pictures(container, line)
    for _ in pictures:
        return pictures.damaged == 0
    return False


def _is_native(container: InputContainer, video: VideoStream, kind: str) -> bool:
    """Whether browsers play these bytes as they are."""
    audio = main_audio(container)
    return (
        kind in ("mp4", "mov")
        and video.codec_context.name == "h264"
        and video.codec_context.pix_fmt in _EIGHT_BIT_420
        and len(container.streams.video) == 1
        and (audio is None or audio.codec_context.name in _NATIVE_AUDIO)
    )
