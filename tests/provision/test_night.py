"""The morning after a night on duty: what the substitute owes is on the home page, then late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.audit.board import rows
from hokanko.provision import reporting
from hokanko.provision.actions import decline, grant
from hokanko.rehearsal.cast import Cast
from tests.provision.requests import NIGHT, asked
from tests.web.visitors import browser

OWED, LATE, TOLD = (
    "報告していない当直中の提供",
    "報告の期限を過ぎた当直中の提供",
    "受けていない当直中の提供の報告",
)


def home(cast: Cast, login: str) -> set[str]:
    """Which of the three this person's home page has."""
    page = browser(cast, login).get("/").content.decode()
    return {words for words in (OWED, LATE, TOLD) if words in page}


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
    assert home(cast, "suzuki") == set()
    assert owed(cast) == 1
    reporting.report(provision, by=cast.as_actor("takahashi"))
    assert home(cast, "takahashi") == set()
    assert home(cast, "suzuki") == {TOLD}
    assert owed(cast) == 1  # it closes when the manager takes note
    reporting.acknowledge(provision, by=cast.as_actor("suzuki"))
    assert home(cast, "suzuki") == set()
    assert owed(cast) == 0


def test_a_refusal_in_the_night_waits_for_no_report(cast: Cast) -> None:
    clock.fix(NIGHT)
    provision = asked(cast)
    decline(provision, cast.people["takahashi"], by=cast.as_actor("takahashi"))
    assert home(cast, "takahashi") == set()
    clock.fix(NIGHT + timedelta(days=2))
    assert home(cast, "takahashi") == set()
    assert owed(cast) == 0
