"""Reading and writing past the page cache, with buffers that such transfers accept.

A gigabyte through the page cache costs seconds of system time and pushes out everybody else's
pages; footage is written once and read back once. Where a file system refuses direct transfers,
everything here goes on through the cache without a word.
"""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

BLOCK_BYTES: Final = 4096


def aligned_buffer(size: int) -> memoryview:
    """Zeroed, page-aligned memory that stays out of core dumps (I3) and of other processes."""
    memory = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.madvise(mmap.MADV_DONTDUMP)
    return memoryview(memory)


def open_direct(path: Path | str) -> int:
    """Open for reading so that the disk answers, not the page cache; the caller closes it."""
    try:
        return os.open(path, os.O_RDONLY | os.O_DIRECT | os.O_CLOEXEC)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    return fd


def go_direct(fd: int) -> int:
    """Ask for direct transfers on an open file; returns the flags to put back afterwards."""
    flags = fcntl.fcntl(fd, fcntl.F_GETFL)
    with suppress(OSError):
        fcntl.fcntl(fd, fcntl.F_SETFL, flags | os.O_DIRECT)
    return flags


def restore_flags(fd: int, flags: int) -> None:
    """Undo `go_direct`."""
    fcntl.fcntl(fd, fcntl.F_SETFL, flags)


def _leave_direct(fd: int) -> bool:
    """Go back to the page cache; False if the file was there already."""
    flags = fcntl.fcntl(fd, fcntl.F_GETFL)
    if not flags & os.O_DIRECT:
        return False
    fcntl.fcntl(fd, fcntl.F_SETFL, flags & ~os.O_DIRECT)
    return True


def write_at(fd: int, view: memoryview, offset: int) -> None:
    """Write all of `view` or raise OSError.

    Some file systems take the flag and then refuse the transfer, and after a partial write the
    rest is no longer aligned: both answer EINVAL, and both are finished through the page cache.
    """
    done = 0
    while done < len(view):
        try:
            done += os.pwrite(fd, view[done:], offset + done)
        except OSError as error:
            if error.errno != errno.EINVAL or not _leave_direct(fd):
                raise


def read_at(fd: int, room: memoryview, offset: int, wanted: int) -> int:
    """Read at least `wanted` bytes into `room`, fewer only at the end of the file."""
    done = 0
    while done < wanted:
        got = os.preadv(fd, [room[done:]], offset + done)
        done += got
        # Off a block means the end was met; a direct read from here would be refused.
        if got == 0 or got % BLOCK_BYTES:
            break
    return done
