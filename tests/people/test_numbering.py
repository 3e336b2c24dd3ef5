"""Numbers that an organisation gives one after the other."""

from __future__ import annotations

from django.db import transaction

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.people.numbering import next_number
from hokanko.rehearsal.cast import Cast


@transaction.atomic
def newest(cast: Cast, *, after: str = "") -> str:
    """The next of a series whose last one so far is `after`."""
    if after:
        told = {"kind": "complaint", "owner": "", "sender": b"", "story": b""}
        days = {"received_on": clock.today(), "due_on": clock.today()}
        Case.objects.create(org=cast.station, number=after, **told, **days)
    return next_number(Case, cast.station.pk, "C2026")


def test_a_series_begins_at_one_and_goes_on(cast: Cast) -> None:
    assert newest(cast) == "CHUO-C2026-0001"
    assert newest(cast, after="CHUO-C2026-0001") == "CHUO-C2026-0002"


def test_another_series_counts_for_itself(cast: Cast) -> None:
    for other in ("CHUO-C2025-0007", "KITA-C2026-0009", "CHUO-C20261-0003"):
        assert newest(cast, after=other) == "CHUO-C2026-0001"


def test_after_9999_it_goes_on_counting(cast: Cast) -> None:
    assert newest(cast, after="CHUO-C2026-9999") == "CHUO-C2026-10000"
    assert newest(cast, after="CHUO-C2026-10000") == "CHUO-C2026-10001"
