"""Camera storage that opens only by a password: WinZip-AES containers (AE-1 and AE-2).

Clips are deciphered member by member, straight into the sealed copy: their plaintext never comes
to rest. A container leaves the camera whole, once every clip in it is safe. To write it anew
without one clip would copy all the others each time, on a card that may lose power meanwhile.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pyzipper

from hokanko import clock
from hokanko.dock.bays import COMPANIONS, INSIDE, Card, Clip, Load, files, mark, unmark
from hokanko.errors import Conflict, Unsound
from hokanko.formats.canon import JSON
from hokanko.formats.names import readable
from hokanko.intake.facts import DOCK
from hokanko.intake.sources import Source

CONTAINERS = {".zip"}
NOTES = COMPANIONS | {".idx", ".ini", ".log", ".txt"}  # all else is taken in before it may go
UNREADABLE = (pyzipper.BadZipFile, zlib.error, EOFError, NotImplementedError)
Password = Callable[[], bytes | None]


class LockedCard(Card):
    """A card whose clips lie in containers; `password` is asked for when one is opened."""

    def __init__(self, path: Path, password: Password) -> None:
        super().__init__(path)
        self.password = password

    def is_locked(self) -> bool:
        return super().is_locked() and all(_is_sealed(m) for m in self._members())

    def loads(self) -> list[Load]:
        """What lies open beside the containers counts too: it is footage all the same."""
        return super().loads() + [self._load(path) for path in files(self.path, CONTAINERS)]

    @contextmanager
    def opened(self, clip: Clip, **origin: JSON) -> Iterator[Source]:
        """As of any card; a member's time is as its camera wrote it, without a zone: Tokyo's."""
        if INSIDE not in clip.mark:
            with super().opened(clip, **origin) as source:
                yield source
            return
        container, place = self.path / unmark(clip.mark), clip.mark.partition(INSIDE)[2]
        with _unlocking(clip.name), pyzipper.AESZipFile(container) as whole:
            member = next(m for m in _clips(whole) if str(m.header_offset) == place)
            told: dict[str, JSON] = {"via": DOCK, "locked": True}
            told["file_time"] = clock.iso(_written(member, container))
            with whole.open(member, pwd=self.password()) as content:

                def read(room: memoryview) -> int:
                    with _unlocking(clip.name):
                        return int(content.readinto(room))

                yield Source(_last(member), read, member.file_size, told | origin)

    def _load(self, path: Path) -> Load:
        inside = path.relative_to(self.path)
        with _unlocking(str(inside)), pyzipper.AESZipFile(path) as whole:
            return Load(
                path,
                tuple(
                    Clip(
                        readable(f"{inside}/{member.filename}"),
                        f"{mark(inside)}{INSIDE}{member.header_offset}",
                        member.file_size,
                    )
                    for member in _clips(whole)
                ),
            )

    def _members(self) -> Iterator[Any]:
        for path in files(self.path, CONTAINERS):
            with _unlocking(path.name), pyzipper.AESZipFile(path) as whole:
                yield from (member for member in whole.infolist() if not member.is_dir())


def bay_at(path: Path, password: Password) -> Card:
    """The bay of that directory, by what lies in it now."""
    return LockedCard(path, password) if files(path, CONTAINERS) else Card(path)


def _clips(whole: Any) -> list[Any]:
    held = [member for member in whole.infolist() if not member.is_dir()]
    return sorted(
        (m for m in held if PurePosixPath(m.filename).suffix.lower() not in NOTES),
        key=lambda member: (str(member.filename), member.header_offset),
    )


def _is_sealed(member: Any) -> bool:
    """By AES: the older cipher of this format is read by anybody within hours."""
    return member.wz_aes_version is not None


def _written(member: Any, container: Path) -> datetime:
    """When its camera says that it wrote a member; for a day that cannot be, the container's."""
    try:
        year, month, day, hour, minute, second = member.date_time
        return datetime(year, month, day, hour, minute, second, tzinfo=clock.TOKYO)
    except ValueError:
        return datetime.fromtimestamp(container.stat().st_mtime, UTC)


def _last(member: Any) -> str:
    return readable(PurePosixPath(member.filename).name)


@contextmanager
def _unlocking(name: str) -> Iterator[None]:
    """Says what a container's refusal means; the password itself is never told."""
    try:
        yield
    except UNREADABLE as bad:
        raise Unsound(
            f"{readable(name)} は壊れているか、途中で切れています。",
            f"{readable(name)} is damaged or cut short.",
            mend_ja="カメラの映像はそのままです。差し直しても同じなら、機器の障害として届け出てください。",
            mend_en="The camera still has it: put it in again, and report a fault if it stays so.",
        ) from bad
    except RuntimeError as closed:  # what pyzipper says of a missing or wrong password
        raise Conflict(
            f"{readable(name)} は、登録したパスワードで開きません。",
            f"{readable(name)} does not open by the password on record.",
            mend_ja="カメラのパスワードを登録し直してください。カメラの映像はそのままです。",
            mend_en="Enter the camera's password anew. The camera still has everything.",
        ) from closed
