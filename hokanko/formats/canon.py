"""JSON in its one canonical spelling (RFC 8785), so that equal facts are equal bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from math import isfinite
from typing import TypeAlias

from hokanko.errors import Unsound

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"
# What may be spelled: read-only containers, so that a dict[str, str] fits without a cast.
Spellable: TypeAlias = (
    "Mapping[str, Spellable] | Sequence[Spellable] | str | int | float | bool | None"
)

MAX_SAFE_INTEGER = 2**53 - 1  # RFC 8785 §3.1: beyond it a double cannot tell neighbours apart
LONGEST_PLAIN_NUMBER = 21  # ECMAScript Number::toString writes an exponent from here on


# Outside these planes the order of characters and that of UTF-16 code units are the same.
_BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")


class _Uncommon(ValueError):
    """A number whose spelling has to be looked at more closely."""


def encode(value: Spellable) -> bytes:
    """The canonical bytes of a value made of dict, list, tuple, str, int, float, bool and None.

    Raises ValueError for what has no canonical form: NaN and infinities, integers beyond
    ±(2^53-1), keys that are not text, lone surrogates, other types, endless nesting.
    """
    try:
        return _spell(value).encode()
    except RecursionError as error:
        raise ValueError("nested too deeply for canonical JSON") from error


def decode(data: bytes) -> JSON:
    """The value of canonical bytes. Raises Unsound when they are not exactly canonical.

    Whole numbers beyond ±(2^53-1) are read as the doubles they are in RFC 8785.
    """
    try:
        return _decode_common(data.decode())
    except (ValueError, RecursionError):
        return _decode_any(data)


def _decode_common(text: str) -> JSON:
    """The same at twice the speed where Python's own spelling is the canonical one."""
    value: JSON = _READ_COMMON(text)
    if _WRITE_COMMON(value) != text or _BEYOND_16_BITS.search(text):
        raise _Uncommon
    return value


def _decode_any(data: bytes) -> JSON:
    try:
        value: JSON = json.loads(data.decode(), parse_int=_read_integer)
        again = encode(value)
    except (ValueError, RecursionError) as error:
        raise Unsound("正規形のJSONではありません。", f"Not canonical JSON: {error}.") from error
    # A repeated key, a space or another spelling cannot come back, so one comparison finds all.
    if again != data:
        raise Unsound(
            "JSONの書き方が正規形（RFC 8785）と異なります。",
            "JSON is not in its canonical spelling (RFC 8785).",
        )
    return value


def _spell(value: Spellable) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        members = [f"{encode_basestring(key)}:{_spell(value[key])}" for key in _in_order(value)]
        return f"{{{','.join(members)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_spell, value))}]"
    return _spell_atom(value)


def _spell_atom(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) > MAX_SAFE_INTEGER:
            raise ValueError("an integer beyond ±(2^53-1) has no canonical JSON form")
        return int.__repr__(value)
    if isinstance(value, float):
        return _spell_float(value)
    raise ValueError(f"{type(value).__name__} is not JSON")


def _in_order(members: Mapping[str, object]) -> list[str]:
    """Keys by UTF-16 code units (RFC 8785 §3.2.3): for ASCII, and quicker, their plain order."""
    texts = [key for key in members if isinstance(key, str)]
    if len(texts) != len(members):
        raise ValueError("a JSON key must be text")
    if all(map(str.isascii, texts)):
        return sorted(texts)
    return sorted(texts, key=lambda key: key.encode("utf-16-be"))


def _spell_float(value: float) -> str:
    """ECMAScript's Number::toString, on the shortest digits, which `repr` already finds."""
    if not isfinite(value):
        raise ValueError("NaN and infinities have no JSON form")
    if value == 0:
        return "0"
    mantissa, _, exponent = float.__repr__(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    significant = (whole + fraction).lstrip("0")
    point = len(significant) - len(fraction) + int(exponent or 0)
    digits = significant.rstrip("0")
    if 0 < point <= LONGEST_PLAIN_NUMBER:
        text = _with_point(digits[:point].ljust(point, "0"), digits[point:])
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        text = f"{_with_point(digits[0], digits[1:])}e{point - 1:+d}"
    return f"-{text}" if value < 0 else text


def _with_point(whole: str, fraction: str) -> str:
    return f"{whole}.{fraction}" if fraction else whole


def _read_integer(text: str) -> int | float:
    if len(text) <= len(str(-MAX_SAFE_INTEGER)) and abs(int(text)) <= MAX_SAFE_INTEGER:
        return int(text)
    return float(text)


def _read_common_integer(text: str) -> int:
    if len(text) >= len(str(MAX_SAFE_INTEGER)):
        raise _Uncommon
    return int(text)


def _refuse_number(text: str) -> float:
    raise _Uncommon(text)


_READ_COMMON = json.JSONDecoder(
    parse_int=_read_common_integer, parse_float=_refuse_number, parse_constant=_refuse_number
).decode
_WRITE_COMMON = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode
