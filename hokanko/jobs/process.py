"""Which process does a piece of work, told so that its death can be noticed later."""

from __future__ import annotations

import os
import socket
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")


def me() -> str:
    """This process: "pid:start:boot:host". A number that was given out again tells a new start."""
    return _mark(os.getpid())


def is_dead(mark: str) -> bool | None:
    """Whether that process has ended; None when it ran on another machine, where nobody can see."""
    pid, _, rest = mark.partition(":")
    if not mark.endswith(f":{socket.gethostname()}"):
        return None
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return _mark(int(pid)) != f"{pid}:{rest}"


def _mark(pid: int) -> str:
    return f"{pid}:{_started(pid)}:{_boot()}:{socket.gethostname()}"[:80]


def _started(pid: int) -> str:
    """Clock ticks from boot to the start of the process: field 22 of proc(5) stat."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def _boot() -> str:
    try:
        return BOOT.read_text()[:8]
    except OSError:
        return ""
