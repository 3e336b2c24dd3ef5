"""The system calls that a cell may still make once it has loaded its libraries: a short list.

No file can be opened, no socket made, no program or process started, no other process touched:
whatever is not listed fails with EPERM. Linux, seccomp(2) in filter mode; x86_64 and aarch64.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

# name: (x86_64, aarch64); from the kernel's syscall_64.tbl and asm-generic/unistd.h
_ALLOWED = {
    # the socket that is open already, and memory
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "brk": (12, 214),
    # threads of one's own
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "set_tid_address": (218, 96),
    "membarrier": (324, 283),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "gettid": (186, 178),
    "getpid": (39, 172),
    # signals to oneself, time, chance, the end
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
_NETWORK = {  # besides, for a cell that follows cameras: connections out, to the internet family
    "connect": (42, 203),
    "getsockopt": (55, 209),
    "setsockopt": (54, 208),
    "getsockname": (51, 204),
    "getpeername": (52, 205),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "shutdown": (48, 210),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
    "poll": (7, 73),  # aarch64 has ppoll alone
    "ppoll": (271, 73),
}
_SOCKET = (41, 198)
_CLONE = (56, 220)
_CLONE3 = (435, 435)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column, AUDIT_ARCH_…

_STEP_BYTES = 8
_LOAD, _EQUALS, _HAS_BITS, _RETURN = 0x20, 0x15, 0x45, 0x06
_AT_NUMBER, _AT_ARCH, _AT_FIRST_ARGUMENT = 0, 4, 16  # struct seccomp_data, little-endian
_ALLOW, _KILL, _FAIL_WITH = 0x7FFF0000, 0x80000000, 0x00050000
_CLONE_THREAD = 0x00010000
_FAMILIES = (2, 10)  # AF_INET, AF_INET6
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def program(machine: str, *, network: bool = False) -> bytes:
    """The filter for this machine (`platform.machine()`) as BPF; KeyError if it is unknown.

    With `network` connections may be made, and still no file, program or process.
    """
    column, arch = _MACHINES[machine]

    def only_if(number: int, *then: bytes) -> bytes:
        body = b"".join(then)
        return _step(_EQUALS, number, 0, len(body) // _STEP_BYTES) + body

    allow, refuse = _step(_RETURN, _ALLOW), _step(_RETURN, _FAIL_WITH | errno.EPERM)
    # clone3 hides its flags in memory; told that it is missing, the C library uses clone
    absent = _step(_RETURN, _FAIL_WITH | errno.ENOSYS)
    thread = (
        _step(_LOAD, _AT_FIRST_ARGUMENT),
        _step(_HAS_BITS, _CLONE_THREAD, 0, 1),
        allow,
        refuse,
    )
    internet = (
        _step(_LOAD, _AT_FIRST_ARGUMENT),
        *(only_if(family, allow) for family in _FAMILIES),
        refuse,
    )
    allowed = _ALLOWED | (_NETWORK if network else {})
    return b"".join(
        [
            _step(_LOAD, _AT_ARCH),
            _step(_EQUALS, arch, 1, 0),
            _step(_RETURN, _KILL),
            _step(_LOAD, _AT_NUMBER),
            only_if(_CLONE3[column], absent),
            only_if(_CLONE[column], *thread),
            *([only_if(_SOCKET[column], *internet)] if network else []),
            *(only_if(numbers[column], allow) for numbers in allowed.values()),
            refuse,
        ]
    )


def enter(*, network: bool = False) -> bool:
    """Put this process under the filter for good; False where the kernel or machine has none.

    PR_SET_NO_NEW_PRIVS must be set, and no second thread be running.
    """
    machine = platform.machine()
    if machine not in _MACHINES:
        return False
    code = program(machine, network=network)
    whole = _Program(len(code) // _STEP_BYTES, code)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return bool(prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(whole), 0, 0) == 0)


def _step(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)
