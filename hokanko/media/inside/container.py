"""Opening footage with PyAV as if it were hostile, and reading its time as milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.subtitles.stream import SubtitleStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hokanko.media.inside.desk import Desk, RemoteFile

LARGEST_SIDE = 16384
MOST_PIXELS = 256_000_000
# Containers of cameras and recorders. Playlists and other formats that name further files are
# not among them, and no protocol is open to those that might all the same.
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,asf,flv,dhav,h264,hevc"
_OPTIONS = {
    "format_whitelist": _FORMATS,
    "protocol_whitelist": "none",
    "max_streams": "64",
    "max_pixels": str(MOST_PIXELS),
}
_THREADS = 2
_FURTHER_BACK_MS = (0, 2_000, 15_000)
# PyAV loads this module when it meets its first stream, and in a cell that is too late
LOADED_EARLY = (SubtitleStream,)
# PyAV tells FFmpeg's errors as FFmpegError, its own as ValueError, and lacking memory as such
MEDIA_ERRORS = (av.FFmpegError, ValueError, MemoryError)


def opened(desk: Desk) -> InputContainer:
    """The container. Raises one of MEDIA_ERRORS if this is none that we know."""
    file = RemoteFile(desk)
    return av.open(file, "r", options=_OPTIONS, metadata_errors="replace")


def main_video(container: InputContainer) -> VideoStream | None:
    """The first video stream that has a decoder and a size that is safe to decode."""
    for stream in container.streams.video:
        if stream.codec_context is not None and not is_huge(stream) and stream.width > 0:
            stream.codec_context.thread_count = _THREADS
            stream.thread_type = "AUTO"
            return stream
    return None


def main_audio(container: InputContainer) -> AudioStream | None:
    """The first audio stream that has a decoder."""
    known = (stream for stream in container.streams.audio if stream.codec_context is not None)
    return next(known, None)


def is_huge(stream: VideoStream) -> bool:
    """Whether a picture of this stream would be too large to decode."""
    if stream.codec_context is None:
        return False
    width, height = stream.width, stream.height
    return max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS


@dataclass(slots=True)
class Timeline:
    """Milliseconds since the first picture, for one video stream and those beside it.

    A bare elementary stream has no clock: its pictures are counted at the claimed rate.
    """

    stream: VideoStream
    zero: Fraction
    has_clock: bool

    @classmethod
    def of(cls, container: InputContainer, stream: VideoStream) -> Timeline:
        bare = container.format.name in ("h264", "hevc")
        line = cls(stream, Fraction(0), not bare)
        line.zero = (stream.start_time or 0) * line.base
        return line

    def ms(self, pts: int, time_base: Fraction) -> int:
        """The millisecond in which this moment falls."""
        return int((pts * time_base - self.zero) * 1000 // 1)

    def seek(self, container: InputContainer, at_ms: int) -> None:
        """Go to a key picture at or before `at_ms`, or to the start where there is none.

        Containers without an index (MPEG-TS) lead to any picture: then from further back.
        """
        if not self.has_clock:
            return
        for back_ms in _FURTHER_BACK_MS:
            self._jump(container, at_ms - back_ms)
            if self._leads_to(container, at_ms):
                self._jump(container, at_ms - back_ms)
                return
        self._jump(container, -_FURTHER_BACK_MS[-1])

    def _jump(self, container: InputContainer, at_ms: int) -> None:
        target = (Fraction(at_ms, 1000) + self.zero) / self.base
        try:
            container.seek(int(target), stream=self.stream, backward=True)
        except (OverflowError, *MEDIA_ERRORS):
            with suppress(*MEDIA_ERRORS):
                container.seek(0)

    def _leads_to(self, container: InputContainer, at_ms: int) -> bool:
        """Whether the next key picture from here is shown by `at_ms`."""
        for packet in packets(container, self.stream):
            if packet.pts is None:
                continue
            late = self.ms(packet.pts, packet.time_base) > at_ms
            if packet.is_keyframe or late:
                return not late
        return False

    @property
    def base(self) -> Fraction:
        """Seconds in one tick of the stream."""
        return self.stream.time_base or Fraction(1, 1000)

    @property
    def rate(self) -> Fraction:
        """Pictures a second, as claimed; within reason."""
        claimed = self.stream.average_rate or self.stream.guessed_rate or Fraction(25)
        return min(max(Fraction(claimed), Fraction(1)), Fraction(240))


@dataclass(frozen=True, slots=True)
class Shown:
    """A decoded picture and the millisecond at which it appears."""

    at_ms: int
    frame: VideoFrame


class Pictures:
    """The pictures of one stream in the order of showing; damaged packets are only counted."""

    def __init__(self, container: InputContainer, line: Timeline) -> None:
        self.damaged = 0
        self._container = container
        self._line = line
        self._count = 0

    def __iter__(self) -> Iterator[Shown]:
        for packet in packets(self._container, self._line.stream):
            yield from self.of(packet)

    def skip(self, start_ms: int, source: Iterator[Packet[Any]]) -> list[Packet[Any]]:
        """Of a stream without a clock, take the packets up to `start_ms`, undecoded.

        Returns those from the last key picture on, which have to be decoded first.
        """
        if self._line.has_clock:
            return []
        waiting: list[Packet[Any]] = []
        for seen, packet in enumerate(source):
            if packet.is_keyframe:
                waiting, self._count = [], seen
            waiting.append(packet)
            if seen * 1000 >= start_ms * self._line.rate:
                break
        return waiting

    def of(self, packet: Packet[Any]) -> list[Shown]:
        """The pictures that become known with this packet."""
        try:
            frames: list[VideoFrame] = packet.decode()
        except MEDIA_ERRORS:
            self.damaged += 1
            return []
        return [self._shown(frame) for frame in frames]

    def _shown(self, frame: VideoFrame) -> Shown:
        if self._line.has_clock and frame.pts is not None and frame.time_base:
            at_ms = self._line.ms(frame.pts, frame.time_base)
        else:
            at_ms = int(self._count * 1000 / self._line.rate)
        self._count += 1
        return Shown(at_ms, frame)


def packets(
    container: InputContainer, *streams: VideoStream | AudioStream
) -> Iterator[Packet[Any]]:
    """The packets of these streams, the last ones empty; the end may come as an error."""
    source = container.demux(*streams)
    while True:
        try:
            packet = next(source)
        except (StopIteration, *MEDIA_ERRORS):
            return
        yield packet
