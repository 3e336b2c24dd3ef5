"""Numbers and bytes as text, read only in their one canonical spelling."""

from __future__ import annotations

import base64
import binascii
import re

from hokanko.errors import Unsound

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,19}")
MAX_UINT64 = 2**64 - 1


def read_decimal(text: str) -> int:
    """A number of 0 to 2^64-1 without sign or leading zeroes; raises Unsound."""
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_UINT64:
        raise Unsound("数の書き方が正しくありません。", f"Not a decimal number: {text[:40]!r}.")
    return int(text)


def read_base64(text: str) -> bytes:
    """Bytes of standard base64 with padding (RFC 4648 §4); raises Unsound on any other spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unsound("base64の書き方が正しくありません。", "Not base64.") from error
    if write_base64(data) != text:  # stray bits after the last byte would be a second spelling
        raise Unsound("base64の書き方が正規ではありません。", "Not canonical base64.")
    return data


def write_base64(data: bytes) -> str:
    """Standard base64 with padding, on one line."""
    return base64.b64encode(data).decode("ascii")
