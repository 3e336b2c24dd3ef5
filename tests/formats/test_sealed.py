"""The sealed file: what goes in comes out, anything else is refused (I3, I5)."""

import hashlib
import io
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hokanko.errors import Unsound
from hokanko.formats.sealed import (
    SEGMENT_BYTES,
    Sealed,
    SealedFile,
    SealedReader,
    associated_data,
    check,
    open_direct,
    plain_size,
    seal,
    sealed_size,
)
from tests.formats.sealed_files import AAD, KEY, SMALL, pattern, reader_of, sealed_in_memory

FIRST = SEGMENT_BYTES - 16 - 40
ROOM = SEGMENT_BYTES - 16
GROUP = 16 * ROOM - 40
EDGES = [0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + ROOM, FIRST + ROOM + 1]
GROUP_EDGES = [GROUP - 1, GROUP, GROUP + 1, 4 * (GROUP + 40) - 40, 4 * (GROUP + 40) - 39]


@pytest.fixture
def sealed_path(tmp_path: Path) -> tuple[Path, Sealed, bytes]:
    plain = pattern(5_000_000)
    path = tmp_path / "sealed"
    with path.open("xb", buffering=0) as out:
        sealed = seal(io.BytesIO(plain).readinto, out.fileno(), key=KEY, aad=AAD)
    return path, sealed, plain


@pytest.fixture
def reader(sealed_path: tuple[Path, Sealed, bytes]) -> Iterator[SealedReader]:
    path, sealed, _ = sealed_path
    fd = open_direct(path)
    yield SealedReader(fd, sealed.sealed_bytes, key=KEY, aad=AAD)
    os.close(fd)


@pytest.mark.parametrize("size", EDGES + GROUP_EDGES)
def test_what_was_sealed_comes_back(size: int) -> None:
    plain = pattern(size)
    data, sealed = sealed_in_memory(plain)
    assert sealed == Sealed(hashlib.sha256(plain).hexdigest(), size, len(data))
    assert len(data) == sealed_size(size)
    assert plain_size(len(data)) == size
    reader = reader_of(data)
    assert reader.plain_bytes == size
    assert reader.read_at(0, size + 1) == plain
    assert check(reader) == sealed.sha256


def test_a_file_on_disk_reads_back_past_the_page_cache(
    sealed_path: tuple[Path, Sealed, bytes], reader: SealedReader
) -> None:
    path, sealed, plain = sealed_path
    assert path.stat().st_size == sealed.sealed_bytes == sealed_size(len(plain))
    assert check(reader) == sealed.sha256 == hashlib.sha256(plain).hexdigest()
    assert reader.read_at(1_000_000, 700_000) == plain[1_000_000:1_700_000]


def test_no_plaintext_reaches_the_file() -> None:
    data, _ = sealed_in_memory("映像".encode() * 50_000)
    assert "映像映像".encode() not in data


def test_two_seals_of_the_same_footage_share_nothing() -> None:
    first, _ = sealed_in_memory(b"same")
    second, _ = sealed_in_memory(b"same")
    assert first[1:33] != second[1:33]
    assert first[40:] != second[40:]


def test_a_source_that_gives_little_at_a_time_is_sealed_whole() -> None:
    plain = pattern(300_000)
    source = io.BytesIO(plain)
    heard: list[int] = []
    fd = os.memfd_create("sealed")
    sealed = seal(
        lambda room: source.readinto(room[:7777]), fd, key=KEY, aad=AAD, progress=heard.append
    )
    assert check(SealedReader(fd, sealed.sealed_bytes, key=KEY, aad=AAD)) == sealed.sha256
    assert sealed.plain_bytes == heard[-1] == len(plain)
    os.close(fd)


def test_several_files_are_sealed_at_once() -> None:
    everyone = threading.Barrier(3)

    def seal_with_the_others(seed: int) -> bool:
        source = io.BytesIO(pattern(2_500_000)[seed:])

        def read(room: memoryview) -> int:
            everyone.wait(timeout=10)
            return source.readinto(room)

        fd = os.memfd_create("sealed")
        sealed = seal(read, fd, key=KEY, aad=AAD)
        found = check(SealedReader(fd, sealed.sealed_bytes, key=KEY, aad=AAD))
        os.close(fd)
        return found == hashlib.sha256(source.getvalue()).hexdigest()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(seal_with_the_others, range(3))) == [True] * 3


def test_progress_grows_to_the_whole() -> None:
    plain = pattern(3_000_000)
    heard: list[int] = []
    fd = os.memfd_create("sealed")
    seal(io.BytesIO(plain).readinto, fd, key=KEY, aad=AAD, progress=heard.append)
    os.close(fd)
    assert heard == [1_048_280, 2_096_600, 3_000_000]


def test_sealing_leaves_the_descriptor_open_and_as_it_was(tmp_path: Path) -> None:
    with (tmp_path / "sealed").open("xb", buffering=0) as out:
        before = os.get_blocking(out.fileno())
        seal(io.BytesIO(b"x").readinto, out.fileno(), key=KEY, aad=AAD)
        assert os.get_blocking(out.fileno()) == before
        assert out.seek(0, os.SEEK_END) == sealed_size(1)
        assert out.write(b"unaligned writes work again") == 27


@given(size=st.integers(0, 2000), data=st.data())
def test_any_range_of_any_size(size: int, data: st.DataObject) -> None:
    plain = pattern(size)
    sealed, _ = sealed_in_memory(plain, params=SMALL)
    reader = reader_of(sealed, params=SMALL)
    start = data.draw(st.integers(0, size + 3))
    stop = data.draw(st.integers(0, size + 3))
    assert b"".join(reader.pieces(start, stop)) == plain[start:stop]


@given(st.integers(0, 1 << 50))
def test_sizes_are_each_others_inverse(size: int) -> None:
    assert plain_size(sealed_size(size)) == size


def test_pieces_are_no_larger_than_a_group(reader: SealedReader) -> None:
    sizes = [len(piece) for piece in reader.pieces(0, reader.plain_bytes)]
    assert max(sizes) <= 256 * 1024
    assert sum(sizes) == reader.plain_bytes


def test_generators_of_one_thread_do_not_disturb_each_other(
    sealed_path: tuple[Path, Sealed, bytes], reader: SealedReader
) -> None:
    plain = sealed_path[2]
    ahead, behind = reader.pieces(0, 1_000_000), reader.pieces(2_000_000, 3_000_000)
    mixed = list(zip(ahead, behind, strict=False))
    assert b"".join(piece for piece, _ in mixed) == plain[: sum(len(p) for p, _ in mixed)]
    assert mixed[1][1] in plain[2_000_000:3_000_000]


def test_threads_share_a_reader(
    sealed_path: tuple[Path, Sealed, bytes], reader: SealedReader
) -> None:
    plain = sealed_path[2]
    wrong: list[int] = []

    def read_everywhere(seed: int) -> None:
        for turn in range(40):
            at = (seed * 1_234_577 + turn * 98_123) % len(plain)
            if reader.read_at(at, 100_000) != plain[at : at + 100_000]:
                wrong.append(at)

    threads = [threading.Thread(target=read_everywhere, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_negative_offset_is_a_programming_error(reader: SealedReader) -> None:
    with pytest.raises(ValueError, match="before the beginning"):
        reader.read_at(-1, 5)


def test_parsers_read_and_seek(
    sealed_path: tuple[Path, Sealed, bytes], reader: SealedReader
) -> None:
    plain = sealed_path[2]
    file = SealedFile(reader)
    assert file.readable()
    assert file.seekable()
    assert file.read(10) == plain[:10]
    assert file.seek(5, os.SEEK_CUR) == 15
    assert file.read(200_000) == plain[15:200_015]
    assert file.seek(-7, os.SEEK_END) == len(plain) - 7
    assert file.read(100) == plain[-7:]
    assert file.tell() == len(plain)
    assert file.read(1) == b""
    assert file.seek(len(plain) + 9) == len(plain) + 9
    assert file.read() == b""
    file.seek(0)
    assert io.BufferedReader(file).read() == plain
    with pytest.raises(ValueError, match="before the beginning"):
        SealedFile(reader).seek(-1)


def test_parsers_that_jump_do_not_decrypt_the_same_place_again() -> None:
    data, _ = sealed_in_memory(pattern(10 * ROOM))
    asked: list[int] = []

    def read_at(offset: int, length: int) -> bytes:
        asked.append(offset)
        return data[offset : offset + length]

    file = SealedFile(SealedReader(read_at, len(data), key=KEY, aad=AAD))
    asked.clear()
    for _ in range(20):
        for place in (100, 5 * ROOM):
            file.seek(place)
            file.read(1000)
    assert asked == [0, 5 * SEGMENT_BYTES]


def test_every_flipped_bit_is_refused() -> None:
    data, _ = sealed_in_memory(b"A small file, but ours.")
    for bit in range(len(data) * 8):
        bad = bytearray(data)
        bad[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unsound):
            reader_of(bytes(bad))


def test_a_flipped_bit_in_the_middle_spares_the_other_segments() -> None:
    plain = pattern(3 * ROOM)
    data, _ = sealed_in_memory(plain)
    bad = bytearray(data)
    bad[SEGMENT_BYTES + 5] ^= 1
    reader = reader_of(bytes(bad))
    assert reader.read_at(0, FIRST) == plain[:FIRST]
    with pytest.raises(Unsound, match="区画 1") as refused:
        reader.read_at(0, FIRST + 1)
    assert "Segment 1 does not verify" in str(refused.value)
    with pytest.raises(Unsound):
        check(reader)


@pytest.mark.parametrize("size", [0, 1, FIRST, 4 * ROOM - 40, 4 * ROOM + 99])
def test_a_cut_file_does_not_open(size: int) -> None:
    data, _ = sealed_in_memory(pattern(size))
    edges = range(0, len(data), SEGMENT_BYTES)
    cuts = {edge + delta for edge in edges for delta in (-1, 0, 1, 16, 17, 40, 56)}
    for cut in sorted(cut for cut in cuts | {len(data) - 1} if 0 <= cut < len(data)):
        with pytest.raises(Unsound):
            reader_of(data[:cut])


@pytest.mark.parametrize("extra", [b"\0", bytes(16), bytes(17), bytes(SEGMENT_BYTES)])
@pytest.mark.parametrize("size", [0, FIRST, 2 * ROOM])
def test_an_extended_file_does_not_open(size: int, extra: bytes) -> None:
    data, _ = sealed_in_memory(pattern(size))
    with pytest.raises(Unsound):
        reader_of(data + extra)


def test_a_file_shorter_than_its_size_says_is_refused(tmp_path: Path) -> None:
    data, _ = sealed_in_memory(pattern(3 * ROOM))
    path = tmp_path / "cut"
    path.write_bytes(data[: 2 * SEGMENT_BYTES + 5])
    fd = open_direct(path)
    with pytest.raises(Unsound, match="切れて"):
        SealedReader(fd, len(data), key=KEY, aad=AAD)
    os.close(fd)


def test_exchanged_segments_are_refused() -> None:
    data, _ = sealed_in_memory(pattern(4 * ROOM - 40))
    parts = [data[at : at + SEGMENT_BYTES] for at in range(0, len(data), SEGMENT_BYTES)]
    reader = reader_of(parts[0] + parts[2] + parts[1] + parts[3])
    with pytest.raises(Unsound, match="区画 1"):
        reader.read_at(FIRST, 1)
    with pytest.raises(Unsound):
        reader_of(parts[0] + parts[1] + parts[3] + parts[2])


def test_a_segment_of_another_file_is_refused() -> None:
    ours, _ = sealed_in_memory(pattern(3 * ROOM))
    theirs, _ = sealed_in_memory(pattern(3 * ROOM))
    mixed = ours[:SEGMENT_BYTES] + theirs[SEGMENT_BYTES : 2 * SEGMENT_BYTES]
    with pytest.raises(Unsound):
        check(reader_of(mixed + ours[2 * SEGMENT_BYTES :]))


def test_the_wrong_key_footage_or_role_is_refused() -> None:
    data, _ = sealed_in_memory(b"footage")
    with pytest.raises(Unsound):
        reader_of(data, key=bytes(32))
    for footage_id, role in (("F-2025-000002", "original"), ("F-2025-000001", "thumbnail")):
        with pytest.raises(Unsound):
            reader_of(data, aad=associated_data(footage_id, role))


def test_associated_data_cannot_be_confused() -> None:
    assert associated_data("映像1", "original") == "hokanko/sealed/1\n映像1\noriginal".encode()
    for footage_id, role in (("a\nb", "c"), ("a", "b\nc")):
        with pytest.raises(ValueError, match="single lines"):
            associated_data(footage_id, role)


def test_a_short_key_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sealed_in_memory(b"x", key=b"short")


def test_a_directory_does_not_open_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        open_direct(tmp_path / "absent")
