"""The jail's end of the socket to one child, with the deadline of the whole conversation."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import Any

from hokanko.media import wire

_TOLD_CHARS = 300


class TooSlow(Exception):
    """The deadline has passed. Not a TimeoutError, which a source may raise for its own reasons."""


@dataclass(slots=True)
class Line:
    """What was said so far, and a way to hear and say more before `deadline` (monotonic)."""

    socket: socket.socket
    deadline: float
    jail: tuple[str, ...] = ()
    so_far: dict[str, Any] | None = None
    failure: str = ""

    def hear(self, length: int) -> bytes:
        """1…`length` bytes, none at the end. Raises TooSlow."""
        self._hurry()
        try:
            return self.socket.recv(length)
        except TimeoutError as late:
            raise TooSlow from late
        except ConnectionError:
            return b""

    def say(self, kind: bytes, body: bytes) -> None:
        """One frame. Raises TooSlow, or EOFError when nobody listens any more."""
        self._hurry()
        try:
            self.socket.sendall(wire.frame(kind, body))
        except TimeoutError as late:
            raise TooSlow from late
        except ConnectionError as gone:
            raise EOFError from gone

    def failed(self, failure: dict[str, Any]) -> None:
        """Keep what the child says of its own failure."""
        self.failure = f"{failure.get('error', '')} {failure.get('where', '')}"[:_TOLD_CHARS]

    def why(self, child: subprocess.Popen[bytes]) -> tuple[str, str]:
        """Code and detail for a child that hung up."""
        if self.failure:
            return "jail-broken", self.failure
        try:
            ended = child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "jail-broken", "hung up"
        if ended == -signal.SIGXCPU:
            return "too-slow", "CPU"
        # stderr is closed before the first byte of footage, so that this cannot quote any
        said = child.stderr.read(_TOLD_CHARS * 10) if child.stderr else b""
        words = said.decode("utf-8", "replace").strip()[-_TOLD_CHARS:]
        return "jail-broken", f"exit {ended} {words}".strip()

    def _hurry(self) -> None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TooSlow
        self.socket.settimeout(left)
