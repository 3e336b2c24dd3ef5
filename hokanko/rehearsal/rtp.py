"""Films as RTP packets: H.264 (RFC 6184) and H.265 (RFC 7798), and the sender's reports."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av

CLOCK_HZ: Final = 90_000
_PAYLOAD_TYPE, _SSRC = 96, 0x484F4B41
_MOST_BYTES = 1400
_1900_TO_1970_S = 2_208_988_800
_FU_A, _FU = 28, 49


@dataclass(frozen=True, slots=True)
class Picture:
    """The NAL units of one picture, and when it is shown, in seconds since the film's beginning."""

    at_s: float
    nals: tuple[bytes, ...]


class Film:
    """A file's pictures in the order in which they are decoded; H.264 or H.265 in an MP4."""

    def __init__(self, path: Path) -> None:
        with av.open(str(path)) as source:
            video = source.streams.video[0]
            self.codec = video.codec_context.name
            self.sets = _parameter_sets(self.codec, video.codec_context.extradata or b"")
            self.pictures = [
                Picture(
                    float((packet.pts or 0) * packet.time_base),
                    tuple(_lengths(bytes(packet))),
                )
                for packet in source.demux(video)
                if packet.size
            ]
            self.per_s = float(video.average_rate or Fraction(25))
        self.length_s = len(self.pictures) / self.per_s

    def description(self) -> str:
        """SDP (RFC 8866) of the one stream."""
        sets = [b64encode(nal).decode() for nal in self.sets]
        if self.codec == "h264":
            name, told = "H264", "packetization-mode=1;sprop-parameter-sets=" + ",".join(sets)
        else:
            names = ("sprop-vps", "sprop-sps", "sprop-pps")
            name = "H265"
            told = ";".join(f"{key}={value}" for key, value in zip(names, sets, strict=False))
        lines = (
            "v=0",
            "o=- 0 0 IN IP4 127.0.0.1",
            "s=rehearsal",
            "t=0 0",
            "a=control:*",
            f"m=video 0 RTP/AVP {_PAYLOAD_TYPE}",
            "c=IN IP4 0.0.0.0",
            f"a=rtpmap:{_PAYLOAD_TYPE} {name}/{CLOCK_HZ}",
            f"a=fmtp:{_PAYLOAD_TYPE} {told}",
            "a=control:track1",
        )
        return "".join(line + "\r\n" for line in lines)


class Sender:
    """The running numbers of one stream to one visitor."""

    def __init__(self, codec: str) -> None:
        self._split = _split_h264 if codec == "h264" else _split_h265
        self._number, self._packets, self._octets = 0, 0, 0

    def packets(self, picture: Picture, stamp: int) -> Iterator[bytes]:
        """The RTP packets of a picture; `stamp` is its time in 1/90 000 s."""
        payloads = [piece for nal in picture.nals for piece in self._split(nal)]
        for at, payload in enumerate(payloads):
            marker = 0x80 if at == len(payloads) - 1 else 0
            head = struct.pack(
                ">BBHII",
                0x80,
                marker | _PAYLOAD_TYPE,
                self._number & 0xFFFF,
                stamp & 0xFFFFFFFF,
                _SSRC,
            )
            self._number += 1
            self._packets += 1
            self._octets += len(payload)
            yield head + payload

    def report(self, wall_s: float, stamp: int) -> bytes:
        """RTCP sender report (RFC 3550 §6.4.1): `wall_s` since 1970 and `stamp` are one moment."""
        seconds = int(wall_s)
        fraction = int((wall_s - seconds) * (1 << 32))
        return struct.pack(
            ">BBHIIIIII",
            0x80,
            200,
            6,
            _SSRC,
            (seconds + _1900_TO_1970_S) & 0xFFFFFFFF,
            fraction,
            stamp & 0xFFFFFFFF,
            self._packets & 0xFFFFFFFF,
            self._octets & 0xFFFFFFFF,
        )


def _split_h264(nal: bytes) -> Iterator[bytes]:
    yield from _split(nal, nal[:1], bytes([nal[0] & 0xE0 | _FU_A]), nal[0] & 0x1F)


def _split_h265(nal: bytes) -> Iterator[bytes]:
    indicator = bytes([nal[0] & 0x81 | _FU << 1, nal[1]])
    yield from _split(nal, nal[:2], indicator, nal[0] >> 1 & 0x3F)


def _split(nal: bytes, head: bytes, indicator: bytes, kind: int) -> Iterator[bytes]:
    """A NAL unit as it is, or as fragmentation units."""
    if len(nal) <= _MOST_BYTES:
        yield nal
        return
    for at in range(len(head), len(nal), _MOST_BYTES):
        first, last = at == len(head), at + _MOST_BYTES >= len(nal)
        yield indicator + bytes([first << 7 | last << 6 | kind]) + nal[at : at + _MOST_BYTES]


def _lengths(packet: bytes) -> Iterator[bytes]:
    """The NAL units of a sample in an MP4 (ISO/IEC 14496-15, lengths of four bytes)."""
    at = 0
    while at + 4 <= len(packet):
        length = int.from_bytes(packet[at : at + 4], "big")
        yield packet[at + 4 : at + 4 + length]
        at += 4 + length


def _parameter_sets(codec: str, configuration: bytes) -> list[bytes]:
    """From avcC (§5.3.3.1) or hvcC (§8.3.3.1): what a decoder must know first."""
    found = []
    if codec == "h264":
        at, arrays = 5, [configuration[5] & 0x1F, None]
    else:
        at, arrays = 23, [None] * configuration[22]
    for count in arrays:
        if codec == "hevc":
            at += 1  # the kind, which the NAL unit says too
        width = 1 if codec == "h264" else 2
        number = int.from_bytes(configuration[at : at + width], "big")
        number = number & 0x1F if count is not None else number
        at += width
        for _ in range(number):
            length = int.from_bytes(configuration[at : at + 2], "big")
            found.append(configuration[at + 2 : at + 2 + length])
            at += 2 + length
    return found
