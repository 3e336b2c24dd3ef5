"""Putting things into the cabinet and taking them out: the only way to footage at rest."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date

from hokanko import clock
from hokanko.errors import HokankoError, Missing, Unavailable, Unsound
from hokanko.formats.sealed import Sealed, SealedReader, associated_data, check, seal
from hokanko.keyring import keys
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf

ORIGINAL = "original"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Read = Callable[[memoryview], int]


def put(
    read: Read,
    *,
    org: str,
    key_day: date,
    last_day: date | None = None,
    subject: str,
    role: str = ORIGINAL,
    name: str = "",
    parent: str = "",
    operation: str = "",
    size: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> SealedObject:
    """Seal what `read` gives, read it back from the disk, compare, and only then keep it.

    Gives the row, not saved yet: the caller saves it in the transaction that makes the footage.
    `size`, where it is known, is how many bytes will come. Raises Unavailable when the disk is
    full or they would fill it, Unsound when the copy read back differs.
    """
    require_room(size or 0)
    name = name or uuid.uuid4().hex
    keys.keyring().ensure_day(org, key_day)
    key = keys.keyring().file_key(org, key_day, subject)
    aad = associated_data(subject, role)
    try:
        sealed = _write(name, read, key, aad, progress)
        read_back(name, sealed, key, aad)
    except (HokankoError, OSError) as error:
        shelf().remove(name)
        if isinstance(error, OSError) and error.errno in FULL:
            raise full() from error
        raise
    return SealedObject(
        name=name,
        subject=subject,
        org=org,
        role=role,
        key_day=key_day,
        last_day=last_day,
        parent=parent,
        operation=operation,
        made_at=clock.now(),
        **asdict(sealed),
    )


def _write(
    name: str, read: Read, key: bytes, aad: bytes, progress: Callable[[int], None] | None
) -> Sealed:
    fd = shelf().create(name)
    try:
        sealed = seal(read, fd, key=key, aad=aad, progress=progress)
    finally:
        os.close(fd)
    shelf().keep(name)
    return sealed


def read_back(name: str, sealed: Sealed, key: bytes, aad: bytes) -> None:
    """Raises Unsound unless the disk gives back what was sealed (I5)."""
    with shelf().open(name, direct=True) as handle:
        seen = check(SealedReader(handle.fd, handle.size, key=key, aad=aad))
    if seen != sealed.sha256:
        raise Unsound(
            "封印した写しを読み返したところ、元と一致しません。",
            "The sealed copy, read back, differs from what came.",
            mend_ja="元の映像はそのままです。ディスクを点検して、もう一度取り込んでください。",
            mend_en="The source is untouched: check the disk and take it in again.",
        )


@contextmanager
def opened(thing: SealedObject, *, direct: bool = False) -> Iterator[SealedReader]:
    """The plaintext of an object, in memory, by range. Raises Missing once its key is gone.

    With `direct` it is the disk that answers, and no copy of it in memory.
    """
    if clock.today() > (thing.last_day or thing.key_day):  # over, though the sweep has not come yet
        raise Missing("保存期間が満了した映像です。", "Its retention period is over.")
    key = keys.keyring().file_key(thing.org, thing.key_day, thing.subject)
    with shelf().open(thing.name, direct=direct) as handle:
        aad = associated_data(thing.subject, thing.role)
        yield SealedReader(handle.fd, handle.size, key=key, aad=aad)


def original(subject: str) -> SealedObject:
    """The sealed original of a piece of footage."""
    return SealedObject.objects.get(subject=subject, role=ORIGINAL)


def free_bytes() -> int:
    """Free space where the shelf is."""
    folder = keys.home().path
    return shutil.disk_usage(folder if folder.exists() else folder.parent).free


def room_left() -> int:
    """What may still come: free space without what is kept back."""
    return free_bytes() - (int(keys.home().settings.reserve_mib) << 20)


def require_room(coming: int) -> None:
    """Raises Unavailable where so many bytes more would fill the disk."""
    if coming > room_left():
        raise full()


def full() -> Unavailable:
    """The disk is full: what that means, and what to do."""
    return Unavailable(
        "保存場所に空きがないため、取込みを止めました。保存期間中の映像は消していません。",
        "The disk is full: intake has stopped. No unexpired footage was deleted.",
        mend_ja="ディスクを増やしてから、もう一度取り込んでください。カメラの映像はそのままです。",
        mend_en="Add disk space and take it in again; the camera's copy is untouched.",
    )
