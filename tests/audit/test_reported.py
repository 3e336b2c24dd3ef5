"""Reports of the project: owed by the project's end or by a separate notice, done when issued."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from hokanko import clock
from hokanko.audit.models import Evidence
from hokanko.home import Home
from hokanko.rehearsal.cast import Cast, settle
from tests.fixtures import PASSWORD
from tests.web.visitors import browser

RUNNING = datetime(2025, 10, 20, 12, 0, tzinfo=clock.TOKYO)  # in the three months of the project
OVER = datetime(2025, 11, 20, 12, 0, tzinfo=clock.TOKYO)
OWED = "期日までの記録がありません"
KINDS = {"police-notice-7.1": "results", "police-11": "commission"}
SAID = {
    "begins": "2025-08-01",
    "ends": "2025-10-31",
    "effects": "現場の状況を確かめられた。",
    "problems": "電池が持たない日があった。",
}


@pytest.fixture
def force(fresh_home: Home, db: None) -> Cast:
    """The cast under their signed edition: three months from 1 August 2025."""
    clock.fix(RUNNING)
    return settle(PASSWORD)


def board(client: Client, clause: str) -> str:
    return client.get(f"/board/at/HONBU/{clause}/").content.decode()


def notify(client: Client, **said: str) -> int:
    """Enter a separate notice; gives the answer's status."""
    given = {
        "clauses": "police-notice-7.1",
        "on": "2025-10-20",
        "sender": "生活安全企画課長 第500号",
        "items": "使用件数、苦情の件数",
        "expires_on": "2025-12-01",
    }
    address = "/registers/at/HONBU/instruction/enter/?clause=police-notice-7.1"
    return client.post(address, given | said).status_code


def issue(client: Client, kind: str) -> None:
    """Draft a report and issue it, on the pages."""
    drafted = client.post(f"/headquarters/at/HONBU/reports/{kind}/", SAID)
    assert drafted.status_code == 302
    address = drafted.headers["Location"]
    assert client.post(f"{address}issue/").status_code == 302


@pytest.mark.clause("police-notice-7.1", "police-11")
@pytest.mark.parametrize("clause", KINDS)
def test_a_report_is_owed_once_the_project_is_over_and_until_it_is_issued(
    force: Cast, clause: str
) -> None:
    leader = browser(force, "watanabe")
    assert OWED not in board(leader, clause)
    clock.fix(OVER)
    assert OWED in board(leader, clause)
    issue(leader, KINDS[clause])
    assert OWED not in board(leader, clause)


@pytest.mark.clause("police-notice-7.1")
def test_the_day_of_the_separate_notice_counts_once_it_is_entered(force: Cast) -> None:
    leader = browser(force, "watanabe")
    assert notify(leader) == 302
    days = leader.get("/headquarters/at/HONBU/project/").content.decode()
    assert "2025-12-01" in days
    (row,) = Evidence.objects.filter(kind="instruction")
    entry = leader.get(reverse("audit.entry", args=[row.pk])).content.decode()
    assert "使用件数、苦情の件数" in entry
    clock.fix(OVER)  # the project is over, and the notice gives until December
    assert OWED not in board(leader, "police-notice-7.1")
    clock.fix(OVER.replace(month=12, day=2))
    page = board(leader, "police-notice-7.1")
    assert f"{OWED}（別途通知 第{row.number}号）" in page
    issue(leader, "results")
    assert OWED not in board(leader, "police-notice-7.1")


def test_another_notice_asks_again(force: Cast) -> None:
    leader = browser(force, "watanabe")
    clock.fix(OVER)
    issue(leader, "results")
    clock.fix(OVER.replace(month=12, day=2))
    assert notify(leader, on="2025-12-02", expires_on="2025-12-05") == 302
    assert OWED not in board(leader, "police-notice-7.1")
    clock.fix(OVER.replace(month=12, day=6))
    assert OWED in board(leader, "police-notice-7.1")


@pytest.mark.parametrize(("left_out", "status"), [("items", 403), ("expires_on", 409)])
def test_a_notice_says_what_is_wanted_and_by_when(force: Cast, left_out: str, status: int) -> None:
    assert notify(browser(force, "watanabe"), **{left_out: ""}) == status
    assert not Evidence.objects.filter(kind="instruction").exists()


def test_who_reads_nothing_at_headquarters_enters_no_notice(force: Cast) -> None:
    assert notify(browser(force, "sato")) == 403
    assert date(2025, 12, 1) not in Evidence.objects.values_list("expires_on", flat=True)
