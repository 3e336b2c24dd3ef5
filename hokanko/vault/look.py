"""A sealed object as the media jail may ask for it: by range, from memory."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.formats.sealed import SealedReader


@dataclass(frozen=True, slots=True)
class Look:
    """A `media.jail.Source` over an open sealed object."""

    reader: SealedReader

    @property
    def size(self) -> int:
        return self.reader.plain_bytes

    def read_at(self, offset: int, length: int) -> bytes:
        return self.reader.read_at(offset, length)
