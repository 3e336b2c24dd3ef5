"""The shelf on a local disk. A name appears only when its bytes are whole and durable.

create: open(<name>.part, O_EXCL) · the caller writes and fsyncs · keep: rename · fsync(directory).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hokanko.errors import Missing
from hokanko.formats.direct import open_direct
from hokanko.keyring.disk import make_folder, sync_folder

PART = ".part"


@dataclass(frozen=True, slots=True)
class Handle:
    """An open sealed object: its descriptor and its size in bytes."""

    fd: int
    size: int


class DiskStore:
    """A `Store` in a directory, fanned out over 256 folders by the first letters of the name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str) -> int:
        path = self._path(name + PART)
        make_folder(path.parent)
        path.unlink(missing_ok=True)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def keep(self, name: str) -> None:
        path = self._path(name)
        os.replace(self._path(name + PART), path)  # noqa: PTH105 the fault tests count this call
        sync_folder(path.parent)

    @contextmanager
    def open(self, name: str, *, direct: bool = False) -> Iterator[Handle]:
        path = self._path(name)
        try:
            fd = open_direct(path) if direct else os.open(path, os.O_RDONLY)
        except FileNotFoundError as gone:
            raise Missing(
                f"封印ファイル {name} が棚にありません。",
                f"Sealed file {name} is not on the shelf.",
            ) from gone
        try:
            yield Handle(fd, os.fstat(fd).st_size)
        finally:
            os.close(fd)

    def remove(self, name: str) -> None:
        for path in (self._path(name), self._path(name + PART)):
            with suppress(FileNotFoundError):
                os.unlink(path)  # noqa: PTH108 the fault tests count this call
        if (folder := self._path(name).parent).is_dir():  # also after a crash before this very line
            sync_folder(folder)

    def names(self) -> Iterator[str]:
        if self.folder.exists():
            for path in sorted(self.folder.glob("??/*")):
                yield path.name

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name
