"""Sealing when the disk or the source fails: the error comes out, nothing hangs, memory is flat."""

import errno
import io
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hokanko.errors import Unsound
from hokanko.formats.direct import write_at
from hokanko.formats.sealed import SealedReader, check, open_direct, seal
from tests.formats.sealed_files import AAD, KEY, pattern

MIB = 1 << 20


@pytest.fixture
def file_size_limit() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6 * MIB + 1000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(tmp_path)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a tmpfs of 6 MiB: mounting is not allowed here")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def endless(room: memoryview) -> int:
    return len(room)


def ending_after(size: int) -> Callable[[memoryview], int]:
    return io.BytesIO(pattern(size)).readinto


@pytest.mark.parametrize("read", [endless, ending_after(10), ending_after(2 * MIB)])
def test_a_full_disk_is_reported(read: Callable[[memoryview], int]) -> None:
    fd = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(OSError, match="No space") as failed:
        seal(read, fd, key=KEY, aad=AAD)
    os.close(fd)
    assert failed.value.errno == errno.ENOSPC


@pytest.mark.parametrize("read", [endless, ending_after(7 * MIB)])
def test_a_disk_that_fills_up_is_reported(
    tiny_disk: Path, read: Callable[[memoryview], int]
) -> None:
    with (
        (tiny_disk / "sealed").open("xb", buffering=0) as out,
        pytest.raises(OSError, match="No space") as failed,
    ):
        seal(read, out.fileno(), key=KEY, aad=AAD)
    assert failed.value.errno == errno.ENOSPC


@pytest.mark.usefixtures("file_size_limit")
@pytest.mark.parametrize("read", [endless, ending_after(7 * MIB)])
def test_a_file_size_limit_is_reported(tmp_path: Path, read: Callable[[memoryview], int]) -> None:
    with (
        (tmp_path / "sealed").open("xb", buffering=0) as out,
        pytest.raises(OSError, match="too large") as failed,
    ):
        seal(read, out.fileno(), key=KEY, aad=AAD)
    assert failed.value.errno == errno.EFBIG


@pytest.mark.parametrize("given", [0, 5, 30])
def test_a_source_that_breaks_leaves_nothing_that_opens(tmp_path: Path, given: int) -> None:
    left = given

    def read(room: memoryview) -> int:
        nonlocal left
        if left == 0:
            raise ConnectionResetError("the camera was pulled out")
        left -= 1
        return min(len(room), MIB)

    path = tmp_path / "sealed"
    with path.open("xb", buffering=0) as out, pytest.raises(ConnectionResetError):
        seal(read, out.fileno(), key=KEY, aad=AAD)
    with path.open("rb") as rest, pytest.raises(Unsound):
        SealedReader(rest.fileno(), path.stat().st_size, key=KEY, aad=AAD)


def test_sealing_goes_on_after_a_failure(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            seal(endless, full, key=KEY, aad=AAD)
    os.close(full)
    with (tmp_path / "sealed").open("x+b", buffering=0) as out:
        sealed = seal(ending_after(9 * MIB), out.fileno(), key=KEY, aad=AAD)
        reader = SealedReader(out.fileno(), sealed.sealed_bytes, key=KEY, aad=AAD)
        assert check(reader) == sealed.sha256


def test_a_transfer_refused_as_unaligned_is_finished_through_the_cache(tmp_path: Path) -> None:
    fd = os.open(tmp_path / "sealed", os.O_RDWR | os.O_CREAT | os.O_DIRECT)
    write_at(fd, memoryview(b"no block has this length"), 3)
    assert os.pread(fd, 99, 3) == b"no block has this length"
    os.close(fd)


def test_what_the_page_cache_refuses_too_is_reported(tmp_path: Path) -> None:
    fd = os.open(tmp_path / "sealed", os.O_RDWR | os.O_CREAT)
    with pytest.raises(OSError, match="Invalid argument"):
        write_at(fd, memoryview(b"x"), -1)
    os.close(fd)


def test_a_file_system_without_direct_transfers_is_read_all_the_same() -> None:
    fd = open_direct("/proc/version")
    assert os.read(fd, 5) == b"Linux"
    os.close(fd)


MEASURE = """
import os, sys
from hokanko.formats.sealed import SealedReader, check, seal

def peak_mib():
    status = open("/proc/self/status").read()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024

left = 200
def read(room):
    global left
    left -= 1
    return 1 << 20 if left >= 0 else 0

before = peak_mib()
fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
sealed = seal(lambda room: min(len(room), read(room)), fd, key=bytes(32), aad=b"")
check(SealedReader(fd, sealed.sealed_bytes, key=bytes(32), aad=b""))
print(peak_mib() - before)
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", MEASURE, str(tmp_path / "sealed")]
    grown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert int(grown.stdout) <= 50
