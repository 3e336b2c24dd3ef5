"""The last day, by the document's own counting (第7の1(2))."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from hokanko import clock
from hokanko.retention.due import is_over, last_day


@pytest.mark.clause("police-7.1.2")
def test_the_day_of_creation_is_day_one() -> None:
    for hour, minute in ((0, 0), (12, 0), (23, 50)):
        created = datetime(2025, 8, 1, hour, minute, tzinfo=clock.TOKYO)
        assert last_day(created, 90, count_first_day=True) == date(2025, 10, 29)
        assert last_day(created, 90, count_first_day=False) == date(2025, 10, 30)


@pytest.mark.clause("police-7.1.2")
def test_the_day_is_a_day_in_tokyo() -> None:
    late = datetime.fromisoformat("2025-08-01T15:30:00+00:00")  # 00:30 on the 2nd in Tokyo
    assert last_day(late, 90, count_first_day=True) == date(2025, 10, 30)


def test_it_is_over_when_the_day_has_ended() -> None:
    last = date(2025, 10, 29)
    assert not is_over(last, last)
    assert is_over(last, date(2025, 10, 30))


def test_no_retention_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="one day"):
        last_day(datetime(2025, 8, 1, tzinfo=clock.TOKYO), 0, count_first_day=True)
