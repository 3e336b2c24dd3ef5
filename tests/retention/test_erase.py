"""The end of a day: unreadable at midnight, erased by itself, certified; never earlier by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from hokanko import clock, home
from hokanko.errors import HokankoError, Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.formats import certificate as paper
from hokanko.ledger import read
from hokanko.rehearsal.cast import Cast, settle
from hokanko.retention.actions import extend, mark
from hokanko.retention.early import erase_by_hand
from hokanko.retention.erase import erase_due, unfinished
from hokanko.retention.models import Erasure
from hokanko.retention.proof import certificate_path, paper_of
from hokanko.rules.actor import machine
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf
from tests.fixtures import PASSWORD, take_in

SWEEP = machine("sweep", "CHUO", via="schedule")


def readable(footage: Footage) -> bool:
    """Whether the cabinet still opens it."""
    try:
        with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
            return len(reader.read_at(0, 10)) == 10
    except (Missing, SealedObject.DoesNotExist):
        return False


@pytest.mark.clause("police-7.1.2", "police-7.1.2-auto")
def test_ninety_days_to_the_minute(fresh_home: home.Home, db: None) -> None:
    clock.fix(datetime(2025, 8, 1, 23, 50, tzinfo=clock.TOKYO))
    cast = settle(PASSWORD)
    footage = take_in(cast, b"film" * 100, name="A.MP4")
    assert footage.last_day == date(2025, 10, 29)
    clock.fix(datetime(2025, 10, 29, 23, 59, 59, tzinfo=clock.TOKYO))
    assert erase_due(by=SWEEP) == []
    assert readable(footage)
    clock.fix(datetime(2025, 10, 30, 0, 0, tzinfo=clock.TOKYO))
    assert not readable(footage)  # before the sweep has come
    assert shelf().names()
    (erasure,) = erase_due(by=SWEEP)
    footage.refresh_from_db()
    assert (footage.state, erasure.stage, unfinished()) == ("erased", "certified", [])
    assert not list(shelf().names())
    assert not SealedObject.objects.exists()
    assert all(check.ok for check in paper.verify(erasure.certificate))
    assert certificate_path(erasure).read_text() == erasure.certificate
    assert paper_of(erasure).startswith(b"%PDF")
    last = read.about(f"footage:{footage.pk}")[-1]
    assert (last.kind, last.clause) == ("retention.erased", "police-7.1.2-auto")
    assert erase_due(by=SWEEP) == []


@pytest.mark.clause("police-7.1.2-auto")
def test_what_was_begun_is_finished(cast: Cast, footage: Footage) -> None:
    clock.fix(clock.now() + timedelta(days=90))
    erasure = mark(cast.station, footage.last_day, by=SWEEP)
    assert (erasure.stage, unfinished()) == ("marked", [erasure])
    (done,) = erase_due(by=SWEEP)
    assert done.pk == erasure.pk
    Erasure.objects.update(certificate="")  # as if it stopped before the certificate was written
    (again,) = erase_due(by=SWEEP)
    assert all(check.ok for check in paper.verify(again.certificate))


@pytest.mark.clause("police-7.1.2", "police-7.2.6-erase")
def test_nobody_ends_or_extends_it_by_hand(cast: Cast, footage: Footage) -> None:
    later = footage.last_day + timedelta(days=30)
    for login in cast.people:
        by = cast.as_actor(login)
        with pytest.raises(Refusal) as refused:
            extend(footage, later, "捜査のため", ["ウ"], by=by)
        assert refused.value.clauses
        with pytest.raises(Refusal) as refused:
            erase_by_hand(footage, "不要", cast.people[login], by=by)
        with pytest.raises(Refusal):
            mark(cast.station, footage.last_day, by=by)
    with pytest.raises(Refusal) as refused:
        extend(footage, later, "捜査のため", ["ウ"], by=cast.as_actor("suzuki"))
    assert refused.value.clause == "police-7.1.2"
    with pytest.raises(Refusal) as refused:
        erase_by_hand(footage, "不要", cast.people["suzuki"], by=cast.as_actor("suzuki"))
    assert refused.value.clause == "police-7.2.6-erase"
    assert read.about(f"footage:{footage.pk}")[-1].kind == "refused"
    with pytest.raises(HokankoError):
        mark(cast.station, footage.last_day, by=SWEEP)  # its day has not ended
    assert readable(footage)


def test_what_is_filed_after_the_mark_ends_with_its_day(cast: Cast, footage: Footage) -> None:
    late = take_in(cast, b"filed late", name="late.mp4")
    Footage.objects.filter(pk=late.pk).update(state="erased")
    clock.fix(clock.now() + timedelta(days=90))
    mark(cast.station, footage.last_day, by=SWEEP)
    Footage.objects.filter(pk=late.pk).update(state="held")
    (erasure,) = erase_due(by=SWEEP)
    assert {row["id"] for row in erasure.footage} == {str(footage.pk), str(late.pk)}
    assert set(Footage.objects.values_list("state", flat=True)) == {"erased"}
    assert not unfinished()
