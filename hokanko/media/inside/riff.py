"""The date that a camera wrote into an AVI, word for word: FFmpeg only hands out its reading."""

from __future__ import annotations

import struct

from hokanko.media.inside.desk import Desk

_SEARCHED_BYTES = 256 << 10
_DATES = (b"IDIT", b"ICRD")
_LONGEST = 128


def written_dates(desk: Desk) -> list[tuple[str, str]]:
    """(chunk, text) for each date chunk in the first 256 KiB of an AVI file."""
    start = desk.fetch(0, min(desk.size, _SEARCHED_BYTES))
    found = []
    for chunk in _DATES:
        at = start.find(chunk)
        if at < 0 or at + 8 > len(start):
            continue
        (length,) = struct.unpack_from("<I", start, at + 4)
        text = start[at + 8 : at + 8 + min(length, _LONGEST)].decode("ascii", "replace")
        found.append((chunk.decode("ascii"), text.strip("\0\r\n ")))
    return [(chunk, text) for chunk, text in found if text]
