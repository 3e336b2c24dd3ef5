"""点検・保守の予定: what is due when, from the intervals of the rules and what is on record."""

from __future__ import annotations

import pytest

from hokanko import clock
from hokanko.audit.calendar import plans
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.rehearsal.cast import Cast
from tests.audit.desk import days_pass, give, settled
from tests.clauses.founded import Founded
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def with_camera(code: str) -> tuple[Founded, Camera]:
    """The organisation with one camera that runs since today."""
    here, now = settled(code), clock.now()
    camera = Camera.objects.create(
        org=here.org, number="1", kind="fixed", registered_at=now, activated_at=now
    )
    return here, camera


def due_of(here: Founded, clause: str) -> list[tuple[str, str, bool]]:
    """What stands for a clause: in words, the day, whether it is late."""
    found = [plan for plan in plans(here.org) if plan.row.clause.id == clause]
    return [(plan.what.ja, str(plan.due), plan.is_late) for plan in found]


@pytest.mark.clause("ward-7.1-periodic")
def test_a_cameras_inspection_is_due_when_the_interval_of_the_rules_is_over() -> None:
    here, camera = with_camera("ward")
    first = clock.add_months(clock.today(), 6)
    assert due_of(here, "ward-7.1-periodic") == [
        ("カメラ 1：保守点検の報告と写真", str(first), False),
    ]
    days_pass((first - clock.today()).days)
    ((_ja, due, late),) = due_of(here, "ward-7.1-periodic")
    assert (due, late) == (str(first), True)
    give(here, "inspection", ["ward-7.1-periodic"], about=f"camera:{camera.pk}", result="fault")
    again = clock.add_months(clock.today(), 6)
    assert due_of(here, "ward-7.1-periodic") == [
        ("カメラ 1：保守点検の報告と写真", str(again), False),
    ]


@pytest.mark.clause("ward-7.2-sign")
def test_what_is_to_be_taken_down_is_on_the_list() -> None:
    here, camera = with_camera("ward")
    site = Site.objects.create(org=here.org, name="駅前", notice_code="x", opened_at=clock.now())
    sign = Sign.objects.create(site=site, place="改札の横", posted_on=clock.today())
    sign.cameras.set([camera])
    assert due_of(here, "ward-7.2-sign") == []
    assert due_of(here, "ward-7.1-periodic") != []
    camera.ended_at = clock.now()
    camera.save()
    (told,) = due_of(here, "ward-7.2-sign")
    assert ("改札の横" in told[0], told[2]) == (True, True)
    assert [late for _ja, _due, late in due_of(here, "ward-7.2")] == [True]
    assert due_of(here, "ward-7.1-periodic") == [], "it owes its removal alone"


def test_the_page_leads_to_the_entry_and_is_no_outsiders(cast: Cast) -> None:
    page = browser(cast, "suzuki").get("/board/calendar/").content.decode()
    assert "期限を過ぎたもの" in page
    assert "/registers/at/CHUO/" in page
    assert "/enter/?clause=police-" in page
    assert browser(cast, "yamada").get("/board/at/CHUO/calendar/").status_code == 403
    assert "/board/at/CHUO/calendar/" in browser(cast, "suzuki").get("/board/").content.decode()
