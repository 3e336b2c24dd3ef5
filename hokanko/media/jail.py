"""A child process without files, keys or network, in which hostile footage is looked into.

The caller's own thread serves the child's reads from a `Source`, under a deadline. A child that
crashes, hangs, floods or lies is a normal outcome: `JailBroken`.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import hokanko
from hokanko.errors import Unavailable
from hokanko.media import fence, wire
from hokanko.media.line import Line, TooSlow

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
_AWAITED = {
    wire.READ: wire.RANGE.size,
    wire.SO_FAR: _HEAD_BYTES,
    wire.HEAD: _HEAD_BYTES,
    wire.FAILED: _HEAD_BYTES,
}


class Source(Protocol):
    """Footage in the clear, in memory only; bytes are asked for by range."""

    @property
    def size(self) -> int:
        """All of its bytes."""
        ...

    def read_at(self, offset: int, length: int) -> bytes:
        """Exactly these bytes, fewer only at the end. Its own errors reach the jail's caller."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use; `lines_out` connections to cameras, none of them to anything else."""

    address_bytes: int = 1536 << 20
    cpu_s: int = 60
    wall_s: float = 90.0
    answer_bytes: int = 32 << 20
    lines_out: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child said. It may be a lie, but it is JSON and within its limits."""

    head: dict[str, Any]
    body: bytes
    jail: tuple[str, ...]


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


def run(task: str, source: Source, params: Mapping[str, Any], limits: Limits) -> Answer:
    """Do `task` ("module:function" of a `cell.Task`) on `source` in a child of its own.

    Raises JailBroken, or whatever `source.read_at` raises; the child is gone when this returns.
    """
    talk = _talk(task, source, params, limits, None)
    while True:
        try:
            next(talk)
        except StopIteration as done:
            answer: Answer = done.value
            return answer


def pour(
    task: str,
    source: Source,
    params: Mapping[str, Any],
    limits: Limits,
    told: Callable[[dict[str, Any]], None],
) -> Generator[bytes, None, Answer]:
    """The same for a task that hands its bytes out piece by piece, `limits.answer_bytes` in all.

    `told` hears what the child says on its way. Raises as `run`; the child is gone when the
    generator has ended or is closed.
    """
    return _talk(task, source, params, limits, told)


def _talk(
    task: str,
    source: Source,
    params: Mapping[str, Any],
    limits: Limits,
    told: Callable[[dict[str, Any]], None] | None,
) -> Generator[bytes, None, Answer]:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            child = start(task, theirs.fileno(), limits)
        line = Line(ours, time.monotonic() + limits.wall_s)
        with child:
            try:
                return (yield from _converse(line, source, params, limits, told))
            except TooSlow:
                raise JailBroken("too-slow", f"{limits.wall_s:g} s", line.so_far) from None
            except EOFError:
                code, detail = line.why(child)
                raise JailBroken(code, detail, line.so_far) from None
            except wire.Garbled as garbled:
                raise JailBroken("jail-broken", str(garbled), line.so_far) from None
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)


def selftest() -> list[str]:
    """The protections of `fence.ALL` in force on this machine, as far as a try can disprove them.

    Raises JailBroken if not even a harmless task comes to its end.
    """
    answer = run("hokanko.media.inside.drill:drill", Nothing(), {}, Limits(cpu_s=10, wall_s=20.0))
    disproven = answer.head["open"]
    return [name for name in fence.ALL if name in answer.jail and name not in disproven]


class Nothing:
    """A source without a byte."""

    size = 0

    def read_at(self, offset: int, length: int) -> bytes:
        del offset, length
        return b""


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


def _converse(
    line: Line,
    source: Source,
    params: Mapping[str, Any],
    limits: Limits,
    told: Callable[[dict[str, Any]], None] | None,
) -> Generator[bytes, None, Answer]:
    _, ready = wire.receive(line.hear, {wire.READY: _HEAD_BYTES})
    line.jail = tuple(str(name) for name in as_json(ready, list))
    job = {"size": source.size, "params": dict(params)}
    line.say(wire.TASK, json.dumps(job).encode())
    awaited, room = dict(_AWAITED), limits.answer_bytes
    while True:
        if told is not None:
            awaited[wire.PIECE] = min(room, wire.MOST_AT_ONCE)
        kind, body = wire.receive(line.hear, awaited)
        if kind == wire.READ:
            line.say(wire.DATA, _read(source, body))
        elif kind == wire.PIECE:
            room -= len(body)
            yield body
        elif kind == wire.SO_FAR:
            line.so_far = as_json(body, dict)
            if told is not None:
                told(line.so_far)
        elif kind == wire.FAILED:
            line.failed(as_json(body, dict))
            raise EOFError
        else:
            _, piece = wire.receive(line.hear, {wire.BODY: room})
            return Answer(as_json(body, dict), piece, line.jail)


def _read(source: Source, body: bytes) -> bytes:
    """The bytes that a child asks for; it may ask for nonsense."""
    if len(body) != wire.RANGE.size:
        raise wire.Garbled("a range of odd size")
    offset, length = wire.RANGE.unpack(body)
    length = min(length, wire.MOST_AT_ONCE, max(0, source.size - offset))
    return source.read_at(offset, length) if length else b""


_Kind = TypeVar("_Kind", list[Any], dict[str, Any])


def as_json(body: bytes, kind: type[_Kind]) -> _Kind:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise wire.Garbled("not JSON") from error
    if not isinstance(value, kind):
        raise wire.Garbled("unexpected JSON")
    return value
