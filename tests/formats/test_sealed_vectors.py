"""The sealed file against fixed vectors: our own, and the ones Tink's authors publish."""

import hashlib
import json
from typing import Any

import pytest

from hokanko.errors import Unsound
from hokanko.formats.sealed import associated_data, check
from hokanko.formats.segments import Header, Params
from tests.formats.sealed_files import (
    OURS,
    SHARED_VECTORS,
    pattern,
    reader_of,
    sealed_in_memory,
)

GOOD = {vector["name"]: vector for vector in OURS["good"]}
KEY = bytes.fromhex(OURS["key_hex"])
HEADER = Header(bytes.fromhex(OURS["salt_hex"]), bytes.fromhex(OURS["nonce_prefix_hex"]))
PUBLISHED = SHARED_VECTORS / "tink-streaming-aead" / "aes-gcm-hkdf.json"


def plaintext_of(vector: dict[str, Any]) -> bytes:
    if "plain_utf8" in vector:
        return str(vector["plain_utf8"]).encode()
    return pattern(vector["plain_pattern_bytes"])


def sealed_again(vector: dict[str, Any]) -> bytes:
    aad = associated_data(vector["footage_id"], vector["role"])
    return sealed_in_memory(plaintext_of(vector), header=HEADER, key=KEY, aad=aad)[0]


def changed(data: bytes, change: dict[str, Any]) -> bytes:
    if "xor" in change:
        at, mask = change["at"], bytes.fromhex(change["xor"])
        return data[:at] + bytes([data[at] ^ mask[0]]) + data[at + 1 :]
    if "exchange" in change:
        parts = [data[at : at + 65536] for at in range(0, len(data), 65536)]
        one, other = change["exchange"]
        parts[one], parts[other] = parts[other], parts[one]
        return b"".join(parts)
    return data[: change.get("keep", len(data))] + bytes.fromhex(change.get("append", ""))


@pytest.mark.parametrize("vector", OURS["good"], ids=lambda vector: vector["name"])
def test_our_vectors_seal_and_open_to_the_byte(vector: dict[str, Any]) -> None:
    data = sealed_again(vector)
    assert len(data) == vector["sealed_bytes"]
    assert hashlib.sha256(data).hexdigest() == vector["sealed_sha256"]
    assert vector.get("sealed_hex", data.hex()) == data.hex()
    aad = associated_data(vector["footage_id"], vector["role"])
    reader = reader_of(data, key=KEY, aad=aad)
    assert reader.read_at(0, reader.plain_bytes) == plaintext_of(vector)
    assert check(reader) == vector["plain_sha256"]


@pytest.mark.parametrize("vector", OURS["bad"], ids=lambda vector: vector["name"])
def test_our_bad_vectors_are_refused(vector: dict[str, Any]) -> None:
    origin, change = GOOD[vector["of"]], vector["change"]
    data = changed(sealed_again(origin), change)
    key = bytes.fromhex(change["key_hex"]) if "key_hex" in change else KEY
    footage_id = change.get("footage_id", origin["footage_id"])
    aad = associated_data(footage_id, change.get("role", origin["role"]))
    with pytest.raises(Unsound):
        check(reader_of(data, key=key, aad=aad))


def published() -> list[dict[str, Any]]:
    if not PUBLISHED.exists():
        return []
    found = json.loads(PUBLISHED.read_text("utf-8"))
    return list(found if isinstance(found, list) else found["vectors"])


@pytest.mark.skipif(not published(), reason="Tink's published vectors are not beside the project")
@pytest.mark.parametrize("vector", published(), ids=lambda vector: f"id {vector['id']}")
def test_the_published_vectors_open_and_seal_to_the_byte(vector: dict[str, Any]) -> None:
    params = Params(
        segment_bytes=vector["segment_size"],
        derived_key_bytes=vector["derived_key_size"],
        kdf_hash=vector["hkdf_hash"].lower(),
    )
    key, aad = bytes.fromhex(vector["key_hex"]), bytes.fromhex(vector["aad_hex"])
    plain, data = vector["plaintext_utf8"].encode(), bytes.fromhex(vector["ciphertext_hex"])
    reader = reader_of(data, key=key, aad=aad, params=params)
    assert reader.read_at(0, len(plain) + 1) == plain
    header = Header.parse(data, params)
    again, _ = sealed_in_memory(plain, header=header, key=key, aad=aad, params=params)
    assert again == data
    with pytest.raises(Unsound):
        reader_of(data[:-1], key=key, aad=aad, params=params)
