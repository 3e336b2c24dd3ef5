"""Writing and forgetting a small file so that a crash leaves the old one or the new one.

write: open(new, O_EXCL) · write · fsync · rename over the name · fsync(directory).
remove: overwrite in place · fsync · unlink. A power cut may bring back the name, not the content.
Overwriting does not prove physical removal on flash or copy-on-write disks; that is why the
secret above it is destroyed too (docs/design/002-keys-that-die.md).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put `data` under `path`, durably and at once, readable by its owner only."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(fd, rest) :]
        os.fsync(fd)
    finally:
        os.close(fd)
    os.replace(draft, path)  # noqa: PTH105 the fault tests count this call
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Overwrite and unlink, durably. A file that is gone already is fine."""
    try:
        fd = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    try:
        os.pwrite(fd, secrets.token_bytes(os.fstat(fd).st_size), 0)
        os.fsync(fd)
    finally:
        os.close(fd)
    os.unlink(path)  # noqa: PTH108 the fault tests count this call


def make_folder(folder: Path) -> None:
    """Make a directory and what lies above it, owner only; its name is as durable as its files."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a directory durable."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
