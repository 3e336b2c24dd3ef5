"""Clauses of seed 004 that are carried by what is printed, or by the edition itself."""

from __future__ import annotations

from datetime import date

import pytest

from hokanko.rules import book as books
from hokanko.rules.text import markdown

BOOK = books.load("police")
PRINTED = markdown(BOOK, {"org.name": "中央警察署", "org.hq": "県警察本部"})


@pytest.mark.clause("police-notice-recordkeep")
def test_the_source_is_kept_longer_than_the_edition_is_valid() -> None:
    assert BOOK.source_keep_until == date(2027, 3, 31)
    assert BOOK.valid_until == date(2026, 3, 31)


@pytest.mark.clause("police-notice-3")
def test_force_and_unit_are_printed_in_order() -> None:
    assert "中央警察署" in PRINTED
    assert PRINTED.index("警察本部") < PRINTED.index("中央警察署")


def test_the_printed_days_are_the_enforced_days() -> None:
    assert f"{BOOK.parameter('retention.days').value}日間" in PRINTED
