"""A camera's pictures with parts blackened before they are kept: decoded, covered, encoded anew.

Its packets take the place of the camera's own, so that a picture without its mask goes nowhere.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import av
from av.codec.context import Flags
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hokanko.media.inside.container import MEDIA_ERRORS
from hokanko.media.inside.masking import Cover
from hokanko.media.inside.pulse import Jumped

_OPTIONS = {
    "preset": "superfast",
    "tune": "zerolatency",  # one picture in, one out, in their order
    "crf": "20",
    "threads": "1",  # of this thread alone, so that its price can be told
}
_KEY_EVERY_S = 2
_USUAL_RATE = 25
_PRICED_AFTER, _PRICED_AFTER_S = 40, 6.0  # pictures, or seconds where few come
_SLOW_AFTER_S = 3.0
_BUSY, _WINDOW_S = 0.9, 1.0


class TooSlow(ValueError):
    """The machine does not keep up with the camera: said, before pictures are lost in silence."""


class Veil:
    """The pictures of one connection; `told` hears once a picture's price in ms, and their rate."""

    def __init__(
        self,
        video: VideoStream,
        masks: Sequence[Mapping[str, Any]],
        told: Callable[[float, float], None],
    ) -> None:
        self._video, self._told = video, told
        video.thread_type = "NONE"
        always = [dict(mask) | {"from_ms": -1, "until_ms": 1} for mask in masks]
        self._cover = Cover(video, always, 0)
        self._size = (video.codec_context.width, video.codec_context.height)
        self._sink = av.open(io.BytesIO(), "w", format="mp4")
        self.stream = self._encoder()
        self._newest: int | None = None
        self._first: tuple[float, float] | None = None  # by our clock, by the stream's own
        self._pictures, self._cpu_s, self._busy_s = 0, 0.0, 0.0
        self._priced = False
        self._window: tuple[float, float] | None = None  # by our clock, busy until then

    def over(self, packets: Iterable[Packet[Any]]) -> Iterator[Packet[Any]]:
        """The packets to be kept. Raises Jumped for pictures of another size, TooSlow."""
        for packet in packets:
            if packet.stream is not self._video:
                yield packet
                continue
            cpu_s, busy_s = time.thread_time(), time.monotonic()
            made = self._made(packet)
            self._cpu_s += time.thread_time() - cpu_s
            self._busy_s += time.monotonic() - busy_s
            yield from made
            self._watch()

    def _made(self, packet: Packet[Any]) -> list[Packet[Any]]:
        made: list[Packet[Any]] = []
        try:
            frames: list[VideoFrame] = packet.decode()
        except MEDIA_ERRORS:
            return made  # what cannot be decoded cannot be covered
        for frame in frames:
            moment = frame.pts
            if moment is None or (self._newest is not None and moment <= self._newest):
                continue
            if (frame.width, frame.height) != self._size:
                raise Jumped
            self._newest = moment
            self._pictures += 1
            covered = self._cover.over(frame.reformat(format="yuv420p"), 0)
            covered.pts, covered.time_base, covered.pict_type = moment, self._video.time_base, 0
            for encoded in self.stream.encode(covered):
                encoded.stream = self.stream
                made.append(encoded)
        return made

    def _watch(self) -> None:
        """Tell the price once it is known; notice when pictures come faster than they are made."""
        if self._newest is None:
            return
        now, at_s = time.monotonic(), self._newest * float(self._video.time_base or 1)
        began, first_s = self._first = self._first or (now, at_s)
        lasted = self._pictures >= _PRICED_AFTER or at_s - first_s > _PRICED_AFTER_S
        if lasted and not self._priced and at_s > first_s:
            self._priced = True
            rate = (self._pictures - 1) / (at_s - first_s)
            self._told(1000 * self._cpu_s / self._pictures, rate)
        since, busy_s = self._window = self._window or (now, self._busy_s)
        if now - since > _WINDOW_S:
            self._window = now, self._busy_s
            late_s = now - began - (at_s - first_s)
            if late_s > _SLOW_AFTER_S and self._busy_s - busy_s > _BUSY * (now - since):
                raise TooSlow  # behind, and with no moment to spare: it will not catch up

    def _encoder(self) -> VideoStream:
        rate = self._video.average_rate or _USUAL_RATE
        made: VideoStream = self._sink.add_stream("libx264", rate=rate, options=_OPTIONS)
        context, base = made.codec_context, self._video.time_base
        assert base is not None, "a live stream has a clock"
        made.width, made.height, made.pix_fmt = *self._size, "yuv420p"
        context.time_base = base
        context.gop_size = max(1, round(float(rate) * _KEY_EVERY_S))
        context.flags |= Flags.global_header
        self._sink.start_encoding()  # only then does the stream know its own parameters
        made.time_base = base
        return made
