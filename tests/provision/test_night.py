"""The morning after a night on duty: what the substitute owes is on the home page, then late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hokanko import clock
from hokanko.audit.board import rows
from hokanko.provision import reporting
from hokanko.provision.actions import decline, grant
from hokanko.rehearsal.cast import Cast
from tests.provision.requests import NIGHT, asked
from tests.web.visitors import browser

OWED, LATE, TOLD, MISSING = (
    "報告していない当直中の提供",
    "報告の期限を過ぎた当直中の提供",
    "受けていない当直中の提供の報告",
    "期限までに届いていない当直中の提供の報告",
)


def home(cast: Cast, login: str) -> set[str]:
    """Which of the four this person's home page has."""
    page = browser(cast, login).get("/").content.decode()
    return {words for words in (OWED, LATE, TOLD, MISSING) if words in page}


def owed(cast: Cast) -> int:
    (row,) = (each for each in rows(cast.station) if each.clause.id == "police-7.2.4-report")
    return len(row.owed)


@pytest.mark.clause("police-7.2.4-report")
def test_the_report_is_due_late_made_and_acknowledged(cast: Cast) -> None:
    clock.fix(NIGHT)
    provision = asked(cast)
    boss = cast.people["takahashi"]
    grant(provision, boss, "ウ", by=cast.as_actor("takahashi"))
    assert home(cast, "takahashi") == {OWED}
    assert provision.report_due is not None
    clock.fix(provision.report_due + timedelta(minutes=1))
    assert home(cast, "takahashi") == {LATE}
    assert home(cast, "suzuki") == {MISSING}
    assert owed(cast) == 1
    reporting.report(provision, by=cast.as_actor("takahashi"))
    assert home(cast, "takahashi") == set()
    assert home(cast, "suzuki") == {TOLD}
    assert owed(cast) == 1  # it closes when the manager takes note
    reporting.acknowledge(provision, by=cast.as_actor("suzuki"))
    assert home(cast, "suzuki") == set()
    assert owed(cast) == 0
    assert provision.reported_by == boss
    assert provision.acknowledged_by == cast.people["suzuki"]
    page = browser(cast, "suzuki").get(f"/provision/{provision.number}/").content.decode()
    assert page.count(boss.name) > 1


def test_on_a_national_holiday_the_supervisor_stands_in_till_the_next_working_morning(
    cast: Cast,
) -> None:
    clock.fix(datetime(2026, 11, 23, 11, 0, tzinfo=clock.TOKYO))  # 勤労感謝の日, a Monday
    provision = asked(cast)
    grant(provision, cast.people["takahashi"], "ウ", by=cast.as_actor("takahashi"))
    assert provision.night
    assert provision.report_due == datetime(2026, 11, 24, 10, 30, tzinfo=clock.TOKYO)


def test_a_refusal_in_the_night_waits_for_no_report(cast: Cast) -> None:
    clock.fix(NIGHT)
    provision = asked(cast)
    decline(provision, cast.people["takahashi"], "範囲外", by=cast.as_actor("takahashi"))
    assert home(cast, "takahashi") == set()
    clock.fix(NIGHT + timedelta(days=2))
    assert home(cast, "takahashi") == set()
    assert owed(cast) == 0
