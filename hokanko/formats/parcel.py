"""A package from outside, opened for reading: a folder or a zip, neither of which is trusted.

Nothing is unpacked or followed: names, kinds and sizes are settled before the first byte is read.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Protocol
from unicodedata import normalize
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from hokanko.errors import Unsound
from hokanko.formats.listing import is_safe, same_name

MOST_FILES = 20_000
MOST_DIRECTORY_BYTES = 16 << 20  # the list of names at the end of an archive
ENCRYPTED, SIZES_AFTERWARDS = 0x1, 0x8  # flag bits of a zip entry
END_BYTES, ZIP64_END_BYTES, LOCATOR_BYTES, LOCAL_BYTES = 22, 56, 20, 30
BROKEN_ZIP = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)


class Parcel(Protocol):
    """The files of a package by name, with their sizes in bytes."""

    @property
    def sizes(self) -> dict[str, int]: ...

    def open(self, name: str) -> IO[bytes]:
        """The bytes of one file; the caller closes. Raises Unsound where they cannot be read."""
        ...


class FolderParcel:
    """A package as a folder."""

    def __init__(self, root: Path) -> None:
        """Raises Unsound when there is anything but plain files, or names no package has."""
        # A Mac may have decomposed Japanese names in copying them; they are known composed.
        found = [(normalize("NFC", path), path, size) for path, size in _walk(root, "")]
        self.sizes = _admit((name, size) for name, _, size in found)
        self._places = {name: root / path for name, path, _ in found}

    def open(self, name: str) -> IO[bytes]:
        # O_NOFOLLOW and O_NONBLOCK: what was a file while listing may be something else by now.
        fd = os.open(self._places[name], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        return os.fdopen(fd, "rb")


class ZipParcel:
    """A package as an archive whose every byte belongs to one of its files or to their list."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises Unsound for archives that are broken, or that readers could disagree about."""
        _refuse_large_directory(file)
        try:
            self._zip = ZipFile(file)
            for info in self._zip.infolist():
                _refuse_odd(info)
            _refuse_gaps(file, self._zip)
        except BROKEN_ZIP as error:
            raise _broken() from error
        self.sizes = _admit((info.filename, info.file_size) for info in self._zip.infolist())

    def open(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(name)
        except BROKEN_ZIP as error:
            raise _broken() from error


@contextmanager
def open_parcel(path: Path) -> Iterator[Parcel]:
    """The package at a path. Raises Unsound when it is not safe to read, OSError when it fails."""
    if path.is_dir():
        yield FolderParcel(path)
        return
    with path.open("rb") as file:
        yield ZipParcel(file)


def read_small(parcel: Parcel, name: str, most: int) -> bytes:
    """A whole file of at most `most` bytes; raises Unsound when missing or larger."""
    size = parcel.sizes.get(name)
    if size is None:
        raise Unsound(f"{name} がありません。", f"{name} is missing.")
    data = b""
    if size <= most:
        with parcel.open(name) as file:
            data = b"".join(pieces(file, name, most + 1))
    if size > most or len(data) != size:
        raise Unsound(f"{name} の大きさが異常です。", f"{name} has an impossible size.")
    return data


def pieces(file: IO[bytes], name: str, most: int) -> Iterator[bytes]:
    """The bytes of an open file, piece by piece, up to `most`."""
    while most > 0:
        try:
            piece = file.read(min(most, 1 << 20))
        except BROKEN_ZIP as error:
            raise Unsound(f"{name} が壊れています。", f"{name} is broken.") from error
        if not piece:
            return
        most -= len(piece)
        yield piece


def _walk(root: Path, within: str) -> Iterator[tuple[str, int]]:
    with os.scandir(root / within) as found:
        for entry in found:
            path = f"{within}/{entry.name}" if within else entry.name
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode) and not within:
                yield from _walk(root, path)
            elif stat.S_ISREG(mode):
                yield path, entry.stat(follow_symlinks=False).st_size
            else:
                raise _unsafe(path)


def _admit(found: Iterable[tuple[str, int]]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    known: set[str] = set()
    for path, size in found:
        if not is_safe(path) or same_name(path) in known:
            raise _unsafe(path)
        if len(sizes) >= MOST_FILES:
            raise Unsound("ファイルが多すぎます。", "There are too many files.")
        known.add(same_name(path))
        sizes[path] = size
    return sizes


def _refuse_odd(info: ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)  # 0 where the writer knew no kinds
    if kind not in (0, stat.S_IFREG) or info.filename != info.orig_filename:
        raise _unsafe(info.orig_filename)
    if info.compress_type != ZIP_STORED or info.file_size != info.compress_size:
        raise Unsound(
            "圧縮し直された包みは検査できません。",
            "An archive that was compressed anew cannot be checked.",
            mend_ja="元の包みを使うか、展開してフォルダーを検査してください。",
            mend_en="Use the original, or unpack it and check the folder.",
        )
    if info.flag_bits & (ENCRYPTED | SIZES_AFTERWARDS):
        raise _broken()


def _refuse_gaps(file: BinaryIO, archive: ZipFile) -> None:
    """Files must fill the archive from the first byte to the list, without gap or overlap."""
    at = 0
    for info in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if info.header_offset != at:
            raise _broken()
        file.seek(at)
        lengths = struct.unpack_from("<HH", file.read(LOCAL_BYTES), LOCAL_BYTES - 4)
        at += LOCAL_BYTES + sum(lengths) + info.compress_size
    if at != archive.start_dir:
        raise _broken()


def _refuse_large_directory(file: BinaryIO) -> None:
    """`ZipFile` reads the whole list into memory, so its size is looked up beforehand."""
    size = file.seek(0, os.SEEK_END)
    tail_bytes = min(size, END_BYTES + LOCATOR_BYTES + ZIP64_END_BYTES)
    file.seek(size - tail_bytes)
    tail = file.read(tail_bytes).rjust(END_BYTES + LOCATOR_BYTES + ZIP64_END_BYTES, b"\0")
    end = tail[-END_BYTES:]
    if not end.startswith(b"PK\5\6"):
        raise _broken()
    listed = int.from_bytes(end[12:16], "little")
    if listed == 0xFFFFFFFF and tail.startswith(b"PK\6\6"):
        listed = int.from_bytes(tail[40:48], "little")
    if listed > MOST_DIRECTORY_BYTES:
        raise Unsound("ファイルが多すぎます。", "There are too many files.")


def _unsafe(path: str) -> Unsound:
    shown = path.encode("utf-8", "replace").decode()
    return Unsound(
        f"包みにあってはならない名前または種類のファイルです: {shown!r}",
        f"A name or a kind of file that no package has: {shown!r}",
    )


def _broken() -> Unsound:
    return Unsound("包み（zip）が壊れています。", "The archive is broken.")
