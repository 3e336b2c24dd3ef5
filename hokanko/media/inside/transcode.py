"""A part of any footage decoded and made into H.264 that every browser plays."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import chain
from typing import Any, cast

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hokanko.media.inside.container import MEDIA_ERRORS, Pictures, Shown, Timeline, packets
from hokanko.media.inside.fragments import Fragments, without_gaps
from hokanko.media.inside.piece import MOST_BYTES, NothingThere, Piece, Wish
from hokanko.media.inside.sound import Sound
from hokanko.media.inside.upright import Upright

WIDEST = 1280
_MS = Fraction(1, 1000)
_CPU_SECONDS = 40.0  # then the part ends early, and the next one goes on from there
_OPTIONS = {
    "preset": "veryfast",
    "crf": "23",
    "maxrate": "5M",
    "bufsize": "5M",
    "bf": "0",  # so that decoding time is showing time
    "flags": "+cgop",
    "forced-idr": "1",
    "threads": "2",
}


class _Encoder:
    """The pictures of the part, encoded one after the other."""

    def __init__(self, line: Timeline, audio: AudioStream | None, wish: Wish) -> None:
        self._line, self._audio, self._wish = line, audio, wish
        self._upright = Upright(line.stream, "yuv420p", widest=WIDEST)
        self._out = Fragments()
        self._target: VideoStream | None = None
        self._beside: list[Packet[Any]] = []
        self._made: list[Packet[Any]] = []
        self._bytes = 0
        self.first_ms: int | None = None
        self.newest_ms = 0
        self.end_ms: int | None = None

    def hear(self, packet: Packet[Any]) -> None:
        """Keep a packet of sound for the end."""
        self._beside.append(packet)

    def show(self, shown: Shown) -> None:
        """Encode one picture, unless it lies before the start; the one after the end ends it."""
        if shown.at_ms < self._wish.start_ms or self.end_ms is not None:
            return
        if self.first_ms is not None and (shown.at_ms >= self._wish.end_ms or self._is_enough()):
            self.end_ms = shown.at_ms
            return
        if self.first_ms is not None and shown.at_ms <= self.newest_ms:
            return  # two pictures in one millisecond, or a clock that runs backwards
        try:
            frame = self._upright.turn(shown.frame)
        except MEDIA_ERRORS:
            return
        if self._target is None:
            self.first_ms = shown.at_ms
            self._target = self._begin(frame)
        self.newest_ms = shown.at_ms
        frame.pts, frame.time_base = shown.at_ms - cast(int, self.first_ms), _MS
        frame.pict_type = 0
        self._keep(self._target.encode(frame))

    def finish(self) -> Piece:
        """The part. Raises NothingThere if no picture came."""
        if self._target is None or self.first_ms is None:
            raise NothingThere
        self._keep(self._target.encode(None))
        last = self.end_ms is None
        ends = self.newest_ms + max(1, int(1000 / self._line.rate))
        end_ms = self.end_ms or max(ends, self._wish.hold_ms)
        queue = without_gaps(self._made, (end_ms - self.first_ms) * _MS)
        queue += self._sound(end_ms)
        for packet in sorted(queue, key=_moment):
            self._out.container.mux(packet)
        return Piece(self.first_ms, end_ms, last, self._out.finish())

    def _begin(self, frame: VideoFrame) -> VideoStream:
        rate = self._line.rate
        options: dict[str, Any] = {"rate": rate, "options": _OPTIONS}
        target: VideoStream = self._out.container.add_stream("libx264", **options)
        target.width, target.height, target.pix_fmt = frame.width, frame.height, "yuv420p"
        target.codec_context.time_base = _MS
        target.codec_context.gop_size = int(rate * 2)
        return target

    def _keep(self, made: list[Packet[Any]]) -> None:
        self._made += made
        self._bytes += sum(packet.size for packet in made)

    def _is_enough(self) -> bool:
        return self._bytes > MOST_BYTES * 3 // 4 or time.process_time() > _CPU_SECONDS

    def _sound(self, end_ms: int) -> list[Packet[Any]]:
        if self._audio is None:
            return []
        zero = self._line.zero
        start, end = zero + cast(int, self.first_ms) * _MS, zero + end_ms * _MS
        sound = Sound(self._out.container, self._audio, start, end)
        made = [piece for packet in self._beside for piece in sound.take(packet)]
        return made + sound.rest()


def transcode(
    container: InputContainer, line: Timeline, audio: AudioStream | None, wish: Wish
) -> Piece:
    """The part of exactly `wish`. Raises NothingThere or one of MEDIA_ERRORS."""
    line.seek(container, wish.start_ms)
    pictures = Pictures(container, line)
    encoder = _Encoder(line, audio, wish)
    source = packets(container, line.stream, *([audio] if audio else []))
    for packet in chain(pictures.skip(wish.start_ms, source), source):
        if packet.stream.type == "audio":
            encoder.hear(packet)
            continue
        for shown in pictures.of(packet):
            encoder.show(shown)
        if encoder.end_ms is not None:
            break
    return encoder.finish()


def _moment(packet: Packet[Any]) -> Fraction:
    return (packet.dts or 0) * packet.time_base
