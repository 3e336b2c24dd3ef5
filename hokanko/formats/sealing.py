"""Sealing: one pass that reads, hashes, encrypts and writes, with the plaintext only in memory.

Reading, SHA-256 and AES-GCM happen on the same mebibyte while it is in the processor's cache; a
writer thread keeps the disk busy meanwhile. Memory is fixed: one buffer of plaintext and six of
ciphertext for each file being sealed, lent from a small store because fresh pages are dear.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Final, Self

from hokanko.formats.direct import (
    BLOCK_BYTES,
    aligned_buffer,
    go_direct,
    restore_flags,
    write_at,
)
from hokanko.formats.segments import PRODUCT, TAG_BYTES, Header, Params

GROUP_BYTES: Final = 1 << 20
WRITE_BYTES: Final = 2 << 20
WRITE_BUFFERS: Final = 6
ALLOCATE_BYTES: Final = 64 << 20
SPARE_DESKS: Final = 2

ReadInto = Callable[[memoryview], int]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: the hash of the plaintext (hex) and both sizes in bytes."""

    sha256: str
    plain_bytes: int
    sealed_bytes: int


def seal(
    read: ReadInto,
    fd: int,
    *,
    key: bytes,
    aad: bytes,
    progress: Callable[[int], None] | None = None,
) -> Sealed:
    """Seal everything `read` gives into the empty file `fd`; durable when this returns.

    `read` fills the start of the memory it is given, like `readinto`, and returns how many bytes
    it wrote; 0 is the end. `progress` hears the plaintext bytes sealed so far. OSError (a full
    disk, say) and whatever `read` raises come through, leaving a file that no reader accepts;
    the caller removes it, closes `fd`, and syncs the directory.
    """
    return seal_with(Header.fresh(), read, fd, key=key, aad=aad, progress=progress)


def seal_with(
    header: Header,
    read: ReadInto,
    fd: int,
    *,
    key: bytes,
    aad: bytes,
    params: Params = PRODUCT,
    progress: Callable[[int], None] | None = None,
) -> Sealed:
    """`seal` with a given header, for vectors; a header must never serve twice under one key."""
    encrypt = _Encryptor(header, key, aad, params)
    digest = hashlib.sha256()
    with _desk() as desk, _Writer(fd, desk.sinks) as writer:
        sink, filled = writer.take(), params.header_bytes
        sink[:filled] = bytes(header)
        for plain, last in _groups(read, desk.source, params):
            if filled == WRITE_BYTES:
                writer.put(sink)
                sink, filled = writer.take(), 0
            digest.update(plain)
            filled = encrypt(plain, sink, filled, last=last)
            if progress:
                progress(encrypt.plain_bytes)
        sealed_bytes = writer.finish(sink, filled)
    return Sealed(digest.hexdigest(), encrypt.plain_bytes, sealed_bytes)


def _groups(
    read: ReadInto, source: memoryview, params: Params
) -> Iterator[tuple[memoryview, bool]]:
    """Plaintext by the mebibyte of ciphertext, and whether it is the last.

    The length is not known beforehand, and the last segment must say that it is: so one byte
    more than a group is read, and kept for the next.
    """
    full = GROUP_BYTES // params.segment_bytes * params.room_bytes
    want, held = full - params.header_bytes, 0
    while True:
        while held <= want and (got := read(source[held : want + 1])):
            held += got
        last = held <= want
        yield source[: min(held, want)], last
        if last:
            return
        source[0] = source[want]
        want, held = full, 1


class _Encryptor:
    """The running segment number of one file, and its cipher."""

    def __init__(self, header: Header, key: bytes, aad: bytes, params: Params) -> None:
        self._nonce = header.nonce
        self._encrypt_into = header.cipher(key, aad, params).encrypt_into
        self._room, self._first_room = params.room_bytes, params.room_bytes - params.header_bytes
        self._index = 0
        self.plain_bytes = 0

    def __call__(self, plain: memoryview, sink: memoryview, filled: int, *, last: bool) -> int:
        """Encrypt a group behind the `filled` bytes of `sink`; returns how many there are then."""
        start, end = 0, len(plain)
        while start < end or self._index == 0:
            piece = plain[start : start + (self._room if self._index else self._first_room)]
            start += len(piece)
            sealed_end = filled + len(piece) + TAG_BYTES
            nonce = self._nonce(self._index, last=last and start == end)
            self._encrypt_into(nonce, piece, None, sink[filled:sealed_end])
            filled = sealed_end
            self._index += 1
        self.plain_bytes += end
        return filled


class _Writer:
    """Writes full buffers in a thread of its own, in order; its errors come out at the caller."""

    def __init__(self, fd: int, sinks: list[memoryview]) -> None:
        self._fd, self._offset, self._allocated = fd, 0, 0
        self._free: SimpleQueue[memoryview] = SimpleQueue()
        for sink in sinks:
            self._free.put(sink)
        self._full: SimpleQueue[memoryview | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._error: OSError | None = None

    def __enter__(self) -> Self:
        self._flags = go_direct(self._fd)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._join()
        restore_flags(self._fd, self._flags)

    def take(self) -> memoryview:
        """A buffer to fill; waits while all are on their way to the disk."""
        sink = self._free.get()
        if self._error:
            raise self._error
        return sink

    def put(self, sink: memoryview) -> None:
        """Hand over a full buffer. A file of one buffer never comes here and starts no thread."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="seal-writer", daemon=True)
            self._thread.start()
        self._full.put(sink)

    def finish(self, sink: memoryview, filled: int) -> int:
        """Write the last buffer, cut the file to its true size, sync it; returns that size."""
        self._join()
        if self._error:
            raise self._error
        size = self._offset + filled
        write_at(self._fd, sink[: -(-filled // BLOCK_BYTES) * BLOCK_BYTES], self._offset)
        os.ftruncate(self._fd, size)
        os.fsync(self._fd)
        return size

    def _join(self) -> None:
        if self._thread:
            self._full.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (sink := self._full.get()) is not None:
            if self._error is None:
                try:
                    self._write(sink)
                except OSError as error:
                    self._error = error
            self._free.put(sink)

    def _write(self, sink: memoryview) -> None:
        if self._offset == self._allocated:
            # Advice only: what matters is whether the write itself succeeds.
            with suppress(OSError):
                os.posix_fallocate(self._fd, self._allocated, ALLOCATE_BYTES)
            self._allocated += ALLOCATE_BYTES
        write_at(self._fd, sink, self._offset)
        self._offset += len(sink)


class _Desk:
    """The memory that sealing one file takes: 13 MiB."""

    def __init__(self) -> None:
        self.source = aligned_buffer(GROUP_BYTES)
        self.sinks = [aligned_buffer(WRITE_BYTES) for _ in range(WRITE_BUFFERS)]


_spare_desks: SimpleQueue[_Desk] = SimpleQueue()


@contextmanager
def _desk() -> Iterator[_Desk]:
    """A desk to work at; a few stay laid out, as setting one up costs more than a short file."""
    try:
        desk = _spare_desks.get_nowait()
    except Empty:
        desk = _Desk()
    try:
        yield desk
    finally:
        if _spare_desks.qsize() < SPARE_DESKS:
            _spare_desks.put(desk)
