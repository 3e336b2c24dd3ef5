"""A sealed file that grows while a camera runs, and what of it survives when the power goes.

What is written is the sealed file of `segments` from the first byte on, so that a recording that
ends in order needs no second copy. A segment can be sealed only once a byte follows it; what is
too young for one is kept in a tail beside the file, sealed under a key of its own (HKDF with the
file's salt), in two slots written in turn: a torn write leaves the one before.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from struct import Struct
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hokanko.errors import Unsound
from hokanko.formats.sealing import Sealed
from hokanko.formats.segments import PRODUCT, SEGMENT_BYTES, TAG_BYTES, Header

_HEAD = Struct(">QII")  # turn, index of the segment that the tail begins, bytes of sealed text
SLOT_BYTES: Final = 2 * SEGMENT_BYTES
_MOST_AT_ONCE = 256  # segments: the kernel takes 1024
TAIL_ROLE: Final = b"\ntail"


class Growing:
    """One file in the making. Not for two threads at once."""

    def __init__(self, fd: int, tail: int, *, key: bytes, aad: bytes) -> None:
        """`fd` and `tail` are empty files, open for writing; the caller closes them."""
        header = Header.fresh()
        self._fd, self._tail = fd, tail
        self._cipher, self._nonce = header.cipher(key, aad), header.nonce
        self._tail_cipher = header.cipher(key, aad + TAIL_ROLE)
        self._digest = hashlib.sha256()
        self._young = bytearray()
        self._index, self._turn = 0, 0
        self._ready = [bytes(header)]  # sealed, and not on the disk yet
        self._unsynced = True
        self._room = PRODUCT.room_bytes - PRODUCT.header_bytes
        self.plain_bytes = self._sealed_bytes = 0

    def write(self, plain: bytes | memoryview) -> None:
        """Take in bytes; they are on the disk after `keep`."""
        self._digest.update(plain)
        self.plain_bytes += len(plain)
        rest = memoryview(plain)
        while len(self._young) + len(rest) > self._room:
            missing = self._room - len(self._young)
            if self._young:
                self._young += rest[:missing]
                self._seal(self._young, last=False)
                self._young.clear()
            else:  # most of what comes: sealed where it lies
                self._seal(rest[:missing], last=False)
            rest = rest[missing:]
        self._young += rest

    def keep(self) -> None:
        """Make all that was written outlive a power cut. Raises OSError: the disk is full, say."""
        if self._ready or self._unsynced:
            self._put()
            os.fdatasync(self._fd)
            self._unsynced = False
        self._turn += 1
        head = _HEAD.pack(self._turn, self._index, len(self._young) + TAG_BYTES)
        sealed = self._tail_cipher.encrypt(_nonce(self._turn), self._young, head)
        done = os.pwritev(self._tail, [head, sealed], self._turn % 2 * SLOT_BYTES)
        if done < len(head) + len(sealed):  # a full disk takes a part, and says nothing
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fdatasync(self._tail)

    def finish(self) -> Sealed:
        """Seal the last segment and make the whole file durable."""
        self._seal(self._young, last=True)
        self._young.clear()
        self._put()
        os.fsync(self._fd)
        return Sealed(self._digest.hexdigest(), self.plain_bytes, self._sealed_bytes)

    def _seal(self, piece: bytearray | memoryview, *, last: bool) -> None:
        self._ready.append(self._cipher.encrypt(self._nonce(self._index, last=last), piece, None))
        self._index += 1
        self._room = PRODUCT.room_bytes

    def _put(self) -> None:
        while self._ready:
            self._unsynced = True
            done = os.writev(self._fd, self._ready[:_MOST_AT_ONCE])
            self._sealed_bytes += done  # what a full disk took is not written again
            while self._ready and done >= len(self._ready[0]):
                done -= len(self._ready.pop(0))
            if done:
                self._ready[0] = self._ready[0][done:]


def survivors(fd: int, tail: int, *, key: bytes, aad: bytes) -> Iterator[bytes]:
    """The plaintext, in order, of a file that nobody finished: all that `keep` promised, or more.

    Both files are open for reading. Nothing comes of a file without a whole header. Raises Unsound
    where a segment before the last is not what was written.
    """
    size = os.fstat(fd).st_size
    if size < PRODUCT.header_bytes:
        return
    header = Header.parse(os.pread(fd, PRODUCT.header_bytes, 0))
    cipher, whole = header.cipher(key, aad), size // SEGMENT_BYTES
    begins, young = _tail(tail, header.cipher(key, aad + TAIL_ROLE))
    for index in range(whole):
        offset = index * SEGMENT_BYTES
        skipped = 0 if index else PRODUCT.header_bytes
        sealed = os.pread(fd, SEGMENT_BYTES - skipped, offset + skipped)
        try:
            yield cipher.decrypt(header.nonce(index, last=False), sealed, None)
        except InvalidTag as torn:
            if index < begins:
                raise Unsound(
                    "録画の途中の部分が壊れています。", "A part of the recording is damaged."
                ) from torn
            whole = index  # written, never promised: the power went in between
            break
    if whole == begins:
        yield young


def _tail(tail: int, cipher: AESGCM) -> tuple[int, bytes]:
    """The younger of the two slots that is whole: where it begins, and its bytes."""
    found = (0, 0, b"")
    for slot in range(2):
        head = os.pread(tail, _HEAD.size, slot * SLOT_BYTES)
        if len(head) < _HEAD.size:
            continue
        turn, begins, length = _HEAD.unpack(head)
        sealed = os.pread(tail, min(length, SLOT_BYTES), slot * SLOT_BYTES + _HEAD.size)
        with suppress(InvalidTag):
            found = max(found, (turn, begins, cipher.decrypt(_nonce(turn), sealed, head)))
    return found[1:]


def _nonce(turn: int) -> bytes:
    return turn.to_bytes(12, "big")
