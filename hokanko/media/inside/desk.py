"""What a task finds in its cell: the footage as a file to read, and a way to speak."""

from __future__ import annotations

import io
import json
import os
from collections import OrderedDict
from typing import Any

from hokanko.media import wire

_LEAST_AHEAD, _MOST_AHEAD = 32 << 10, 512 << 10
_CHUNKS_KEPT = 16


class Desk:
    """The cell's end of the socket. Any failure here ends the cell; the jail expects that."""

    def __init__(self, line: int) -> None:
        self._line = line
        self.size = 0

    def await_task(self) -> dict[str, Any]:
        """The parameters of the task; from now on `size` is the size of the footage in bytes."""
        _, body = wire.receive(self._hear, {wire.TASK: wire.MOST_AT_ONCE})
        job: dict[str, Any] = json.loads(body)
        self.size = job["size"]
        params: dict[str, Any] = job["params"]
        return params

    def await_order(self) -> dict[str, Any] | None:
        """The next order to a cell that follows cameras; None once the line is closed.

        None, too, where none came for as long as the line waits for one.
        """
        try:
            _, body = wire.receive(self._hear, {wire.ORDER: wire.MOST_AT_ONCE})
        except (EOFError, BlockingIOError):
            return None
        order: dict[str, Any] = json.loads(body)
        return order

    def tell_so_far(self, head: dict[str, Any]) -> None:
        """Hand out what is known already, before doing something that may be fatal."""
        self.say(wire.SO_FAR, json.dumps(head).encode())

    def pour(self, piece: bytes) -> None:
        """Hand out some of the answer's bytes before it is complete."""
        for at in range(0, len(piece), wire.MOST_AT_ONCE):
            self.say(wire.PIECE, piece[at : at + wire.MOST_AT_ONCE])

    def fetch(self, offset: int, length: int) -> bytes:
        """A range of the footage, shorter only at its end."""
        length = min(length, wire.MOST_AT_ONCE)
        self.say(wire.READ, wire.RANGE.pack(offset, length))
        return wire.receive(self._hear, {wire.DATA: length})[1]

    def say(self, kind: bytes, *body: bytes | bytearray) -> None:
        """Send one frame; its body may come in parts."""
        rest = memoryview(wire.frame(kind, *body))
        while rest:
            rest = rest[os.write(self._line, rest) :]

    def _hear(self, length: int) -> bytes:
        return os.read(self._line, length)


class RemoteFile(io.RawIOBase):
    """The footage as a seekable file that reads ahead further the longer it is read in order.

    Opening a fragmented MP4 touches every fragment's header: reading far ahead after each
    jump would fetch the whole of it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._at = 0
        self._ahead = _LEAST_AHEAD
        self._next = 0
        self._chunks: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._desk.size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            size = self._desk.size - self._at
        if size <= 0 or self._at >= self._desk.size:
            return b""
        start, chunk = self._chunk()
        piece = chunk[self._at - start : self._at - start + size]
        self._at += len(piece)
        return piece

    def _chunk(self) -> tuple[int, bytes]:
        for start, chunk in self._chunks.items():
            if start <= self._at < start + len(chunk):
                self._chunks.move_to_end(start)
                return start, chunk
        in_order = self._at == self._next
        self._ahead = min(self._ahead * 2, _MOST_AHEAD) if in_order else _LEAST_AHEAD
        start, chunk = self._at, self._desk.fetch(self._at, self._ahead)
        self._next = start + len(chunk)
        self._chunks[start] = chunk
        if len(self._chunks) > _CHUNKS_KEPT:
            self._chunks.popitem(last=False)
        return start, chunk
