"""Several things named one after another, as the reader's language lists them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language


def listing(items: Iterable[object]) -> str:
    """A list in one line: 甲、乙 in Japanese, "a, b" in English."""
    return (", " if get_language() == "en" else "、").join(map(str, items))
