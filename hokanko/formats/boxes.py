"""Fragmented MP4 as a row of boxes (ISO/IEC 14496-12 §4.2): cut where a fragment is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_HEAD: Final = 8
_MOST_BYTES: Final = 256 << 20


def whole_fragments(flow: Iterable[bytes]) -> Iterator[bytes]:
    """The header with the first fragment, then each one: what can be shown of a file cut off.

    Nothing comes where there is no whole fragment, or where the bytes are no boxes.
    """
    held, end, at = bytearray(), 0, 0
    for some in flow:
        held += some
        while (size := _size(held, at)) is not None and at + size <= len(held):
            kind = bytes(held[at + 4 : at + _HEAD])
            at += size
            if kind == b"mdat":
                end = at
        if end:
            yield bytes(held[:end])
            del held[:end]
            at -= end
            end = 0


def _size(held: bytearray, at: int) -> int | None:
    """Bytes of the box at `at`; None where it is not known yet, or is none of ours."""
    if len(held) < at + _HEAD:
        return None
    size = int.from_bytes(held[at : at + 4], "big")
    return size if _HEAD <= size <= _MOST_BYTES else None
