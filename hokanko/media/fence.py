"""What is taken away from a cell before it sees a byte of footage."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

from hokanko.media import seccomp

ALL = ("rlimits", "no-new-privs", "netns", "unprivileged", "seccomp")

_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_NET = 0x00020000, 0x08000000, 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_OPEN_FILES = 32
_NOBODY = 65534
_IS_ROOT = os.geteuid() == 0  # asked now: inside a user namespace of its own it looks otherwise


def before_loading(address_bytes: int, cpu_s: int, lines_out: int = 0) -> list[str]:
    """Limits and namespaces; libraries can still be loaded. Returns what is in force.

    `lines_out` is how many connections to cameras the cell may hold; with none it leaves the
    network. 0 of `cpu_s` is no limit, for a cell that follows cameras for months.
    """
    files = _OPEN_FILES + lines_out
    for what, soft, hard in (
        (resource.RLIMIT_AS, address_bytes, address_bytes),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, files, files),
    ):
        resource.setrlimit(what, (soft, hard))
    if cpu_s:  # SIGXCPU first, so that the cause can be told
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    in_force = ["rlimits"]
    if _prctl(_PR_SET_NO_NEW_PRIVS, 1):
        in_force.append("no-new-privs")
    if not lines_out and _leave_network():
        in_force.append("netns")
    return in_force


def after_loading(lines_out: int = 0) -> list[str]:
    """Identity, error output and system calls; from here on no file can be opened."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)  # whatever a library may say of the footage is heard by nobody
    os.close(nowhere)
    unprivileged = not _IS_ROOT or _become_nobody()
    in_force = ["unprivileged"] if unprivileged else []
    # both are undone by a change of identity, so they come after it
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if seccomp.enter(network=lines_out > 0):
        in_force.append("seccomp")
    return in_force


def _leave_network() -> bool:
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    apart = _NEW_NET | _NEW_IPC | _NEW_MOUNTS
    return any(unshare(flags) == 0 for flags in (apart, apart | _NEW_USER))


def _become_nobody() -> bool:
    """Give up being root; some containers' root may not, and inside a namespace nobody is."""
    line = next(text for text in _own_status() if text.startswith("CapEff:"))
    setgid_and_setuid = 1 << 6 | 1 << 7
    if os.geteuid() != 0 or int(line.split()[1], 16) & setgid_and_setuid != setgid_and_setuid:
        return False
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    return True


def _own_status() -> list[str]:
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123
        return status.read().splitlines()


def _prctl(option: int, value: int) -> bool:
    return bool(ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0)
