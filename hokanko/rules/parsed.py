"""What is read from files once and then kept: by one thread, while the others wait for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import RLock
from typing import ParamSpec, TypeVar

_Asked = ParamSpec("_Asked")
_Read = TypeVar("_Read")


def read_once(most: int) -> Callable[[Callable[_Asked, _Read]], Callable[_Asked, _Read]]:
    """Keep up to `most` answers. `lru_cache` alone lets every thread that comes early read anew,
    and what a rulebook takes while it is parsed is taken once for each of them.
    """

    def kept(read: Callable[_Asked, _Read]) -> Callable[_Asked, _Read]:
        turn, known = RLock(), lru_cache(maxsize=most)(read)

        @wraps(read)
        def ask(*args: _Asked.args, **more: _Asked.kwargs) -> _Read:
            with turn:
                return known(*args, **more)  # type: ignore[arg-type]  # callers give keys

        return ask

    return kept
