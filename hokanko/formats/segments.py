"""The bytes of a sealed file: sizes, header and nonces of Tink's AES-GCM-HKDF streaming AEAD.

docs/formats/sealed-file.md states the format. The product uses one set of parameters; others
exist so that the published vectors, which use small segments, run through the very same code.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from struct import Struct
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hokanko.errors import Unsound

SEGMENT_BYTES: Final = 65536
TAG_BYTES: Final = 16
PREFIX_BYTES: Final = 7

_COUNTER_AND_LAST = Struct(">IB").pack


@dataclass(frozen=True, slots=True)
class Params:
    """What a Tink key of this type fixes; the defaults are the product's."""

    segment_bytes: int = SEGMENT_BYTES
    derived_key_bytes: int = 32
    kdf_hash: str = "sha256"

    @property
    def header_bytes(self) -> int:
        """Length byte, salt and nonce prefix; the first segment has that much less room."""
        return 1 + self.derived_key_bytes + PREFIX_BYTES

    @property
    def room_bytes(self) -> int:
        """Plaintext that fits in a segment other than the first."""
        return self.segment_bytes - TAG_BYTES


PRODUCT: Final = Params()


@dataclass(frozen=True, slots=True)
class Header:
    """The public values that make two files sealed with one key differ."""

    salt: bytes
    nonce_prefix: bytes

    @classmethod
    def fresh(cls, params: Params = PRODUCT) -> Header:
        """Random values from the operating system."""
        return cls(os.urandom(params.derived_key_bytes), os.urandom(PREFIX_BYTES))

    @classmethod
    def parse(cls, head: bytes, params: Params = PRODUCT) -> Header:
        """Read the first `params.header_bytes` of a file; raises Unsound if they are not ours."""
        if len(head) < params.header_bytes or head[0] != params.header_bytes:
            raise Unsound(
                "封印ファイルの形をしていません。", "This does not have the shape of a sealed file."
            )
        salt_end = 1 + params.derived_key_bytes
        return cls(bytes(head[1:salt_end]), bytes(head[salt_end : params.header_bytes]))

    def __bytes__(self) -> bytes:
        length = 1 + len(self.salt) + len(self.nonce_prefix)
        return bytes([length]) + self.salt + self.nonce_prefix

    def nonce(self, index: int, *, last: bool) -> bytes:
        """The 12-byte nonce of segment `index`; 2^32 segments are 256 TiB."""
        return self.nonce_prefix + _COUNTER_AND_LAST(index, last)

    def cipher(self, key: bytes, aad: bytes, params: Params = PRODUCT) -> AESGCM:
        """The AES-GCM of this one file: HKDF (RFC 5869) of the key, the salt and `aad`."""
        if len(key) < params.derived_key_bytes:
            raise ValueError(f"the key must have at least {params.derived_key_bytes} bytes")
        algorithm = _KDF_HASHES[params.kdf_hash]()
        derived = HKDF(algorithm, params.derived_key_bytes, self.salt, aad).derive(key)
        return AESGCM(derived)


_KDF_HASHES: Final[dict[str, Callable[[], hashes.HashAlgorithm]]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
}


def associated_data(footage_id: str, role: str) -> bytes:
    """What a sealed file is bound to, so that none can pass for another or for its original."""
    if "\n" in footage_id or "\n" in role:
        raise ValueError("footage id and role are single lines")
    return f"hokanko/sealed/1\n{footage_id}\n{role}".encode()


def segment_count(sealed_bytes: int, params: Params = PRODUCT) -> int:
    """How many segments a sealed file of this size has; raises Unsound for an impossible size."""
    count = max(1, -(-sealed_bytes // params.segment_bytes))
    last_bytes = sealed_bytes - (count - 1) * params.segment_bytes
    shortest = params.header_bytes + TAG_BYTES if count == 1 else TAG_BYTES + 1
    if last_bytes < shortest:
        raise Unsound(
            f"封印ファイルの大きさ（{sealed_bytes}バイト）がありえない値です。途中で切れています。",
            f"No sealed file has {sealed_bytes} bytes: it was cut off or extended.",
        )
    return count


def plain_size(sealed_bytes: int, params: Params = PRODUCT) -> int:
    """Bytes of plaintext in a sealed file of this size; raises Unsound for an impossible size."""
    count = segment_count(sealed_bytes, params)
    return sealed_bytes - params.header_bytes - count * TAG_BYTES


def sealed_size(plain_bytes: int, params: Params = PRODUCT) -> int:
    """Bytes on the shelf for so much plaintext: 1/4095 more, and 40."""
    count = max(1, -(-(plain_bytes + params.header_bytes) // params.room_bytes))
    return plain_bytes + params.header_bytes + count * TAG_BYTES
