"""One spelling for a number and for bytes; all others refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hokanko.errors import Unsound
from hokanko.formats.strict import MAX_UINT64, read_base64, read_decimal, write_base64


@pytest.mark.parametrize("number", [0, 1, 9, 10, 256, MAX_UINT64])
def test_reads_a_decimal(number: int) -> None:
    assert read_decimal(str(number)) == number


@pytest.mark.parametrize(
    "text", ["", "00", "01", "+1", "-1", "1 ", " 1", "1\n", "1_0", "0x1", "１", str(MAX_UINT64 + 1)]
)
def test_refuses_other_numbers(text: str) -> None:
    with pytest.raises(Unsound):
        read_decimal(text)


@given(st.binary())
def test_reads_base64_it_wrote(data: bytes) -> None:
    assert read_base64(write_base64(data)) == data


@pytest.mark.parametrize(
    "text", ["A", "QQ", "QQ=", "QR==", "QQ==\n", "Q Q==", "_-8=", "あ==", "QQ==QQ=="]
)
def test_refuses_other_base64(text: str) -> None:
    with pytest.raises(Unsound):
        read_base64(text)
