"""The fire drill: try from inside a cell what must not be possible, and tell what went through."""

from __future__ import annotations

import mmap
import os
import socket
from collections.abc import Callable
from typing import Any

import av
import zxingcpp

from hokanko.media.inside.desk import Desk

# loaded as for a real task, since it is their loading that the fence has to allow
LOADED = (av.__name__, zxingcpp.__name__)

_MORE_THAN_ALLOWED = 2 << 30


def drill(_desk: Desk, _params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Head: `open`, the protections disproven; `tried`, each attempt and whether it was stopped."""
    tried = {name: _stopped(attempt) for name, (_, attempt) in _ATTEMPTS.items()}
    holes = {_ATTEMPTS[name][0] for name, stopped in tried.items() if not stopped}
    return {"open": sorted(holes), "tried": tried}, b""


def _stopped(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


# what is tried: (the protection that must stop it, how)
_ATTEMPTS: dict[str, tuple[str, Callable[[], object]]] = {
    "reach the network": ("seccomp", lambda: socket.socket(socket.AF_INET)),
    "reach a neighbour": ("seccomp", lambda: socket.socket(socket.AF_UNIX)),
    "read a file": ("seccomp", lambda: os.open("/proc/self/status", os.O_RDONLY)),
    "write a file": ("seccomp", lambda: os.open("/dev/null", os.O_WRONLY)),
    "make a file": ("seccomp", lambda: os.open("/tmp/hokanko-drill", os.O_RDWR | os.O_CREAT)),  # noqa: S108
    "remove a file": ("seccomp", lambda: os.unlink("/tmp/hokanko-drill")),  # noqa: S108, PTH108
    "start a program": ("seccomp", lambda: os.execv("/bin/true", ["true"])),  # noqa: S606
    "start a process": ("seccomp", _fork),
    "signal another": ("seccomp", lambda: os.kill(1, 0)),
    "take memory": ("rlimits", lambda: mmap.mmap(-1, _MORE_THAN_ALLOWED)),
}
