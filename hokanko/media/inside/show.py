"""The cell of somebody who watches a camera live: its newest picture, small, whenever asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from threading import Condition, Thread
from typing import Any

import av
import av.subtitles.stream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hokanko.media import wire
from hokanko.media.inside.calling import connected, reason
from hokanko.media.inside.container import MEDIA_ERRORS
from hokanko.media.inside.desk import Desk
from hokanko.media.inside.masking import Cover
from hokanko.media.inside.picture import encoded
from hokanko.media.inside.upright import Upright

_QUALITY = 5  # MJPEG's own scale, 2 (best) to 31
_ONLY = 0  # the number of the camera on the wire: a cell of this kind has one


class Newest:
    """The newest picture of a camera; those that nobody asked for in time are forgotten."""

    def __init__(self) -> None:
        self.video: VideoStream | None = None
        self.why = ""  # as a code, once it is followed no more
        self._frame: VideoFrame | None = None
        self._moved = Condition()
        self._source: InputContainer | None = None

    def follow(self, url: str) -> None:
        """Keep the newest until the camera hangs up; begun as a thread.

        Some servers play nothing until all that they have is asked for.
        """
        why = ""
        for kinds in ("video", "video+audio"):
            why = self._followed(url, kinds)
            if why != TimeoutError.__name__ or self.video is not None:
                break
        with self._moved:
            self.why = why
            self._moved.notify()

    def take(self, wait_s: float) -> VideoFrame | None:
        """A picture that was not taken before; None if none came for so long."""
        with self._moved:
            self._moved.wait_for(lambda: self._frame is not None or self.why, wait_s)
            frame, self._frame = self._frame, None
            return frame

    def _followed(self, url: str, kinds: str) -> str:
        try:
            self._source = connected(url, kinds)  # never closed: its pictures may be in use
            return self._decode(self._source)
        except (av.FFmpegError, OSError, ValueError, IndexError) as error:
            return reason(error)

    def _decode(self, source: InputContainer) -> str:
        video = source.streams.video[0]
        video.thread_type = "NONE"  # others hold pictures back
        for packet in source.demux(video):
            try:
                frames: list[VideoFrame] = packet.decode()
            except MEDIA_ERRORS:
                continue  # the next one that stands alone can be seen again
            if frames:
                with self._moved:
                    self.video, self._frame = video, frames[-1]
                    self._moved.notify()
        return "hung up"


class Drawn:
    """Pictures made fit to be sent: covered first, then scaled; another shape begins anew."""

    def __init__(self, masks: Sequence[Mapping[str, float]], widest: int) -> None:
        self._masks = [dict(mask) | {"from_ms": -1, "until_ms": 1} for mask in masks]
        self._widest = widest
        self._shape: tuple[int, int] = (0, 0)
        self._made: tuple[Cover, Upright] | None = None

    def jpeg(self, frame: VideoFrame, video: VideoStream) -> bytes:
        """Raises one of MEDIA_ERRORS."""
        if self._made is None or self._shape != (frame.width, frame.height):
            self._shape = frame.width, frame.height
            upright = Upright(video, "yuvj420p", widest=self._widest)
            self._made = Cover(video, self._masks, 0), upright
        cover, upright = self._made
        if self._masks:
            frame = cover.over(frame.reformat(format="yuv420p"), 0)
        return encoded(upright.turn(frame), "mjpeg", quality=_QUALITY)


def show(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `url`, `masks` (edges in percent), `widest` (pixels): a task with network.

    Each order `wait_s` is answered by the newest picture, by none if no other came for so long,
    or by why the camera is followed no more.
    """
    newest, drawn = Newest(), Drawn(params["masks"], int(params["widest"]))
    Thread(target=newest.follow, args=(params["url"],), daemon=True).start()
    while (order := desk.await_order()) is not None:
        frame = newest.take(float(order["wait_s"]))
        body = b""
        if frame is not None and newest.video is not None:
            try:
                body = drawn.jpeg(frame, newest.video)
            except MEDIA_ERRORS:
                body = b""
        elif newest.why:
            why = json.dumps({"why": newest.why}).encode()
            desk.say(wire.LIVE, wire.STREAM.pack(_ONLY, wire.ENDED) + why)
            continue
        desk.say(wire.LIVE, wire.STREAM.pack(_ONLY, wire.DATA_OF) + body)
    return {}, b""
