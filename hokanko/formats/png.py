"""A margin set below a PNG picture: rows are added, the picture's own stay as they were stored."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGB, RGBA = 2, 6  # colour types, with 8 bits a sample
_SAMPLES = {RGB: 3, RGBA: 4}
_MOST_PIXELS = 1 << 28


@dataclass(frozen=True, slots=True)
class _Picture:
    """Its size in pixels, its rows as they were filtered, and what else it says of itself."""

    width: int
    height: int
    colour: int
    rows: bytes
    beside: tuple[tuple[bytes, bytes], ...]


def size(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises ValueError for what is no PNG."""
    if picture[:8] != SIGNATURE or picture[12:16] != b"IHDR":
        raise ValueError("no PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def below(picture: bytes, margin: bytes) -> bytes:
    """The picture with `margin` under it. Both are PNG, as wide as each other, 8 bits a sample.

    A row is stored as the difference to the one above it; the margin's rows are stored plain, so
    that none of the picture's is computed anew. Raises ValueError for any other PNG.
    """
    whole, strip = _read(picture), _read(margin)
    if whole.colour != RGB or whole.width != strip.width:
        raise ValueError("not of one kind")
    height = whole.height + strip.height
    rows = whole.rows + b"".join(b"\0" + row for row in _plain(strip))
    head = struct.pack(">IIBBBBB", whole.width, height, 8, RGB, 0, 0, 0)
    chunks = [(b"IHDR", head), *whole.beside, (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in chunks)


def _read(picture: bytes) -> _Picture:
    width, height = size(picture)
    depth, colour, *ways = picture[24:29]
    if depth != 8 or colour not in _SAMPLES or any(ways) or width * height > _MOST_PIXELS:
        raise ValueError("another kind of PNG")
    chunks = list(_chunks(picture))
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    length = height * (1 + width * _SAMPLES[colour])
    rows = zlib.decompressobj().decompress(packed, length + 1)
    if len(rows) != length:
        raise ValueError("other rows than announced")
    told = (b"IHDR", b"IDAT", b"IEND")
    beside = tuple(chunk for chunk in chunks if chunk[0] not in told)
    return _Picture(width, height, colour, rows, beside)


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at + 12 <= len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _plain(picture: _Picture) -> Iterator[bytes]:
    """The rows as they are seen, in RGB: without filter, an opaque picture without its alpha."""
    samples = _SAMPLES[picture.colour]
    length = picture.width * samples
    above = bytearray(length)
    for start in range(0, len(picture.rows), 1 + length):
        row = bytearray(picture.rows[start + 1 : start + 1 + length])
        _unfilter(picture.rows[start], row, above, samples)
        above = row
        yield bytes(row) if samples == 3 else _opaque(row)


def _unfilter(kind: int, row: bytearray, above: bytearray, samples: int) -> None:
    """Undo one row's filter (PNG, ISO/IEC 15948, section 9) in place."""
    for i in range(len(row)):
        left = row[i - samples] if i >= samples else 0
        corner = above[i - samples] if i >= samples else 0
        guess = (0, left, above[i], (left + above[i]) // 2, 0)[kind]
        if kind == 4:
            guess = _nearest(left, above[i], corner)
        row[i] = (row[i] + guess) & 255


def _nearest(left: int, up: int, corner: int) -> int:
    whole = left + up - corner
    return min((left, up, corner), key=lambda near: abs(whole - near))


def _opaque(row: bytearray) -> bytes:
    seen = bytearray(len(row) // 4 * 3)
    for sample in range(3):
        seen[sample::3] = row[sample::4]
    return bytes(seen)
