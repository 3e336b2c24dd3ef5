"""A recorder that writes over its footage early, or keeps it too long, is told of (30 ± 3 days)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock, home
from hokanko.casebook.models import Case
from hokanko.casebook.texts import texts
from hokanko.imports.actions import ClockRead
from hokanko.imports.capacity import EARLY, LATE, kept
from hokanko.imports.models import Import
from hokanko.people.readying import swear
from hokanko.schedule import JOBS
from tests.cameras import standing
from tests.clauses.founded import Founded, camera
from tests.fixtures import NOON
from tests.imports.folder import begun
from tests.web.visitors import BACKEND

DAY = timedelta(days=1)


@pytest.fixture
def shop(fresh_home: home.Home, db: None, monkeypatch: pytest.MonkeyPatch) -> Founded:
    del fresh_home, db
    monkeypatch.setitem(standing.SHOP, "retention.tolerance_days", "3")
    here = standing.shop()
    swear(here.people["mori"], by=here.by("aoki"))
    camera(here, "mori")
    return here


def seen(here: Founded, days: int, **but: object) -> Import:
    """Its recorder, full, shows footage so many days back; its clock is right."""
    told: dict[str, object] = {
        "oldest": NOON - days * DAY,
        "overwrites": True,
        "clock": ClockRead(NOON, NOON),
    }
    return begun(here, "mori", **(told | but))


def facts() -> list[str]:
    JOBS["imports.tell_capacity"]()
    rows = Case.objects.filter(fact_over_at=None).order_by("number")
    return [row.fact.partition("/")[0] for row in rows]


@pytest.mark.clause("shop-mgmt-4-vary")
@pytest.mark.parametrize(
    ("days", "told"), [(24, [EARLY]), (26, [EARLY]), (27, []), (30, []), (33, []), (34, [LATE])]
)
def test_what_is_outside_the_tolerance_opens_an_incident(
    shop: Founded, days: int, told: list[str]
) -> None:
    lot = seen(shop, days)
    assert facts() == told
    found = kept(lot)
    assert found is not None
    assert (found.held_days, found.promised_days, found.tolerance_days) == (days, 30, 3)


@pytest.mark.clause("shop-mgmt-4-vary")
def test_the_warning_says_what_is_lost_and_by_which_clause(shop: Founded, client: Client) -> None:
    lot = seen(shop, 24)
    assert facts() == [EARLY]
    (case,) = Case.objects.all()
    story = texts(case).story
    assert "24日前" in story
    assert "6日早く" in story
    client.force_login(shop.people["mori"], backend=BACKEND)
    page = client.get(f"/imports/{lot.number}/").content.decode()
    assert "24日分しか残っていません" in page
    assert "[shop-mgmt-4-vary]" in page


def test_a_new_recorder_that_writes_over_nothing_is_no_warning(shop: Founded) -> None:
    seen(shop, 10, overwrites=False)
    assert facts() == []


def test_its_own_clock_is_set_right_first(shop: Founded) -> None:
    behind = ClockRead(NOON - 10 * DAY, NOON)
    lot = seen(shop, 35, clock=behind)  # shown: 35 days back, by a clock that is 10 days behind
    found = kept(lot)
    assert found is not None
    assert (found.held_days, found.fault) == (25, EARLY)


def test_once_it_keeps_its_promise_the_fact_is_over(shop: Founded) -> None:
    seen(shop, 24)
    assert facts() == [EARLY]
    assert facts() == [EARLY]  # told once
    clock.fix(NOON + 5 * DAY)
    seen(shop, 25, taken_at=NOON + 5 * DAY)
    assert facts() == []
    assert Case.objects.exclude(fact_over_at=None).count() == 1
