"""What a cell claims about footage, made into values of a shape that can be trusted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

_MOST_ITEMS = 256
_LONGEST = 1000
_T = TypeVar("_T")


class Odd(ValueError):
    """A cell's answer has not the agreed shape."""


def text(value: object) -> str:
    """A string that databases, pages and JSON can carry: no controls, no half surrogates."""
    if not isinstance(value, str):
        raise Odd("text")
    whole = value[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    return "".join(" " if ord(letter) < 0x20 or ord(letter) == 0x7F else letter for letter in whole)


def text_or_none(value: object) -> str | None:
    """A string or nothing."""
    return None if value is None else text(value)


def whole(value: object) -> int:
    """A number that fits 63 bits."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 1 << 63:
        raise Odd("whole number")
    return value


def whole_or_none(value: object) -> int | None:
    """A number that is not negative, or nothing."""
    return None if value is None or whole(value) < 0 else whole(value)


def rate_or_none(value: object) -> float | None:
    """A finite number or nothing."""
    if value is None:
        return None
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise Odd("rate")
    return float(value)


def items(value: object) -> list[Any]:
    """A list of reasonable length."""
    if not isinstance(value, list) or len(value) > _MOST_ITEMS:
        raise Odd("list")
    return value


def fields(value: object) -> Mapping[str, Any]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise Odd("object")
    return value
