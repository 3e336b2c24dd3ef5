"""Other people's implementation opens what we seal, and we open what it seals."""

import io
from typing import Any

import pytest

from hokanko.formats.sealed import associated_data
from tests.formats.sealed_files import AAD, KEY, OURS, pattern, reader_of, sealed_in_memory

tink = pytest.importorskip("tink", reason="the tink package: both directions are left out")
streaming_aead = pytest.importorskip("tink.streaming_aead")
key_format = pytest.importorskip("tink.proto.aes_gcm_hkdf_streaming_pb2")
key_hashes = pytest.importorskip("tink.proto.common_pb2")
keysets = pytest.importorskip("tink.proto.tink_pb2")
secret_key_access = pytest.importorskip("tink.secret_key_access")

FIRST = 65536 - 16 - 40
ROOM = 65536 - 16
SIZES = [0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + ROOM, FIRST + ROOM + 1]
SIZES += [16 * ROOM - 41, 16 * ROOM - 40, 16 * ROOM - 39, 5_000_000]


class KeptOpen(io.BytesIO):
    """A sink whose content can still be read when the stream over it was closed."""

    def close(self) -> None:
        self.content = self.getvalue()


@pytest.fixture(scope="module")
def primitive() -> Any:
    streaming_aead.register()
    params = key_format.AesGcmHkdfStreamingParams(
        ciphertext_segment_size=65536, derived_key_size=32, hkdf_hash_type=key_hashes.SHA256
    )
    key = key_format.AesGcmHkdfStreamingKey(version=0, key_value=KEY, params=params)
    data = keysets.KeyData(
        type_url="type.googleapis.com/google.crypto.tink.AesGcmHkdfStreamingKey",
        value=key.SerializeToString(),
        key_material_type=keysets.KeyData.SYMMETRIC,
    )
    entry = keysets.Keyset.Key(
        key_data=data, status=keysets.ENABLED, key_id=1, output_prefix_type=keysets.RAW
    )
    keyset = keysets.Keyset(primary_key_id=1, key=[entry])
    handle = tink.proto_keyset_format.parse(keyset.SerializeToString(), secret_key_access.TOKEN)
    return handle.primitive(streaming_aead.StreamingAead)


@pytest.mark.parametrize("size", SIZES)
def test_tink_opens_what_we_seal(primitive: Any, size: int) -> None:
    plain = pattern(size)
    data, _ = sealed_in_memory(plain)
    with primitive.new_decrypting_stream(io.BytesIO(data), AAD) as stream:
        assert stream.read() == plain


@pytest.mark.parametrize("size", SIZES)
def test_we_open_what_tink_seals(primitive: Any, size: int) -> None:
    plain = pattern(size)
    sink = KeptOpen()
    with primitive.new_encrypting_stream(sink, AAD) as stream:
        stream.write(plain)
    assert reader_of(sink.content).read_at(0, size + 1) == plain


@pytest.mark.parametrize(
    "vector",
    [vector for vector in OURS["good"] if "sealed_hex" in vector],
    ids=lambda vector: vector["name"],
)
def test_tink_opens_our_vectors(primitive: Any, vector: dict[str, Any]) -> None:
    aad = associated_data(vector["footage_id"], vector["role"])
    sealed = io.BytesIO(bytes.fromhex(vector["sealed_hex"]))
    with primitive.new_decrypting_stream(sealed, aad) as stream:
        assert stream.read() == vector["plain_utf8"].encode()


def test_tink_refuses_what_we_refuse(primitive: Any) -> None:
    data, _ = sealed_in_memory(pattern(2 * ROOM))
    with (
        pytest.raises(tink.TinkError),
        primitive.new_decrypting_stream(io.BytesIO(data[:65536]), AAD) as stream,
    ):
        stream.read()
