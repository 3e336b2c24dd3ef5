"""A day of the ledger begins and ends at midnight in Tokyo, on every database."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hokanko import clock
from hokanko.ledger.append import append
from hokanko.ledger.tally import between
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON


def test_the_last_hours_of_a_day_are_counted_in_it(cast: Cast) -> None:
    day = NOON.date() + timedelta(days=1)
    for at in (time(0, 0), time(8, 59), time(15, 0), time(23, 59)):
        clock.fix(datetime.combine(day, at, clock.TOKYO))
        append("org.added", by=cast.as_actor("suzuki"), org="CHUO", about="org:CHUO", facts={})
    assert between("CHUO", day, day).count() == 4
    assert not between("CHUO", day + timedelta(days=1), day + timedelta(days=1)).exists()
