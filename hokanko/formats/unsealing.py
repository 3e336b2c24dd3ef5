"""Opening sealed files: any range, any number of threads, and only verified bytes come out."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from cryptography.exceptions import InvalidTag

from hokanko.errors import Unsound
from hokanko.formats.direct import BLOCK_BYTES, aligned_buffer, read_at
from hokanko.formats.segments import PRODUCT, TAG_BYTES, Header, Params, plain_size, segment_count

SERVE_BYTES: Final = 256 << 10
CHECK_BYTES: Final = 512 << 10
CHECK_AHEAD: Final = 4  # requests in flight: with one, the disk rests whenever we ask for the next

ReadAt = Callable[[int, int], bytes]


class _Desk(threading.local):
    """Each thread's memory for a few segments: fresh pages would cost more than AES does."""

    def __init__(self) -> None:
        self.sealed = aligned_buffer(SERVE_BYTES)
        self.plain = aligned_buffer(SERVE_BYTES)


_desk = _Desk()


class SealedReader:
    """Random access to the plaintext of one sealed file.

    The source is a file descriptor, which stays the caller's, or a callable `(offset, length) ->
    bytes` that may give less only at the end. Opening verifies the last segment, so a file that
    was cut, extended, exchanged or sealed for another footage or role raises Unsound before its
    first byte is served.
    """

    def __init__(
        self,
        source: int | ReadAt,
        size: int,
        *,
        key: bytes,
        aad: bytes,
        params: Params = PRODUCT,
    ) -> None:
        self._source, self._size, self.params = source, size, params
        self.segments = segment_count(size, params)
        self.plain_bytes = plain_size(size, params)
        head = self._fetch(0, _desk.sealed[:BLOCK_BYTES], params.header_bytes)
        self._header = Header.parse(bytes(head), params)
        self._decrypt_into = self._header.cipher(key, aad, params).decrypt_into
        self.segment(self.segments - 1)

    def read_at(self, offset: int, length: int) -> bytes:
        """Plaintext from `offset`, shorter only at the end."""
        return b"".join(self.pieces(offset, offset + length))

    def pieces(self, start: int, stop: int) -> Iterator[bytes]:
        """Plaintext from `start` up to `stop` or the end, in pieces of at most 256 KiB."""
        if start < 0:
            raise ValueError("there is no plaintext before the beginning")
        stop = min(stop, self.plain_bytes)
        group = SERVE_BYTES // self.params.segment_bytes
        at = start
        while at < stop:
            first = self.segment_of(at)
            end = min(first + group, self.segment_of(stop - 1) + 1)
            # Asked for anew each time: a generator may be resumed by another thread.
            plain = _desk.plain
            size = self.decrypt(first, end, self.load(first, end, _desk.sealed), plain)
            base = self._start_of(first)
            piece = bytes(plain[at - base : min(size, stop - base)])
            at += len(piece)
            yield piece

    def segment(self, index: int) -> tuple[int, bytes]:
        """Where a segment stands in the plaintext, and its content."""
        sealed = self.load(index, index + 1, _desk.sealed)
        plain = _desk.plain
        return self._start_of(index), bytes(plain[: self.decrypt(index, index + 1, sealed, plain)])

    def segment_of(self, offset: int) -> int:
        """The segment that holds this byte of the plaintext."""
        return (offset + self.params.header_bytes) // self.params.room_bytes

    def _start_of(self, index: int) -> int:
        return max(0, index * self.params.room_bytes - self.params.header_bytes)

    def load(self, first: int, end: int, room: memoryview) -> memoryview:
        """The sealed bytes of segments [first, end), in the page-aligned `room` or elsewhere."""
        start = first * self.params.segment_bytes
        room = room[: (end - first) * self.params.segment_bytes]
        return self._fetch(start, room, min(len(room), self._size - start))

    def _fetch(self, offset: int, room: memoryview, wanted: int) -> memoryview:
        """`wanted` bytes from `offset`; direct reads must ask for whole blocks, so for the room."""
        if isinstance(self._source, int):
            got, found = read_at(self._source, room, offset, wanted), room
        else:
            found = memoryview(self._source(offset, wanted))
            got = len(found)
        if got < wanted:
            raise Unsound(
                f"封印ファイルが途中で切れています（{offset + got}バイト目）。",
                f"The sealed file ends at byte {offset + got}, earlier than its size says.",
            )
        return found[:wanted]

    def decrypt(self, first: int, end: int, sealed: memoryview, plain: memoryview) -> int:
        """Verify and decrypt what `load` gave, into `plain`; returns how many bytes that is."""
        at = self.params.header_bytes if first == 0 else 0
        size = 0
        for index in range(first, end):
            sealed_end = min((index - first + 1) * self.params.segment_bytes, len(sealed))
            plain_end = size + sealed_end - at - TAG_BYTES
            nonce = self._header.nonce(index, last=index == self.segments - 1)
            try:
                self._decrypt_into(nonce, sealed[at:sealed_end], None, plain[size:plain_end])
            except InvalidTag:
                plain[size:plain_end] = bytes(plain_end - size)
                raise Unsound(
                    f"封印が破れています（区画 {index}）。改変・破損か、鍵・対象の取り違えです。",
                    f"Segment {index} does not verify: altered, damaged, or the wrong key or file.",
                ) from None
            at, size = sealed_end, plain_end
        return size


def check(reader: SealedReader) -> str:
    """Read everything back, verify each segment, and give the SHA-256 (hex) of the plaintext.

    Opened with `open_direct`, it is the disk that answers. The next pieces are on their way while
    this one is decrypted and hashed. Raises Unsound, or OSError when the disk cannot read.
    """
    group = CHECK_BYTES // reader.params.segment_bytes
    starts = range(0, reader.segments, group)
    spans = [(first, min(first + group, reader.segments)) for first in starts]
    rooms = [aligned_buffer(CHECK_BYTES) for _ in range(CHECK_AHEAD + 1)]
    plain = aligned_buffer(CHECK_BYTES)
    digest = hashlib.sha256()
    with ThreadPoolExecutor(CHECK_AHEAD, "seal-check") as ahead:
        first_turns = zip(spans[:CHECK_AHEAD], rooms, strict=False)
        coming = deque(ahead.submit(reader.load, *span, room) for span, room in first_turns)
        for turn, span in enumerate(spans, start=CHECK_AHEAD):
            sealed = coming.popleft().result()
            if turn < len(spans):
                room = rooms[turn % len(rooms)]
                coming.append(ahead.submit(reader.load, *spans[turn], room))
            digest.update(plain[: reader.decrypt(*span, sealed, plain)])
    return digest.hexdigest()
