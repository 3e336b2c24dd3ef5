"""The tasks behind `still`: one frame as a PNG of every pixel, or as a small JPEG."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import chain
from typing import Any, cast

import av
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from hokanko.media.inside.container import (
    MEDIA_ERRORS,
    Pictures,
    Shown,
    Timeline,
    main_video,
    opened,
    packets,
)
from hokanko.media.inside.desk import Desk
from hokanko.media.inside.masking import blacken
from hokanko.media.inside.upright import Upright

_CPU_SECONDS = 50.0


def picture(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `at_ms`, `widest` (0: PNG, all pixels; else JPEG, its longest side at most), `masks`.

    What lies below `masks` is black; only a PNG has any.

    Head: `at_ms` of the frame, `width`, `height`, or `problem`; body: the image.
    """
    try:
        container = opened(desk)
        video = main_video(container)
        if video is None:
            return {"problem": "undecodable"}, b""
        line = Timeline.of(container, video)
        shown = _shown_at(container, line, int(params["at_ms"]))
        if shown is None:
            return {"problem": "nothing-there"}, b""
        widest = int(params["widest"])
        upright = Upright(video, "yuvj420p" if widest else "rgb24", widest=widest)
        frame = upright.turn(shown.frame)
        if params["masks"]:
            blacken(frame, params["masks"])
        body = encoded(frame, "mjpeg" if widest else "png")
    except MEDIA_ERRORS:
        return {"problem": "undecodable"}, b""
    return {"at_ms": shown.at_ms, "width": frame.width, "height": frame.height}, body


def _shown_at(container: InputContainer, line: Timeline, at_ms: int) -> Shown | None:
    """The frame on the screen at `at_ms`: the newest that is not later, else the first one."""
    line.seek(container, at_ms)
    pictures = Pictures(container, line)
    source = packets(container, line.stream)
    newest: Shown | None = None
    for packet in chain(pictures.skip(at_ms, source), source):
        for shown in pictures.of(packet):
            if newest is not None and shown.at_ms > at_ms:
                return newest
            newest = shown
        if time.process_time() > _CPU_SECONDS:
            break
    ended_before = newest is not None and newest.at_ms + 1000 / line.rate < at_ms
    return None if ended_before else newest


def encoded(frame: VideoFrame, codec: str, *, quality: int = 3) -> bytes:
    """The frame as an image file: `codec` is "png" or "mjpeg" (`quality`: 2 is best, 31 worst)."""
    encoder = cast(VideoCodecContext, av.CodecContext.create(codec, "w"))
    encoder.width, encoder.height = frame.width, frame.height
    encoder.pix_fmt = frame.format.name
    encoder.time_base = Fraction(1, 25)
    encoder.thread_count = 1
    if codec == "mjpeg":
        encoder.options = {"qmin": str(quality), "qmax": str(quality)}
    frame.pts, frame.time_base = 0, Fraction(1, 25)
    made = [*encoder.encode(frame), *encoder.encode(None)]
    return b"".join(bytes(packet) for packet in made)
