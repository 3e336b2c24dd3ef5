"""One reading: while a page is drawn or a verb acts, what each question stands on is read once.

Both ask the rulebook again and again who may do what; the edition in force is the same each time.
A verb begins with nothing and leaves nothing, so that nothing is decided by what stood before it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept_while_reading", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Within this block `once` looks up once; what changes what is kept must `forget` it."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: Hashable, look_up: Callable[[], T]) -> T:
    """What `look_up` gives, from memory within one reading; `key` must say all it depends on."""
    kept = _kept.get()
    if kept is None:
        return look_up()
    if key not in kept:
        kept[key] = look_up()
    found: T = kept[key]
    return found


def forget() -> None:
    """Keep nothing of what was read so far: something is about to change, or has."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()
