"""Making sealed files in memory, for the tests of the sealed file."""

import io
import json
import os
from pathlib import Path

from hokanko.formats.sealed import SealedReader, associated_data
from hokanko.formats.sealing import Sealed, seal_with
from hokanko.formats.segments import PRODUCT, Header, Params

KEY = bytes(range(32))
AAD = associated_data("F-2025-000001", "original")
SMALL = Params(segment_bytes=64)
SHARED_VECTORS = Path(__file__).parents[2].parent / "shared" / "data" / "vectors"
OURS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "sealed" / "sealed-file.json").read_text("utf-8")
)


def pattern(size: int) -> bytes:
    """Plaintext whose segments all differ: 251 is prime to their size."""
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def sealed_in_memory(
    plain: bytes,
    *,
    header: Header | None = None,
    key: bytes = KEY,
    aad: bytes = AAD,
    params: Params = PRODUCT,
) -> tuple[bytes, Sealed]:
    """The bytes of a sealed file and what sealing reported."""
    fd = os.memfd_create("sealed")
    try:
        source = io.BytesIO(plain)
        sealed = seal_with(
            header or Header.fresh(params), source.readinto, fd, key=key, aad=aad, params=params
        )
        return os.pread(fd, os.fstat(fd).st_size, 0), sealed
    finally:
        os.close(fd)


def reader_of(
    data: bytes, *, key: bytes = KEY, aad: bytes = AAD, params: Params = PRODUCT
) -> SealedReader:
    """A reader over bytes in memory, by way of a callable."""

    def read_at(offset: int, length: int) -> bytes:
        return data[offset : offset + length]

    return SealedReader(read_at, len(data), key=key, aad=aad, params=params)
