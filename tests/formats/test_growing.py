"""A sealed file that grows: the same format at the end, and nothing promised is lost before it."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hokanko.errors import Unsound
from hokanko.formats.growing import SLOT_BYTES, Growing, survivors
from hokanko.formats.sealed import SealedReader, associated_data, check
from hokanko.formats.segments import PRODUCT, SEGMENT_BYTES

KEY, AAD = bytes(range(32)), associated_data("f", "original")
FIRST = PRODUCT.room_bytes - PRODUCT.header_bytes


@pytest.fixture
def files(tmp_path: Path) -> Iterator[tuple[int, int]]:
    made = [os.open(tmp_path / name, os.O_RDWR | os.O_CREAT) for name in ("part", "tail")]
    yield made[0], made[1]
    for fd in made:
        os.close(fd)


def left(fd: int, tail: int) -> bytes:
    return b"".join(survivors(fd, tail, key=KEY, aad=AAD))


def bytes_of(length: int) -> bytes:
    return bytes(i * 7 % 251 for i in range(length))


@pytest.mark.parametrize(
    "length", [0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + PRODUCT.room_bytes, 300_000]
)
@pytest.mark.parametrize("pieces", [1, 5])
def test_a_finished_file_is_an_ordinary_sealed_file(
    files: tuple[int, int], length: int, pieces: int
) -> None:
    plain, growing = bytes_of(length), Growing(*files, key=KEY, aad=AAD)
    for at in range(0, length, step := max(1, -(-length // pieces))):
        growing.write(plain[at : at + step])
        growing.keep()
    sealed = growing.finish()
    assert sealed.sha256 == hashlib.sha256(plain).hexdigest()
    assert (sealed.plain_bytes, sealed.sealed_bytes) == (length, os.fstat(files[0]).st_size)
    reader = SealedReader(files[0], sealed.sealed_bytes, key=KEY, aad=AAD)
    assert reader.read_at(0, length) == plain
    assert check(reader) == sealed.sha256


@pytest.mark.parametrize("length", [1, FIRST, FIRST + 1, 3 * SEGMENT_BYTES])
def test_what_was_kept_survives_without_an_end(files: tuple[int, int], length: int) -> None:
    plain, growing = bytes_of(length), Growing(*files, key=KEY, aad=AAD)
    growing.write(plain[: length // 2])
    growing.keep()
    growing.write(plain[length // 2 :])
    growing.keep()
    growing.write(b"never kept")
    assert left(*files) == plain


def test_a_torn_tail_leaves_the_one_before(files: tuple[int, int]) -> None:
    growing = Growing(*files, key=KEY, aad=AAD)
    growing.write(b"one")
    growing.keep()
    growing.write(b" two")
    growing.keep()
    os.pwrite(files[1], b"\0\0\0", 30)  # the second turn lies in the first slot
    assert left(*files) == b"one"


def test_segments_that_were_written_but_not_promised_count_as_far_as_they_are_whole(
    files: tuple[int, int],
) -> None:
    plain, growing = bytes_of(4 * SEGMENT_BYTES), Growing(*files, key=KEY, aad=AAD)
    growing.write(plain[:10])
    growing.keep()
    tail = os.pread(files[1], 2 * SLOT_BYTES, 0)
    growing.write(plain[10:])
    growing.keep()
    os.ftruncate(files[1], 0)
    os.pwrite(files[1], tail, 0)  # the power went after the segments and before the tail
    assert left(*files) == plain[: FIRST + 3 * PRODUCT.room_bytes]
    os.pwrite(files[0], b"torn", 2 * SEGMENT_BYTES + 5)
    assert left(*files) == plain[: FIRST + PRODUCT.room_bytes]


def test_damage_before_the_tail_is_told(files: tuple[int, int]) -> None:
    growing = Growing(*files, key=KEY, aad=AAD)
    growing.write(bytes_of(3 * SEGMENT_BYTES))
    growing.keep()
    os.pwrite(files[0], b"evil", SEGMENT_BYTES + 5)
    with pytest.raises(Unsound):
        left(*files)


def test_nothing_comes_of_a_file_that_has_not_begun(files: tuple[int, int]) -> None:
    assert left(*files) == b""
    os.write(files[0], b"\x28short")
    assert left(*files) == b""


def test_no_plaintext_lies_in_either_file(files: tuple[int, int]) -> None:
    growing = Growing(*files, key=KEY, aad=AAD)
    growing.write(b"the secret of the house" * 9)
    growing.keep()
    assert b"secret" not in os.pread(files[0], 1 << 20, 0) + os.pread(files[1], 1 << 20, 0)


def test_what_a_full_disk_took_in_part_is_not_written_twice(
    files: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, growing, write = bytes_of(200_000), Growing(*files, key=KEY, aad=AAD), os.writev
    room = [1000, 0]  # bytes that the next writes find

    def short(fd: int, some: list[bytes]) -> int:
        whole = b"".join(some)
        free = room.pop(0) if room else len(whole)
        if not free:
            raise OSError(errno.ENOSPC, "full")
        return write(fd, [whole[:free]])

    monkeypatch.setattr(os, "writev", short)
    growing.write(plain)
    with pytest.raises(OSError, match="full"):
        growing.keep()
    sealed = growing.finish()
    assert sealed.sealed_bytes == os.fstat(files[0]).st_size
    reader = SealedReader(files[0], sealed.sealed_bytes, key=KEY, aad=AAD)
    assert check(reader) == sealed.sha256 == hashlib.sha256(plain).hexdigest()


def test_a_tail_that_a_full_disk_took_in_part_is_told(
    files: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    growing, write = Growing(*files, key=KEY, aad=AAD), os.pwritev
    growing.write(b"kept")
    growing.keep()
    monkeypatch.setattr(os, "pwritev", lambda fd, some, at: write(fd, [some[0]], at))
    growing.write(b" and lost")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        growing.keep()
    assert left(*files) == b"kept"


def test_what_the_disk_did_not_take_for_good_is_asked_for_again(
    files: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    growing, sync, asked = Growing(*files, key=KEY, aad=AAD), os.fdatasync, list[int]()

    def failing(fd: int) -> None:
        asked.append(fd)
        if len(asked) == 1:
            raise OSError(errno.EIO, "not now")
        sync(fd)

    monkeypatch.setattr(os, "fdatasync", failing)
    growing.write(bytes_of(3 * SEGMENT_BYTES))
    with pytest.raises(OSError, match="not now"):
        growing.keep()
    growing.keep()
    assert asked == [files[0], files[0], files[1]]
