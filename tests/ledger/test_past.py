"""Months that are over are counted once, and again when the ledger is not the one they were of."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hokanko import clock
from hokanko.ledger.append import append
from hokanko.ledger.numbers import monthly
from hokanko.ledger.past import remembered
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON

MONTH = NOON.date().replace(day=1)
LAST = clock.add_months(MONTH, 1) - timedelta(days=1)
WHERE = ("CHUO",)


def complaint(cast: Cast) -> None:
    facts: dict[str, Any] = {"kind": "complaint"}
    append("case.opened", by=cast.as_actor("suzuki"), org="CHUO", about="case:1", facts=facts)


def complaints() -> int:
    found = monthly(WHERE, MONTH, LAST)
    return found[("CHUO", f"{MONTH:%Y-%m}")]["complaints"]


@pytest.fixture
def over(cast: Cast) -> Cast:
    """A cast with one complaint, in the month after it."""
    complaint(cast)
    clock.fix(datetime.combine(LAST + timedelta(days=2), time(9), clock.TOKYO))
    return cast


def asked() -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert complaints() == 1
    return [each["sql"] for each in queries if "COUNT(" in each["sql"]]


def test_a_month_that_is_over_is_counted_once(over: Cast) -> None:
    assert asked()
    assert asked() == []
    complaint(over)  # a line of the month that runs now changes nothing
    assert asked() == []


def test_the_month_that_runs_is_counted_each_time(cast: Cast) -> None:
    complaint(cast)
    assert complaints() == 1
    complaint(cast)
    assert complaints() == 2


def counted(calls: list[int]) -> dict[str, Counter[str]]:
    """What counting gives, and that it was done."""
    calls.append(1)
    return {"CHUO": Counter(lines=len(calls))}


def test_a_line_from_before_that_end_is_counted_anew(over: Cast) -> None:
    calls: list[int] = []
    end = clock.now() + timedelta(hours=1)  # not over yet: a line may still come
    assert remembered("a", end, lambda: counted(calls))["CHUO"]["lines"] == 1
    assert remembered("a", end, lambda: counted(calls))["CHUO"]["lines"] == 1
    complaint(over)
    assert remembered("a", end, lambda: counted(calls))["CHUO"]["lines"] == 2


def test_another_ledger_is_counted_anew(over: Cast) -> None:
    calls: list[int] = []
    end = clock.now()
    with suppress(RuntimeError), transaction.atomic():
        complaint(over)
        remembered("b", end, lambda: counted(calls))
        raise RuntimeError  # the newest line of then was never written
    assert remembered("b", end, lambda: counted(calls))["CHUO"]["lines"] == 2
