"""The sealed package for a recipient, as it is written: a folder or a zip that appears whole.

`docs/formats/package.md` says what it holds; `parcel.py` reads it, `package_checks.py` judges it.
The order is: media → documents → `seal_manifest` → ledger entry and proof → `finish`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.formats.instructions import instructions
from hokanko.formats.listing import (
    FOLDERS,
    Cut,
    MediaFile,
    RecorderClock,
    Seconds,
    is_safe,
    same_name,
)
from hokanko.formats.manifest import (
    FIXED,
    PROVISION,
    README,
    REQUEST,
    STILLS,
    WITH_CLIPS,
    Decided,
    Document,
    Entered,
    Handed,
    Manifest,
    Organisation,
    seal_manifest,
    version_of,
)

__all__ = [
    "PROVISION",
    "REQUEST",
    "STILLS",
    "Cut",
    "Decided",
    "Document",
    "Entered",
    "Handed",
    "Manifest",
    "MediaFile",
    "Organisation",
    "PackageWriter",
    "RecorderClock",
    "Seconds",
    "listed",
    "seal_manifest",
    "version_of",
]

DRAFT = ".draft"
FILE_MODE = 0o100644 << 16  # a regular file, in the upper half of a zip entry's attributes


class _Out(Protocol):
    def write(self, piece: bytes, /) -> int: ...


def listed(documents: Mapping[str, bytes], *, clips: bool = False) -> tuple[Document, ...]:
    """The manifest's `documents`: these papers by path, and the reading instructions."""
    every = {**documents, README: instructions(documents, clips=clips).encode()}
    return tuple(Document(path, sha256(data).hexdigest()) for path, data in every.items())


class PackageWriter:
    """Writes a package under a draft name and gives it its own when it is finished.

    A target that ends in `.zip` becomes an archive (stored, zip64), any other a folder. To be
    used in a `with` block: leaving it unfinished, or by an error, removes the draft. Everything
    is synced to the disk before the name changes. OSError means the medium failed.
    """

    def __init__(self, target: Path) -> None:
        """Raises Conflict when there is something at the target, or an unfinished draft."""
        self.target = target
        self._draft = target.with_name(target.name + DRAFT)
        self._finished = self._closed = False
        self._written: dict[str, tuple[str, int]] = {}
        _refuse_occupied(target)
        try:
            self._box = _ZipBox(self._draft) if target.suffix == ".zip" else _FolderBox(self._draft)
        except FileExistsError as error:
            raise Conflict(
                f"作りかけの包みがあります: {self._draft}",
                f"There is an unfinished package: {self._draft}",
                mend_ja="ほかで作成中でなければ、消してからやり直してください。",
                mend_en="Unless it is being written right now, delete it and try again.",
            ) from error

    def add_media(self, path: str, pieces: Iterable[bytes]) -> tuple[str, int]:
        """Write footage or a still piece by piece; gives its SHA-256 (hex) and its bytes."""
        if not is_safe(path) or path.split("/")[0] not in FOLDERS.values() or "/" not in path:
            raise ValueError(f"not a place for media in a package: {path!r}")
        if same_name(path) in map(same_name, self._written):
            raise ValueError(f"there already: {path!r}")
        digest, count = sha256(), 0
        with self._box.create(path) as out:
            for piece in pieces:
                digest.update(piece)
                count += len(piece)
                out.write(piece)
        self._written[path] = (digest.hexdigest(), count)
        return self._written[path]

    def finish(
        self,
        manifest: Manifest,
        documents: Mapping[str, bytes],
        *,
        entry: bytes,
        proof: str,
        vkey: str,
    ) -> None:
        """Add everything else. `entry` commits to the manifest as `seal_manifest` gave it.

        Raises ValueError when the manifest does not list exactly what is in the package.
        """
        sealed, _ = seal_manifest(manifest)
        media = {file.path: (file.sha256, file.bytes) for file in manifest.files}
        clips = manifest.version == WITH_CLIPS
        papers = listed(documents, clips=clips)
        if media != self._written or set(manifest.documents) != set(papers):
            raise ValueError("the manifest lists other files than those in the package")
        fixed = dict(
            zip(FIXED, (sealed, entry, proof.encode(), f"{vkey.strip()}\n".encode()), strict=True)
        )
        readme = instructions(documents, clips=clips).encode()
        for path, data in {**documents, README: readme, **fixed}.items():
            with self._box.create(path) as out:
                out.write(data)
        self._finished = True

    def close(self) -> None:
        """Give a finished package its name; remove an unfinished one."""
        if self._closed:
            return
        self._box.close()
        self._closed = True
        if not self._finished:
            self.discard()
            return
        _refuse_occupied(self.target)
        self._draft.replace(self.target)
        _sync_folder(self.target.parent)

    def discard(self) -> None:
        """Remove the draft, if there is one."""
        if self._draft.is_dir():
            shutil.rmtree(self._draft)
        else:
            self._draft.unlink(missing_ok=True)

    def __enter__(self) -> PackageWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.close()
            elif not self._closed:
                self._box.close()
        finally:
            self.discard()


class _FolderBox:
    """A package as a folder."""

    def __init__(self, draft: Path) -> None:
        draft.mkdir(mode=0o700, parents=True)
        self._root = draft

    @contextmanager
    def create(self, path: str) -> Iterator[_Out]:
        place = self._root / path
        place.parent.mkdir(exist_ok=True)
        with place.open("xb") as file:
            yield file
            _sync(file)

    def close(self) -> None:
        for folder in (*(each for each in self._root.iterdir() if each.is_dir()), self._root):
            _sync_folder(folder)


class _ZipBox:
    """A package as an archive: stored, not deflated, so that nothing can swell on reading."""

    def __init__(self, draft: Path) -> None:
        draft.parent.mkdir(parents=True, exist_ok=True)
        self._file = draft.open("x+b")
        self._zip = ZipFile(self._file, "w", ZIP_STORED)

    @contextmanager
    def create(self, path: str) -> Iterator[_Out]:
        info = ZipInfo(path, clock.now().timetuple()[:6])
        info.external_attr, info.create_system = FILE_MODE, 3
        with self._zip.open(info, "w", force_zip64=True) as out:
            yield out

    def close(self) -> None:
        self._zip.close()
        if not self._file.closed:
            _sync(self._file)
            self._file.close()


def _refuse_occupied(target: Path) -> None:
    occupied = any(target.iterdir()) if target.is_dir() else os.path.lexists(target)
    if occupied or target.is_symlink():
        raise Conflict(
            f"もう何かあります: {target}",
            f"There is something already: {target}",
            mend_ja="別の名前にしてください。",
            mend_en="Choose another name.",
        )


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
