"""Counts of months that are over, kept in memory as long as no line could have changed them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from hokanko.ledger.models import Entry

Counted: TypeAlias = dict[str, Counter[str]]
MOST = 500  # kept at once: the oldest makes room


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was counted, and the newest line of the ledger then."""

    newest: int
    leaf: bytes
    counted: Counted


_KEPT: dict[Hashable, _Kept] = {}


def remembered(key: Hashable, end: datetime, count: Callable[[], Counted]) -> Counted:
    """What `count` counts of the lines before `end`, a moment that has passed; counted once.

    The ledger is append-only (I8): if the newest line of then still stands, with the same hash, and
    none since is of before `end`, the numbers are the same. Nothing else is trusted.
    """
    kept = _KEPT.get(key)
    if kept is not None and _stands(kept, end):
        return kept.counted
    newest = Entry.objects.order_by("-id").values_list("id", "leaf").first()
    counted = count()
    if newest is not None:
        _KEPT.pop(key, None)
        _KEPT[key] = _Kept(newest[0], bytes(newest[1]), counted)
        while len(_KEPT) > MOST:
            _KEPT.pop(next(iter(_KEPT)))
    return counted


def _stands(kept: _Kept, end: datetime) -> bool:
    there = Entry.objects.filter(pk=kept.newest, leaf=kept.leaf).exists()
    return there and not Entry.objects.filter(pk__gt=kept.newest, at__lt=end).exists()
