"""A sealed file as the seekable file object that media parsers ask for."""

from __future__ import annotations

import io
import os
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from hokanko.formats.unsealing import SealedReader

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

KEPT_SEGMENTS: Final = 8


class SealedFile(io.RawIOBase):
    """Plaintext of a SealedReader behind read, seek and tell; for one thread at a time.

    Parsers jump between an index and the media and read the same places in small bits, so the
    segments touched last are kept.
    """

    def __init__(self, reader: SealedReader) -> None:
        super().__init__()
        self._reader = reader
        self._at = 0
        self._kept: OrderedDict[int, tuple[int, bytes]] = OrderedDict()

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Where the next read begins, in plaintext bytes."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move, possibly beyond the end, where reads find nothing."""
        bases = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._reader.plain_bytes}
        target = bases[whence] + offset
        if target < 0:
            raise ValueError("there is no plaintext before the beginning")
        self._at = target
        return target

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer`, short only at the end; raises Unsound where a segment does not verify."""
        view = memoryview(buffer).cast("B")
        want = min(len(view), max(0, self._reader.plain_bytes - self._at))
        done = 0
        while done < want:
            start, content = self._segment(self._reader.segment_of(self._at))
            skip = self._at - start
            count = min(want - done, len(content) - skip)
            view[done : done + count] = memoryview(content)[skip : skip + count]
            done += count
            self._at += count
        return done

    def _segment(self, index: int) -> tuple[int, bytes]:
        if index in self._kept:
            self._kept.move_to_end(index)
        else:
            self._kept[index] = self._reader.segment(index)
            if len(self._kept) > KEPT_SEGMENTS:
                self._kept.popitem(last=False)
        return self._kept[index]
