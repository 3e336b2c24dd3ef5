"""A child process without files, keys or network, in which hostile footage is looked into.

The caller's own thread serves the child's reads from a `Source`, under a deadline. A child that
crashes, hangs, floods or lies is a normal outcome: `JailBroken`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hokanko.media import fence, wire
from hokanko.media.child import Child, JailBroken, Limits, as_json

__all__ = ["Answer", "JailBroken", "Limits", "Nothing", "Source", "pour", "run", "selftest"]

_HEAD_BYTES = 1 << 20
_AWAITED = {
    wire.READ: wire.RANGE.size,
    wire.SO_FAR: _HEAD_BYTES,
    wire.HEAD: _HEAD_BYTES,
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
class Answer:
    """What a child said. It may be a lie, but it is JSON and within its limits."""

    head: dict[str, Any]
    body: bytes
    jail: tuple[str, ...]


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
    with Child(task, params, limits, size=source.size) as child, child.talk():
        return (yield from _converse(child, source, limits.answer_bytes, told))


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


def _converse(
    child: Child, source: Source, room: int, told: Callable[[dict[str, Any]], None] | None
) -> Generator[bytes, None, Answer]:
    awaited = dict(_AWAITED)
    while True:
        if told is not None:
            awaited[wire.PIECE] = min(room, wire.MOST_AT_ONCE)
        kind, body = child.receive(awaited)
        if kind == wire.READ:
            child.say(wire.DATA, _read(source, body))
        elif kind == wire.PIECE:
            room -= len(body)
            yield body
        elif kind == wire.SO_FAR:
            child.so_far = as_json(body, dict)
            if told is not None:
                told(child.so_far)
        else:
            _, piece = child.receive({wire.BODY: room})
            return Answer(as_json(body, dict), piece, child.jail)


def _read(source: Source, body: bytes) -> bytes:
    """The bytes that a child asks for; it may ask for nonsense."""
    if len(body) != wire.RANGE.size:
        raise wire.Garbled("a range of odd size")
    offset, length = wire.RANGE.unpack(body)
    length = min(length, wire.MOST_AT_ONCE, max(0, source.size - offset))
    return source.read_at(offset, length) if length else b""
