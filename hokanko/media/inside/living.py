"""One piece of a camera's stream as fragmented MP4: packets copied, never decoded or reordered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import av
from av.packet import Packet
from av.stream import Stream

from hokanko.media.inside.pulse import AT_ONCE_S, Pulse

# With the cell's rest and the picture that FFmpeg holds back, what a power cut takes stays below a
# second (I5).
_OPTIONS = {
    "movflags": "+frag_keyframe+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer",
    "frag_duration": "600000",  # µs
    "use_editlist": "0",  # time runs from the first picture shown
    "avoid_negative_ts": "disabled",
}
G711 = {"pcm_alaw", "pcm_mulaw"}  # has a name in QuickTime's MP4 and none in ISO's
_MOST_WAITING = 32
_HELD_BYTES = 128 << 10


class Living:
    """An MP4 in the making; `out` is given each fragment whole, the first time with its header."""

    def __init__(self, streams: list[Stream], out: Callable[[bytearray], None]) -> None:
        """`streams` as they come from the camera, the pictures first."""
        self._lead, self._out = streams[0].index, out
        self._held = bytearray()
        kind = "mov" if any(s.codec_context.name in G711 for s in streams) else "mp4"
        self._mp4 = av.open(self, "w", format=kind, options=_OPTIONS, buffer_size=_HELD_BYTES)
        self._into = {stream.index: self._like(stream) for stream in streams}
        # fractions are exact and slow: each stream's clock is looked at once
        self._tick_s = {stream.index: float(stream.time_base or 1) for stream in streams}
        self._zero: dict[int, int] = {}
        self._last = dict.fromkeys(self._into, -1)
        self.pulse, self._opened = Pulse(), time.monotonic()

    def write(self, some: bytes) -> int:
        """What the muxer hands over; called by it alone."""
        self._held += some
        return len(some)

    def add(self, packet: Packet[Any]) -> tuple[float, float] | None:
        """The next packet; gives from when to when no picture came, where that is known now.

        Raises Jumped when its time is not where the clock on the wall is.
        """
        index, dts, hole = packet.stream_index, packet.dts or 0, None
        if index == self._lead:
            at_s = dts * self._tick_s[index]
            if not self._zero:
                self._zero = {each: round(at_s / tick) for each, tick in self._tick_s.items()}
            passed_s = (dts - self._zero[index]) * self._tick_s[index]
            hole = self.pulse.hear(passed_s, self._open_s)
        zero = self._zero[index]
        # cameras repeat a time where they begin anew; the muxer takes each once
        packet.dts = self._last[index] = max(dts - zero, self._last[index] + 1)
        packet.pts = max((packet.pts or 0) - zero, packet.dts)
        packet.stream = self._into[index]
        self._mp4.mux(packet)
        self._hand_out()
        return hole

    def stand(self) -> None:
        """The next piece begins where this one ends."""
        self.pulse.stand(self._open_s)

    def end(self) -> None:
        """Close the MP4; the last fragment goes out."""
        self._mp4.close()
        self._hand_out()

    @property
    def lasted_s(self) -> float:
        """How long ago it began."""
        return self._open_s + self.pulse.early_s

    @property
    def began_at_s(self) -> float:
        """By the machine's own clock."""
        return self._opened - self.pulse.early_s

    @property
    def is_dated(self) -> bool:
        """Whether `began_at_s` stays as it is; at first it moves back with what came at once."""
        return self._open_s > AT_ONCE_S

    @property
    def _open_s(self) -> float:
        return time.monotonic() - self._opened

    def _hand_out(self) -> None:
        if self._held:
            held, self._held = self._held, bytearray()
            self._out(held)

    def _like(self, stream: Stream) -> Stream:
        copy = self._mp4.add_stream_from_template(stream)
        if copy.codec_context.name == "hevc":
            copy.codec_tag = "hvc1"  # what players ask for; the default is hev1
        return copy


def timed(packets: Iterable[Packet[Any]]) -> Iterator[Packet[Any]]:
    """The same packets, each with the time at which it is to be decoded.

    RTP tells when a picture is shown, not when it is decoded; until FFmpeg has seen how far a
    camera reorders, it leaves that time out. Those first ones are counted back from the one that
    has it.
    """
    waiting: list[Packet[Any]] = []
    for packet in packets:
        if not packet.size:
            continue
        if packet.dts is None and len(waiting) < _MOST_WAITING:
            waiting.append(packet)
            continue
        if waiting:
            for back, early in enumerate(reversed(waiting), 1):
                early.dts = _before(packet, early, back)
            yield from waiting
            waiting.clear()
        yield packet


def _before(known: Packet[Any], early: Packet[Any], back: int) -> int:
    step = max(1, early.duration or 1)
    at = known.dts if known.dts is not None else known.pts or 0
    return int(at * known.time_base / early.time_base) - back * step
