"""A camera shown live: small pictures of it from a cell of its own, kept nowhere.

The address may hold the camera's password; it travels over the socket, never on a command line.
"""

from __future__ import annotations

import json
import signal
import socket
import struct
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from os import killpg
from types import TracebackType
from typing import Any, Final, Self

from hokanko.media import wire
from hokanko.media.jail import JailBroken, Limits, as_json, start
from hokanko.media.line import Line, TooSlow

WIDEST: Final = 960  # pixels of the longer side
_TASK = "hokanko.media.inside.show:show"
_LIMITS = Limits(address_bytes=2 << 30, cpu_s=0, lines_out=2)
_ROOM = {wire.LIVE: 4 << 20, wire.FAILED: 1 << 20}
_WAIT_S = 20.0
UNASKED_S = 30  # for so long a cell waits: whoever was to ask may hang on a line that broke
_JPEG = b"\xff\xd8\xff"


class Gone(Exception):
    """The camera is followed no more; `why` is a code as `live.Ended` has it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Showing:
    """One camera, called by its `rtsp://` address (host as a number), while this is entered."""

    def __init__(
        self, url: str, *, masks: Sequence[Mapping[str, float]] = (), widest: int = WIDEST
    ) -> None:
        """With `masks` (edges in percent) no picture comes without them."""
        self._task = {"url": url, "masks": list(map(dict, masks)), "widest": widest}

    def __enter__(self) -> Self:
        self._ours, theirs = socket.socketpair()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", UNASKED_S, 0))
        with theirs:
            self._child = start(_TASK, theirs.fileno(), _LIMITS)
        self._line = Line(self._ours, time.monotonic() + _WAIT_S)
        try:
            _, ready = wire.receive(self._line.hear, {wire.READY: 1 << 20})
            self.jail = tuple(str(name) for name in as_json(ready, list))
            self._line.say(wire.TASK, json.dumps({"size": 0, "params": self._task}).encode())
        except (EOFError, TooSlow, wire.Garbled) as broken:
            self.__exit__(None, None, None)
            raise JailBroken("jail-broken", type(broken).__name__) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ours.close()
        with self._child as child, suppress(ProcessLookupError):
            killpg(child.pid, signal.SIGKILL)  # it has nothing to tidy up

    @property
    def pid(self) -> int:
        """Of the cell, for whoever measures it."""
        return self._child.pid

    def picture(self, wait_s: float) -> bytes:
        """Its newest picture (JPEG) that was not given before; none if no other came for so long.

        Raises Gone, and JailBroken.
        """
        self._line.deadline = time.monotonic() + wait_s + _WAIT_S
        try:
            self._line.say(wire.ORDER, json.dumps({"wait_s": wait_s}).encode())
            kind, body = wire.receive(self._line.hear, _ROOM)
        except TooSlow:
            raise JailBroken("too-slow", "no answer") from None
        except EOFError:
            raise JailBroken(*self._line.why(self._child)) from None
        except wire.Garbled as garbled:
            raise JailBroken("jail-broken", str(garbled)) from None
        if kind == wire.FAILED:
            self._line.failed(as_json(body, dict))
            raise JailBroken(*self._line.why(self._child))
        try:
            return _parse(body)
        except wire.Garbled as garbled:
            raise JailBroken("jail-broken", str(garbled)) from None


def _parse(body: bytes) -> bytes:
    """A picture, or none. Raises Gone, Garbled."""
    if len(body) < wire.STREAM.size:
        raise wire.Garbled("odd facts")
    _, what = wire.STREAM.unpack_from(body)
    rest = body[wire.STREAM.size :]
    if what == wire.ENDED:
        said: dict[str, Any] = as_json(rest, dict)
        raise Gone(str(said.get("why", ""))[:60])
    if rest and not rest.startswith(_JPEG):
        raise wire.Garbled("odd picture")
    return rest
