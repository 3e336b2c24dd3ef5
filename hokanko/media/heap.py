"""Memory that was freed and that the C library keeps for later, given back to the machine."""

from __future__ import annotations

import ctypes
import time
from threading import Lock
from typing import Final

EVERY_S: Final = 20.0  # looking through the heap holds up every thread for milliseconds

_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's alone
_turn = Lock()
_given_at = float("-inf")


def give_back() -> None:
    """Now, unless it was done a moment ago.

    Packets and muxers of many threads leave holes in one heap: what is in use stays the same for
    days while the heap grows with every connection that begins anew.
    """
    global _given_at
    if _trim is None or not _turn.acquire(blocking=False):
        return
    try:
        if time.monotonic() - _given_at >= EVERY_S:
            _trim(0)
            _given_at = time.monotonic()
    finally:
        _turn.release()
