"""A sealed original that grows while a camera runs; what of it outlives a power cut."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from datetime import date

from hokanko import clock
from hokanko.errors import Missing
from hokanko.formats.boxes import whole_fragments
from hokanko.formats.growing import Growing, survivors
from hokanko.formats.sealed import Sealed, SealedReader, associated_data, check
from hokanko.keyring import keys
from hokanko.vault.cabinet import FULL, ORIGINAL, full, put, read_back, require_room
from hokanko.vault.disk import PART
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf

TAIL, KEPT = "-tail", "-kept"  # beside the name of what grows: its youngest bytes, its rescue


class Reel:
    """The original of one piece in the making. Not for two threads at once."""

    def __init__(self, *, org: str, key_day: date, subject: str, name: str) -> None:
        """Raises Unavailable when the disk is nearly full: intake stops, nothing is deleted."""
        require_room(0)
        self._org, self._key_day, self._subject, self.name = org, key_day, subject, name
        self._key, self._aad = _key(org, key_day, subject), associated_data(subject, ORIGINAL)
        self._fds = [shelf().create(name), shelf().create(name + TAIL)]
        self._growing = Growing(*self._fds, key=self._key, aad=self._aad)

    @property
    def plain_bytes(self) -> int:
        """What was written so far."""
        return self._growing.plain_bytes

    def write(self, some: bytes | memoryview) -> None:
        """Take in bytes; they outlive a power cut after `keep`."""
        self._growing.write(some)

    def keep(self) -> None:
        """Make what was written durable. Raises Unavailable when the disk is nearly full."""
        with _full_disk():
            self._growing.keep()
        require_room(0)  # the reserve is what the end of this piece and the database still need

    def finish(self) -> SealedObject:
        """Close it, read it back, compare. Gives the row, not saved yet, as `cabinet.put`."""
        with _full_disk():
            sealed = self._growing.finish()
        self.close()
        shelf().keep(self.name)
        read_back(self.name, sealed, self._key, self._aad)
        shelf().remove(self.name + TAIL)
        return _row(
            sealed, org=self._org, key_day=self._key_day, subject=self._subject, name=self.name
        )

    def close(self) -> None:
        """Let go of the files; what was kept can be recovered."""
        for fd in self._fds:
            os.close(fd)
        self._fds = []


def recover(*, org: str, key_day: date, subject: str, name: str) -> SealedObject | None:
    """The row of a recording that nobody filed: whole if it was closed, else what it has kept.

    What was not closed is sealed anew, cut at its last whole fragment. None where nothing can be
    shown of it. May be repeated: the old files go only with `forget`. Raises Unsound where it is
    damaged.
    """
    key = _key(org, key_day, subject)
    with suppress(Missing), shelf().open(name, direct=True) as whole:
        reader = SealedReader(whole.fd, whole.size, key=key, aad=associated_data(subject, ORIGINAL))
        sealed = Sealed(check(reader), reader.plain_bytes, whole.size)
        return _row(sealed, org=org, key_day=key_day, subject=subject, name=name)
    with ExitStack() as stack:
        try:
            files = [
                stack.enter_context(shelf().open(one + PART)).fd for one in (name, name + TAIL)
            ]
        except Missing:
            return None
        kept = survivors(*files, key=key, aad=associated_data(subject, ORIGINAL))
        flow = whole_fragments(kept)
        if (first := next(flow, None)) is None:
            return None
        return put(
            _reader(first, flow), org=org, key_day=key_day, subject=subject, name=name + KEPT
        )


def forget(name: str, *, but: str = "") -> None:
    """Clear the shelf of a recording that was recovered, `but` the file that is kept."""
    for one in {name, name + TAIL} - {but}:
        shelf().remove(one)


def _row(sealed: Sealed, *, org: str, key_day: date, subject: str, name: str) -> SealedObject:
    return SealedObject(
        name=name,
        subject=subject,
        org=org,
        role=ORIGINAL,
        key_day=key_day,
        made_at=clock.now(),
        **asdict(sealed),
    )


def _key(org: str, key_day: date, subject: str) -> bytes:
    keys.keyring().ensure_day(org, key_day)
    return keys.keyring().file_key(org, key_day, subject)


def _reader(first: bytes, flow: Iterator[bytes]) -> Callable[[memoryview], int]:
    """Pieces of any size as `put` reads them."""
    held = memoryview(first)

    def read(room: memoryview) -> int:
        nonlocal held
        if not held:
            held = memoryview(next(flow, b""))
        some, held = held[: len(room)], held[len(room) :]
        room[: len(some)] = some
        return len(some)

    return read


@contextmanager
def _full_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise full() from error
        raise
