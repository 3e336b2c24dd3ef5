"""Where footage comes from, as a value: a name for people, a way to read, what is known of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from hokanko.clock import iso
from hokanko.errors import Missing
from hokanko.formats.canon import JSON
from hokanko.formats.names import readable


@dataclass(frozen=True, slots=True)
class Source:
    """One file that arrives. `read` fills a buffer like readinto; 0 means the end."""

    name: str
    read: Callable[[memoryview], int]
    size: int | None = None
    origin: dict[str, JSON] = field(default_factory=dict)


@contextmanager
def from_path(path: Path, *, via: str, **origin: JSON) -> Iterator[Source]:
    """A file on a disk or card. Its time there is kept as what it is: that file system's claim."""
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError as gone:
        raise Missing(
            f"{readable(str(path))} を読めません（{gone.strerror}）。",
            f"{readable(str(path))} cannot be read ({gone.strerror}).",
            mend_ja="ファイルの場所と権限を確かめてください。",
            mend_en="Check where it is and who may read it.",
        ) from gone
    try:
        status = os.fstat(fd)
        told = {
            "via": via,
            "file_time": iso(datetime.fromtimestamp(status.st_mtime, UTC)),
            **origin,
        }
        yield Source(readable(path.name), lambda room: os.readv(fd, [room]), status.st_size, told)
    finally:
        with suppress(OSError):  # a camera's gigabytes are not to push out everybody's pages
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(fd)


def digest_of(source: Source) -> str:
    """The SHA-256 of all that a source gives."""
    digest, room = hashlib.sha256(), memoryview(bytearray(1 << 20))
    while count := source.read(room):
        digest.update(room[:count])
    return digest.hexdigest()
