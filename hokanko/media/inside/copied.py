"""The task behind `copy`: the packets of one range, from a key picture on, poured as they are."""

from __future__ import annotations

from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from hokanko.media.inside.clip import FLAGS, Sink
from hokanko.media.inside.container import (
    MEDIA_ERRORS,
    Timeline,
    main_audio,
    main_video,
    opened,
    packets,
)
from hokanko.media.inside.desk import Desk

COPIED = {"h264", "hevc", "mjpeg"}  # what an MP4 holds with every byte as the camera wrote it


def copy(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `start_ms`, `end_ms`; pours an MP4 whose packets are those of the footage.

    It begins with the last key picture at or before the range. Head: as `clip`, or `problem`:
    "nothing-there", "undecodable", "uncopyable".
    """
    try:
        container = opened(desk)
        video = main_video(container)
    except MEDIA_ERRORS:
        video = None
    if video is None:
        return {"problem": "undecodable"}, b""
    line = Timeline.of(container, video)
    if video.codec_context.name not in COPIED or not line.has_clock:
        return {"problem": "uncopyable"}, b""
    taken = _Taken(desk, line, int(params["start_ms"]), int(params["end_ms"]))
    try:
        _walk(container, taken)
        taken.finish()
    except MEDIA_ERRORS:
        return {"problem": "uncopyable"}, b""
    if taken.pictures == 0:
        return {"problem": "nothing-there"}, b""
    silenced = main_audio(container) is not None
    return taken.head(video) | {"damaged": 0, "silenced": silenced, "recipe": recipe()}, b""


def recipe() -> str:
    """How the file came to be, beside the footage and the range."""
    version = ".".join(map(str, av.library_versions["libavformat"]))
    return (
        "packets copied from a key picture on, not encoded anew; "
        f"MP4 {FLAGS}; no sound; PyAV {av.__version__}, libavformat {version}"
    )


def _walk(container: InputContainer, taken: _Taken) -> None:
    taken.line.seek(container, taken.start_ms)
    for packet in packets(container, taken.line.stream):
        if packet.pts is None or not packet.size:
            continue
        if taken.is_over(packet):
            break
        taken.take(packet)
    taken.rest()


def _date(waiting: list[Packet[VideoStream]]) -> None:
    """Give the first packets a decoding time where the container knows none: before the next."""
    undated = [packet for packet in waiting if packet.dts is None]
    known = next((packet.dts for packet in waiting if packet.dts is not None), 0)
    for back, packet in enumerate(reversed(undated), 1):
        packet.dts = known - back


class _Taken:
    """The packets that are copied: one group waits until it is known to reach into the range."""

    def __init__(self, desk: Desk, line: Timeline, start_ms: int, end_ms: int) -> None:
        self.line, self.start_ms, self.end_ms = line, start_ms, end_ms
        self.pictures = 0
        self._desk = desk
        self._waiting: list[Packet[VideoStream]] = []
        self._out: Any = None
        self._target: Any = None
        self._zero = self._first_ms = self._last_ms = 0
        self._length_ms = max(1, int(1000 / line.rate))

    def is_over(self, packet: Packet[VideoStream]) -> bool:
        """Whether this packet, and all after it, are shown when the range is over."""
        shown_first = packet.pts if packet.is_keyframe else packet.dts
        return shown_first is not None and self._at(shown_first) >= self.end_ms

    def take(self, packet: Packet[VideoStream]) -> None:
        """Keep a packet; a key picture at or before the range makes those before it needless."""
        at_ms = self._at(packet.pts)
        if packet.is_keyframe and at_ms <= self.start_ms:
            self._waiting = []
        elif not self._waiting and self._out is None and not packet.is_keyframe:
            return  # nothing to decode it from
        self._waiting.append(packet)
        if packet.dts is not None and self._at(packet.dts) > self.start_ms:
            self._write()

    def rest(self) -> None:
        """Write what waits still, where it reaches into the range."""
        reach = max((self._at(packet.pts) for packet in self._waiting), default=-1)
        if reach + self._length_ms > self.start_ms:
            self._write()

    def finish(self) -> None:
        """Close the file, if there is one."""
        if self._out is not None:
            self._out.close()

    def head(self, video: VideoStream) -> dict[str, Any]:
        """What was copied, on the footage's own time."""
        return {
            "first_ms": self._first_ms,
            "last_ms": self._last_ms,
            "until_ms": self._last_ms + self._length_ms,
            "pictures": self.pictures,
            "width": video.width,
            "height": video.height,
        }

    def _write(self) -> None:
        _date(self._waiting)
        for packet in self._waiting:
            if self._out is None:
                self._begin(packet)
            self._last_ms = max(self._last_ms, self._at(packet.pts))
            packet.stream = self._target
            packet.pts = (packet.pts or 0) - self._zero
            packet.dts = (packet.dts or 0) - self._zero
            self.pictures += 1
            self._out.mux(packet)
        self._waiting = []

    def _begin(self, packet: Packet[VideoStream]) -> None:
        self._out = av.open(Sink(self._desk), "w", format="mp4", options={"movflags": FLAGS})
        self._target = self._out.add_stream_from_template(self.line.stream)
        self._zero, self._first_ms = packet.dts or 0, self._at(packet.pts)

    def _at(self, moment: int | None) -> int:
        return self.line.ms(moment or 0, self.line.base)
