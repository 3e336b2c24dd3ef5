"""A short fragmented MP4 in memory, as browsers' MediaSource takes it, and its exact MIME type."""

from __future__ import annotations

import io
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
from av.packet import Packet

# Time runs from the first picture shown: composition offsets may be negative, so that no edit
# list is needed, which players treat differently. "Discontinuity" lets sound that begins late
# keep its distance, which the muxer would close.
_FLAGS = (
    "+frag_keyframe+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer+frag_discont"
)


class Fragments:
    """One MP4 in the making."""

    def __init__(self) -> None:
        self._sink = io.BytesIO()
        self.container = av.open(
            self._sink,
            "w",
            format="mp4",
            options={"movflags": _FLAGS, "use_editlist": "0", "avoid_negative_ts": "disabled"},
        )

    def finish(self) -> bytes:
        """The whole file."""
        self.container.close()
        return self._sink.getvalue()


def without_gaps(packets: Iterable[Packet[Any]], ends: Fraction) -> list[Packet[Any]]:
    """The same packets of one stream, each lasting until the next one, the last until `ends`.

    Players stop at a hole between two parts, and containers are careless with durations.
    """
    done = list(packets)
    for packet, following in pairwise(done):
        packet.duration = max(0, (following.dts or 0) - (packet.dts or 0))
    if done:
        shown_last = max(packet.pts or 0 for packet in done)
        done[-1].duration = max(1, int(ends / done[-1].time_base) - shown_last)
    return done


def mime(body: bytes) -> str:
    """`video/mp4; codecs="…"` (RFC 6381) as the decoder configurations in `body` say it.

    Raises ValueError if there is no AVC configuration.
    """
    at = body.find(b"avcC")
    if at < 0:
        raise ValueError("no avcC")
    codecs = ["avc1." + body[at + 5 : at + 8].hex()]  # profile, constraints, level
    sound = body.find(b"esds")
    if sound >= 0:
        codecs.append(f"mp4a.40.{_audio_object_type(body[sound + 8 : sound + 72])}")
    return f'video/mp4; codecs="{", ".join(codecs)}"'


def _audio_object_type(descriptors: bytes) -> int:
    """From the AudioSpecificConfig, which is descriptor 5 in an esds (ISO/IEC 14496-1 §7.2.6)."""
    at = descriptors.find(b"\x05\x80\x80\x80")  # FFmpeg always writes lengths of four bytes
    return descriptors[at + 5] >> 3 if at >= 0 else 2
