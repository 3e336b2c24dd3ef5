"""An amendment and footage already held: longer at once, shorter after the quiet period (I7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hokanko import clock
from hokanko.editions.difference import difference
from hokanko.editions.queries import effect, rules_of, state
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.queries import life
from hokanko.home import Home
from hokanko.keyring import keys
from hokanko.retention.amended import take_effect
from hokanko.retention.erase import erase_due
from hokanko.rules.actor import HOME, machine
from hokanko.rules.decide import adoption, parameter
from hokanko.rules.models import Adoption
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from tests.clauses.founded import FILM, Founded
from tests.editions.offices import amended, office, signed

TODAY = date(2026, 11, 20)


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """An office under a signed edition: 20 days."""
    del fresh_home, db
    here = office()
    now = adoption("AOBA")
    assert now is not None
    signed(here, now)
    return here


def again(footage: Footage) -> Footage:
    return Footage.objects.select_related("org").get(pk=footage.pk)


def reads(footage: Footage) -> bool:
    with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
        return reader.read_at(0, 17) == FILM[:17]


def pass_days(count: int) -> None:
    clock.fix(clock.now() + timedelta(days=count))


def in_force() -> Adoption:
    now = adoption("AOBA")
    assert now is not None
    return now


def sweep() -> None:
    take_effect()
    erase_due(by=machine("sweep", HOME, via="schedule"))


def test_a_longer_period_moves_each_piece_at_once(ward: Founded) -> None:
    footage = ward.take_in("kacho")
    before = footage.last_day
    assert before == TODAY + timedelta(days=20)
    edition = amended(ward, retention_days="30")
    would = effect(edition)
    assert [(m.footage.pk, m.day) for m in would.later] == [(footage.pk, TODAY + timedelta(30))]
    assert (would.earlier, would.quiet_days) == ((), 0)
    signed(ward, edition)
    footage = again(footage)
    assert footage.last_day == footage.key_day == TODAY + timedelta(days=30)
    assert life(footage)[-1].kind == "retention.redated"
    keys.keyring().destroy("AOBA", before)  # the earlier day may die now
    assert reads(footage)
    pass_days(31)
    sweep()
    assert again(footage).state == "erased"
    assert not keys.keyring().opens("AOBA", footage.key_day, str(footage.pk))


def test_a_shorter_period_waits_and_then_ends_what_is_over_with_its_key(ward: Founded) -> None:
    early, late = ward.take_in("kacho"), None
    pass_days(2)
    late = ward.take_in("kacho", FILM * 2)
    edition = amended(ward, retention_days="3")
    would = effect(edition)
    assert [m.footage.pk for m in would.earlier] == [early.pk, late.pk]
    assert would.quiet_days == 7
    signed(ward, edition)
    edition.refresh_from_db()
    assert (state(edition), parameter("AOBA", "retention.days")) == ("waiting", 20)
    pass_days(6)
    sweep()
    assert again(early).last_day == early.last_day
    assert reads(early)
    pass_days(1)
    sweep()
    assert parameter("AOBA", "retention.days") == 3
    for piece in (early, late):
        assert again(piece).last_day == clock.today()  # never below the day it takes effect
        assert reads(piece)
    pass_days(1)
    sweep()
    for piece in (early, late):
        assert again(piece).state == "erased"
        for day in (piece.key_day, again(piece).key_day):
            assert not keys.keyring().opens("AOBA", day, str(piece.pk))


def test_bringing_keys_forward_may_be_broken_off_and_repeated(ward: Founded) -> None:
    footage = ward.take_in("kacho")
    signed(ward, amended(ward, retention_days="10"))
    pass_days(7)
    day = TODAY + timedelta(days=10)
    keys.keyring().redate("AOBA", [(str(footage.pk), footage.key_day, day)])
    with pytest.raises(Missing):  # the process died before the rows followed
        reads(footage)
    take_effect()
    assert again(footage).last_day == day
    assert reads(footage)
    take_effect()
    assert in_force().redated_at is not None


def test_a_shortened_piece_leaves_the_others_of_its_day_alone(ward: Founded) -> None:
    mine, other = ward.take_in("kacho"), ward.take_in("kacho", FILM * 2)
    keys.keyring().redate("AOBA", [(str(mine.pk), mine.key_day, TODAY)])
    SealedObject.objects.filter(subject=str(mine.pk)).update(key_day=TODAY)
    assert reads(mine)
    assert reads(other)
    keys.keyring().destroy("AOBA", TODAY)
    assert not keys.keyring().opens("AOBA", mine.key_day, str(mine.pk))
    assert reads(other)


def test_a_shorter_edition_that_is_amended_in_time_shortens_nothing(ward: Founded) -> None:
    footage = ward.take_in("kacho")
    signed(ward, amended(ward, retention_days="3"))
    pass_days(3)
    signed(ward, amended(ward, retention_days="20"))
    assert in_force().number == 3
    pass_days(10)
    sweep()
    assert in_force().number == 3
    assert again(footage).last_day == footage.last_day


def test_the_difference_is_told_in_words_and_in_values(ward: Founded) -> None:
    edition = amended(ward, retention_days="30", org_name="若葉区")
    found = difference(rules_of(in_force()), rules_of(edition))
    told = {each.parameter.name: (each.before, each.after) for each in found.values}
    assert told == {"retention.days": ("20日間", "30日間"), "org.name": ("青葉区", "若葉区")}
    assert any("20" in each.before and "30" in each.after for each in found.words)
    assert difference(rules_of(edition), rules_of(edition)).words == ()
