"""The sound beside the pictures of one part: AAC as it is, anything else made into AAC."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

_RATE = 48_000
_BITS = 96_000


class Sound:
    """Takes the packets of one audio stream and gives those for the part [start, end) seconds."""

    def __init__(
        self, out: OutputContainer, source: AudioStream, start: Fraction, end: Fraction
    ) -> None:
        self._start, self._end = start, end
        codec = source.codec_context
        self._as_is = codec.name == "aac" and bool(codec.extradata)
        if self._as_is:
            self._target = out.add_stream_from_template(source)
            return
        layout = "mono" if codec.channels == 1 else "stereo"
        self._target = out.add_stream("aac", rate=_RATE, layout=layout)
        self._target.bit_rate = _BITS
        self._resampler = av.AudioResampler("fltp", layout, _RATE, frame_size=1024)

    def take(self, packet: Packet[Any]) -> list[Packet[Any]]:
        """What this packet adds to the part. Raises one of MEDIA_ERRORS if it cannot be decoded."""
        base = packet.time_base
        if packet.pts is None or not self._start <= packet.pts * base < self._end:
            return []
        if self._as_is:
            zero = round(self._start / base)
            packet.pts -= zero
            packet.dts = packet.pts
            packet.stream = self._target
            return [packet]
        return [
            made
            for frame in cast(list[AudioFrame], packet.decode())
            for piece in self._resampler.resample(self._moved(frame))
            for made in self._encode(piece)
        ]

    def rest(self) -> list[Packet[Any]]:
        """What is still in the encoder."""
        if self._as_is:
            return []
        last = [made for piece in self._resampler.resample(None) for made in self._encode(piece)]
        return last + self._encode(None)

    def _moved(self, frame: AudioFrame) -> AudioFrame:
        """The frame at its time within the part."""
        base = cast(Fraction, frame.time_base)
        if frame.pts is not None:
            frame.pts = max(0, frame.pts - round(self._start / base))
        return frame

    def _encode(self, frame: AudioFrame | None) -> list[Packet[Any]]:
        made = self._target.encode(frame)
        # the encoder's run-up lies before the part and would push the pictures back
        return [packet for packet in made if packet.pts is not None and packet.pts >= 0]
