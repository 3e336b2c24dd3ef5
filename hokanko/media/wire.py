"""The few words that jail and cell speak over their socket: one byte of kind, a length, a body."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

READY = b"Y"  # cell → jail, JSON list: the protections in force; nothing hostile was read yet
TASK = b"T"  # jail → cell, JSON: the size of the source and the parameters of the task
READ = b"R"  # cell → jail: offset and length of the bytes wanted
DATA = b"D"  # jail → cell: those bytes, fewer only at the end of the source
SO_FAR = b"S"  # cell → jail, JSON: what is known already, should the cell not survive the rest
HEAD = b"H"  # cell → jail, JSON: the answer, followed by …
BODY = b"B"  # … its bytes
PIECE = b"P"  # cell → jail: some of the answer's bytes, from a task that pours them out
ORDER = b"O"  # jail → cell, JSON: a camera to follow, to cut or to leave
LIVE = b"L"  # cell → jail: STREAM, then what it announces
FAILED = b"F"  # cell → jail, JSON: the kind and place of an exception, never its message

RANGE = struct.Struct(">QI")
STREAM = struct.Struct(">Hc")  # number of the camera, and one of:
BEGUN, DATA_OF, CLOCKED, HOLE, PIECE_ENDED, ENDED = b"b", b"d", b"c", b"h", b"p", b"e"
PRICED, DATED = b"m", b"t"
MOST_AT_ONCE = 1 << 20  # bytes in one READ
_FRAME = struct.Struct(">cI")


class Garbled(ValueError):
    """The other side does not keep to the protocol."""


def frame(kind: bytes, *body: bytes | bytearray | memoryview) -> bytes:
    """One frame, ready to be written; its body may come in parts."""
    return b"".join((_FRAME.pack(kind, sum(map(len, body))), *body))


def receive(read: Callable[[int], bytes], most: Mapping[bytes, int]) -> tuple[bytes, bytes]:
    """The next frame as (kind, body); `most` holds the kinds awaited and their largest bodies.

    `read(n)` gives 1…n bytes, none at the end. Raises EOFError at the end, Garbled for a kind
    that is not awaited or a body that is too large, which is then not read.
    """
    kind, length = _FRAME.unpack(_exactly(read, _FRAME.size))
    if kind not in most or length > most[kind]:
        raise Garbled(f"{length} bytes of kind {kind[0]}")
    return kind, _exactly(read, length)


def _exactly(read: Callable[[int], bytes], length: int) -> bytes:
    pieces, missing = [], length
    while missing:
        pieces.append(read(min(missing, MOST_AT_ONCE)))
        if not pieces[-1]:
            raise EOFError
        missing -= len(pieces[-1])
    return b"".join(pieces)
