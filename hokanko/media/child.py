"""A child process in its cell, from its start to its end, with the socket that it speaks over.

A child that crashes, hangs, floods or lies is a normal outcome: `JailBroken`.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import hokanko
from hokanko.errors import Unavailable
from hokanko.media import wire

# -I keeps the environment and the working directory out of the search path, so that the place
# of this very package is handed over: the same for an installed package and for a checkout.
_BEGIN = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from hokanko.media import cell; cell.main(sys.argv[1:])"
)
_ROOT = str(Path(hokanko.__file__).parents[1])
# The environment may name keys and passphrases: the child gets none of it but these.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
_KEPT = ("LD_LIBRARY_PATH",)
_HEAD_BYTES = 1 << 20
_TOLD_CHARS = 300
_Kind = TypeVar("_Kind", list[Any], dict[str, Any])


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use; `lines_out` connections to cameras, none of them to anything else."""

    address_bytes: int = 1536 << 20
    cpu_s: int = 60
    wall_s: float = 90.0  # from its start, or from the last `renew`
    answer_bytes: int = 32 << 20
    lines_out: int = 0


class JailBroken(Unavailable):
    """映像を調べる子プロセスが、答えを出さずに終わりました。"""

    def __init__(self, code: str, detail: str, so_far: dict[str, Any] | None = None) -> None:
        super().__init__(
            f"映像を調べる処理が終わりませんでした({code}: {detail})。",
            f"The process that looks into the footage did not finish ({code}: {detail}).",
            mend_ja="原本には影響ありません。",
            mend_en="The original is not affected.",
        )
        self.code = code  # "too-slow" or "jail-broken"
        self.detail = detail
        self.so_far = so_far


class Child:
    """One task ("module:function" of a `cell.Task`) under way, while this is entered.

    `jail` names the protections in force. `stop_s` is how long it may take to end by itself;
    `far_end` are options of its end of the socket.
    """

    def __init__(
        self,
        task: str,
        params: Mapping[str, Any],
        limits: Limits,
        *,
        size: int = 0,
        stop_s: float = 0.0,
        far_end: Mapping[int, int | bytes] | None = None,
    ) -> None:
        self._task, self._limits = task, limits
        self._job = {"size": size, "params": dict(params)}
        self._stop_s, self._far_end = stop_s, far_end or {}
        self._failure = ""
        self.jail: tuple[str, ...] = ()
        self.so_far: dict[str, Any] | None = None

    def __enter__(self) -> Self:
        self.renew()
        with ExitStack() as unless_it_begins:
            self._ours, theirs = socket.socketpair()
            unless_it_begins.enter_context(self._ours)
            with theirs:
                for option, value in self._far_end.items():
                    theirs.setsockopt(socket.SOL_SOCKET, option, value)
                self.process = start(self._task, theirs.fileno(), self._limits)
            unless_it_begins.push(self)
            with self.talk():
                _, ready = self.receive({wire.READY: _HEAD_BYTES})
                self.jail = tuple(str(name) for name in as_json(ready, list))
                self.tell(wire.TASK, self._job)
            unless_it_begins.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ours.close()  # a cell ends when nobody listens
        with self.process as process:
            if self._stop_s:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(self._stop_s)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    @property
    def pid(self) -> int:
        """Of the process, for whoever measures it."""
        return self.process.pid

    def renew(self, more_s: float = 0.0) -> None:
        """Another conversation begins: it may last `limits.wall_s`, and `more_s` longer."""
        self._wait_s = self._limits.wall_s + more_s
        self._deadline = time.monotonic() + self._wait_s

    @contextmanager
    def talk(self) -> Iterator[None]:
        """What goes wrong on the line, now or by what was said, is a JailBroken."""
        try:
            yield
        except _TooSlow:
            raise JailBroken("too-slow", f"{self._wait_s:g} s", self.so_far) from None
        except EOFError:
            raise JailBroken(*self._why(), self.so_far) from None
        except wire.Garbled as garbled:
            raise JailBroken("jail-broken", str(garbled), self.so_far) from None

    def waits(self, timeout_s: float) -> bool:
        """Whether something is there to be received before so long."""
        return bool(select.select([self._ours], [], [], timeout_s)[0])

    def receive(self, room: Mapping[bytes, int]) -> tuple[bytes, bytes]:
        """The next frame as (kind, body), of kinds awaited with their largest bodies.

        To be called in a `talk`, as the two below.
        """
        kind, body = wire.receive(self._hear, {**room, wire.FAILED: _HEAD_BYTES})
        if kind == wire.FAILED:
            failure = as_json(body, dict)
            told = f"{failure.get('error', '')} {failure.get('where', '')}"
            self._failure = told[:_TOLD_CHARS]
            raise EOFError
        return kind, body

    def say(self, kind: bytes, body: bytes) -> None:
        """One frame."""
        self._hurry()
        try:
            self._ours.sendall(wire.frame(kind, body))
        except TimeoutError as late:
            raise _TooSlow from late
        except ConnectionError as gone:
            raise EOFError from gone

    def tell(self, kind: bytes, what: Mapping[str, Any]) -> None:
        """One frame of JSON."""
        self.say(kind, json.dumps(what).encode())

    def _hear(self, length: int) -> bytes:
        """1…`length` bytes, none at the end."""
        self._hurry()
        try:
            return self._ours.recv(length)
        except TimeoutError as late:
            raise _TooSlow from late
        except ConnectionError:
            return b""

    def _hurry(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise _TooSlow
        self._ours.settimeout(left)

    def _why(self) -> tuple[str, str]:
        """Code and detail for a child that hung up."""
        if self._failure:
            return "jail-broken", self._failure
        try:
            ended = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "jail-broken", "hung up"
        if ended == -signal.SIGXCPU:
            return "too-slow", "CPU"
        # stderr is closed before the first byte of footage, so that this cannot quote any
        stderr = self.process.stderr
        said = stderr.read(_TOLD_CHARS * 10) if stderr else b""
        words = said.decode("utf-8", "replace").strip()[-_TOLD_CHARS:]
        return "jail-broken", f"exit {ended} {words}".strip()


class _TooSlow(Exception):
    """The deadline has passed. Not a TimeoutError, which a source may raise for its own reasons."""


def start(task: str, line: int, limits: Limits) -> subprocess.Popen[bytes]:
    environment = _ENVIRONMENT | {name: os.environ[name] for name in _KEPT if name in os.environ}
    numbers = (line, limits.address_bytes, limits.cpu_s, limits.lines_out)
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", _BEGIN, _ROOT, *map(str, numbers), task],
        pass_fds=(line,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        env=environment,
        start_new_session=True,
    )


def as_json(body: bytes, kind: type[_Kind]) -> _Kind:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise wire.Garbled("not JSON") from error
    if not isinstance(value, kind):
        raise wire.Garbled("unexpected JSON")
    return value
