"""A sealed original as the jail may ask for it: by range, from memory."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.formats.unsealing import SealedReader


@dataclass(frozen=True, slots=True)
class Look:
    """What `media.jail` calls a source, over a sealed file."""

    reader: SealedReader

    @property
    def size(self) -> int:
        return self.reader.plain_bytes

    def read_at(self, offset: int, length: int) -> bytes:
        return self.reader.read_at(offset, length)
