"""What an upload is measured against, on the same web server: discarding and spooling.

To spool is what web frameworks do with a file: plaintext into a temporary file, and then its hash
and its way to the disk. Here the hash is taken as the bytes pass, which is the fastest it can be.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from typing import Any

from hokanko.formats.direct import aligned_buffer, open_direct

SPOOL_BYTES = 64 << 10  # as much at a time as Django's own spooling


def application(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    """PEP 3333: take a body in, and say 201."""
    work = WORKS.get(environ["PATH_INFO"])
    if work is None:
        start("404 Not Found", [])
        return []
    said = work(environ["wsgi.input"].read, int(environ["CONTENT_LENGTH"]))
    start("201 Created", [("Content-Type", "text/plain")])
    return [said.encode()]


def discard(read: Callable[[int], bytes], left: int) -> str:
    """The fastest that a body can be received."""
    while left and (data := read(1 << 20)):  # nothing more comes from a client that has gone
        left -= len(data)
    return ""


def spool(read: Callable[[int], bytes], left: int) -> str:
    """Write the plaintext to the disk and give its SHA-256."""
    return _spooled(read, left)[1]


def spool_and_read_back(read: Callable[[int], bytes], left: int) -> str:
    """The same, and compare what the disk then gives."""
    path, digest = _spooled(read, left)
    fd = open_direct(path)
    room, seen = aligned_buffer(1 << 20), hashlib.sha256()
    while got := os.readv(fd, [room]):
        seen.update(room[:got])
    os.close(fd)
    if seen.hexdigest() != digest:
        raise OSError(f"{path} is not what was written")
    return digest


def _spooled(read: Callable[[int], bytes], left: int) -> tuple[str, str]:
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(delete=False) as file:
        while left and (data := read(SPOOL_BYTES)):
            left -= len(data)
            digest.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return file.name, digest.hexdigest()


WORKS = {"/discard": discard, "/spool": spool, "/spool-and-read-back": spool_and_read_back}
