"""A part of H.264 footage repackaged for browsers: not one picture is decoded or altered."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from hokanko.media.inside.container import Timeline, packets
from hokanko.media.inside.fragments import Fragments, without_gaps
from hokanko.media.inside.piece import MOST_BYTES, NothingThere, Piece, Uncopyable, Wish
from hokanko.media.inside.sound import Sound

_LOOK_AHEAD = 8  # packets after the end, among which pictures that lead would be
_LAGGING = 600  # packets after the end, among which sound that lags is looked for


class _Cut:
    """Collects whole groups of pictures, from the one that holds the start."""

    def __init__(self, line: Timeline, wish: Wish) -> None:
        self.line = line
        self.wish = wish
        self.pictures: list[Packet[Any]] = []
        self.beside: list[Packet[Any]] = []
        self.end: int | None = None
        self._bytes = 0
        self._after = 0
        self._heard: Fraction | None = None

    def take(self, packet: Packet[Any]) -> bool:
        """Take in one packet of the picture or the sound; False when enough is known."""
        if packet.size == 0:
            return True
        if packet.pts is None:
            raise Uncopyable("no time stamps")
        if self.end is not None:
            self._after += 1
        if packet.stream.type == "audio":
            self.beside.append(packet)
            self._heard = packet.pts * packet.time_base
        elif self.end is not None:
            self._refuse_leading(packet, self.end)
        elif self._ends(packet):
            self.end = packet.pts
        elif packet.is_keyframe or self.pictures:
            self._keep(packet)
        return not self._is_complete()

    def _is_complete(self) -> bool:
        if self.end is None or self._after < _LOOK_AHEAD:
            return False
        lagging = self._heard is not None and self._heard < self.end * self.line.base
        return not lagging or self._after >= _LAGGING

    def _ends(self, packet: Packet[Any]) -> bool:
        if not (packet.is_keyframe and self.pictures):
            return False
        at_ms = self.line.ms(cast(int, packet.pts), packet.time_base)
        if at_ms <= self.wish.start_ms:
            self.pictures, self._bytes = [], 0  # the seek went further back than needed
            return False
        return at_ms >= self.wish.end_ms or self._bytes > MOST_BYTES // 2

    def _keep(self, packet: Packet[Any]) -> None:
        if self.pictures:
            self._refuse_leading(packet, cast(int, self.pictures[0].pts))
        self.pictures.append(packet)
        self._bytes += packet.size
        if self._bytes > MOST_BYTES:
            raise Uncopyable("group of pictures too large")

    @staticmethod
    def _refuse_leading(packet: Packet[Any], key: int) -> None:
        """Pictures shown before the key picture that precedes them lean on the group before it."""
        if cast(int, packet.pts) < key:
            raise Uncopyable("open group of pictures")


def copy(container: InputContainer, line: Timeline, audio: AudioStream | None, wish: Wish) -> Piece:
    """The part that holds `wish`. Raises Uncopyable, NothingThere or one of MEDIA_ERRORS."""
    video = line.stream
    if not line.has_clock:
        raise Uncopyable("no clock")
    line.seek(container, wish.start_ms)
    cut = _Cut(line, wish)
    for packet in packets(container, video, *([audio] if audio else [])):
        if not cut.take(packet):
            break
    if not cut.pictures:
        raise NothingThere
    return _write(cut, video, audio)


def _write(cut: _Cut, video: VideoStream, audio: AudioStream | None) -> Piece:
    base = cut.pictures[0].time_base
    key = cast(int, cut.pictures[0].pts)
    newest = max(cut.pictures, key=lambda packet: cast(int, packet.pts))
    end = cut.end if cut.end is not None else _last_moment(cut, newest)
    if cut.end is None and cut.line.ms(end, base) <= cut.wish.start_ms:
        raise NothingThere

    out = Fragments()
    target = out.container.add_stream_from_template(video)
    target.codec_tag = "avc1"
    sound = Sound(out.container, audio, key * base, end * base) if audio else None
    _restart_clock(cut.pictures, key)
    for packet in cut.pictures:
        packet.stream = target
    queue = without_gaps(cut.pictures, (end - key) * base)
    if sound:
        queue += [made for packet in cut.beside for made in sound.take(packet)] + sound.rest()
    for packet in sorted(queue, key=lambda packet: cast(int, packet.dts) * packet.time_base):
        out.container.mux(packet)
    start_ms, end_ms = cut.line.ms(key, base), cut.line.ms(end, base)
    return Piece(start_ms, end_ms, cut.end is None, out.finish())


def _last_moment(cut: _Cut, newest: Packet[Any]) -> int:
    """When the last picture of the footage ends."""
    held = (Fraction(cut.wish.hold_ms, 1000) + cut.line.zero) / newest.time_base
    return max(cast(int, newest.pts) + max(1, newest.duration or 1), round(held))


def _restart_clock(pictures: list[Packet[Any]], key: int) -> None:
    """Count from the key picture. Decoding times are made anew: not all containers have them."""
    moments = [cast(int, packet.pts) - key for packet in pictures]
    in_order: list[int] = []
    for shown in sorted(moments):  # some cameras put their signature beside the last picture
        in_order.append(max(shown, in_order[-1] + 1) if in_order else shown)
    delay = max(due - shown for due, shown in zip(in_order, moments, strict=True))
    for packet, shown, due in zip(pictures, moments, in_order, strict=True):
        packet.pts, packet.dts = shown, due - delay
