"""What a bay of the charger can be asked: whose camera is in it, is it locked, which clips it has.

Two kinds of storage are known: a plain card (here), and one that only opens by the camera's
password (`container`). A dock agent for another camera needs these answers and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote_to_bytes

from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.formats.names import readable
from hokanko.intake.facts import DOCK
from hokanko.intake.sources import Source, from_path

CLIPS = {".mp4", ".mov", ".mkv", ".avi", ".ts", ".mts", ".m2ts", ".h264", ".h265", ".3gp"}
COMPANIONS = {".thm", ".lrv", ".lrf", ".srt", ".xml"}  # pictures and notes a camera lays beside
LITTER = {"system volume information", "$recycle.bin", "lost.dir"}
NAME_PLATE = "SERIAL"
INSIDE = "#"  # a container's path, then where in it: a quoted name has none of its own


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording in a camera. `mark` is its name as any database can hold it."""

    name: str
    mark: str
    size: int


@dataclass(frozen=True, slots=True)
class Load:
    """What leaves a camera at once, and only when all of it is safe: a file, or a container."""

    path: Path
    clips: tuple[Clip, ...]


class Bay(Protocol):
    """One bay. Any answer may raise OSError: a camera can be pulled out at any moment."""

    path: Path

    def camera(self) -> str:
        """The number or serial of the camera in it."""

    def is_locked(self) -> bool:
        """Whether nothing that is in the camera can be read without its password."""

    def loads(self) -> list[Load]:
        """What the camera has to give, in order."""

    def opened(self, clip: Clip, **origin: JSON) -> AbstractContextManager[Source]:
        """A clip to be read once. Raises Conflict for one that cannot be read as it is now."""

    def unlink(self, load: Load) -> None:
        """Take it off the camera. Only the verb `intake.release` may ask for it (I5)."""


class Card:
    """A card as mass storage: DCIM folders and whatever else its camera lays out."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def camera(self) -> str:
        return camera_in(self.path)

    def is_locked(self) -> bool:
        return not files(self.path, CLIPS)

    def loads(self) -> list[Load]:
        return [Load(path, (self._clip(path),)) for path in files(self.path, CLIPS)]

    @contextmanager
    def opened(self, clip: Clip, **origin: JSON) -> Iterator[Source]:
        path = self.path / unmark(clip.mark)
        before = path.stat()
        with from_path(path, via=DOCK, **origin) as source:

            def read(room: memoryview) -> int:
                count = source.read(room)
                if not count and _shape(path.stat()) != _shape(before):
                    raise _growing(clip.name)
                return count

            yield Source(source.name, read, source.size, source.origin)

    def unlink(self, load: Load) -> None:
        load.path.unlink()
        for beside in load.path.parent.glob(f"{load.path.stem}.*"):
            if beside.suffix.lower() in COMPANIONS:
                beside.unlink()

    def _clip(self, path: Path) -> Clip:
        inside = path.relative_to(self.path)
        return Clip(readable(str(inside)), mark(inside), path.stat().st_size)


def occupied(bays: Path) -> list[Path]:
    """The bays there are, in order."""
    return sorted(path for path in bays.iterdir() if path.is_dir())


def camera_in(bay: Path) -> str:
    """What the bay's name plate says; without one, the bay is named after its camera."""
    plate = bay / NAME_PLATE
    return plate.read_text().strip() if plate.exists() else bay.name


def files(bay: Path, suffixes: set[str]) -> list[Path]:
    """The bay's files of these kinds. Hidden ones and a computer's own litter are none."""
    return sorted(
        path
        for path in bay.rglob("*")
        if path.suffix.lower() in suffixes
        and not any(_is_litter(part) for part in path.relative_to(bay).parts)
        and path.is_file()
    )


def mark(inside: Path) -> str:
    """A name that any database can hold: cameras are not bound to UTF-8."""
    return quote(os.fsencode(inside))


def unmark(marked: str) -> str:
    """The path within the bay of what a mark stands for: for a member, its container's."""
    return os.fsdecode(unquote_to_bytes(marked.partition(INSIDE)[0]))


def _is_litter(part: str) -> bool:
    return part.startswith(".") or part.casefold() in LITTER


def _shape(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _growing(name: str) -> Conflict:
    return Conflict(
        f"{name} は、まだ書き込まれています。",
        f"{name} is still being written.",
        mend_ja="カメラの録画が止まっているか確かめてください。止まれば、次の回に取り込みます。",
        mend_en="See that the camera has stopped recording; then the next round takes it in.",
    )
