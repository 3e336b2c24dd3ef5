"""Duties of seed 004 that the board asks for: opened, met and grown old in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.rehearsal.cast import Cast
from tests.web.visitors import browser

ASKED, LATE, HELD, OPEN = "求められていること", "期限切れ", "証拠あり", "対象外・確認が要る"


def board(visitor: Client, clause: str, org: str = "CHUO") -> str:
    """What the board says of one clause; its head, and what is asked for."""
    page = visitor.get(f"/board/at/{org}/{clause}/").content.decode()
    return page.partition("<h1>")[2].partition('<dl class="form-table">')[0]


def enter(visitor: Client, register: str, clause: str, org: str = "CHUO", **told: str) -> None:
    """An entry sent from the page to which the board leads."""
    page = f"/registers/at/{org}/{register}/enter/?clause={clause}"
    assert visitor.get(page).status_code == 200
    said = {"on": str(clock.today()), "clauses": [clause], **told}
    answer = visitor.post(page, said)
    assert answer.status_code == 302, answer.content.decode()


def days_pass(days: int) -> None:
    clock.fix(clock.now() + timedelta(days=days))


@pytest.mark.clause("police-5.1.2")
def test_accounts_not_reviewed_within_the_month_are_overdue(cast: Cast) -> None:
    manager, clerk = browser(cast, "suzuki"), browser(cast, "tanaka")
    assert LATE in board(manager, "police-5.1.2")
    assert clerk.post("/people/at/CHUO/review/").status_code == 403
    assert LATE in board(manager, "police-5.1.2")
    assert manager.post("/people/at/CHUO/review/").status_code == 302
    assert HELD in board(manager, "police-5.1.2")
    days_pass(30)
    assert HELD in board(manager, "police-5.1.2")
    days_pass(1)
    shown = board(manager, "police-5.1.2")
    assert LATE in shown
    assert "運用管理者" in shown.partition(ASKED)[2]


@pytest.mark.clause("police-8.1.1")
def test_the_technical_measures_stay_open_until_attested(cast: Cast) -> None:
    manager = browser(cast, "suzuki")
    for part in ("運用管理対策", "物理的対策"):
        told = {"about": f"part:{part}", "attested": "鈴木", "words": "情報セキュリティポリシー"}
        enter(manager, "attestation", "police-8.1.1", **told)
    shown = board(manager, "police-8.1.1")
    assert OPEN in shown
    assert "技術的対策" in shown.partition(ASKED)[2]
    assert "物理的対策" not in shown.partition(ASKED)[2]
    told = {"about": "part:技術的対策", "attested": "鈴木", "words": "本部の規程"}
    enter(manager, "attestation", "police-8.1.1", **told)
    assert ASKED not in board(manager, "police-8.1.1")


@pytest.mark.clause("police-8.1.2")
def test_each_of_the_two_posts_signs_the_posture_report_of_its_own(cast: Cast) -> None:
    manager, head = browser(cast, "suzuki"), browser(cast, "watanabe")
    visitors = {"CHUO": (manager, "運用管理者"), "HONBU": (head, "総括運用管理者")}
    told = {"attested": "点検票第1号", "words": "暗号化、登録、更新、控え、検査を確かめた"}
    for org, (visitor, post) in visitors.items():
        shown = board(visitor, "police-8.1.2", org)
        assert LATE in shown, org
        assert post in shown.partition(ASKED)[2]
        enter(visitor, "attestation", "police-8.1.2", org, about=f"part:{post}", **told)
        assert HELD in board(visitor, "police-8.1.2", org)
    days_pass(31)
    enter(head, "attestation", "police-8.1.2", "HONBU", about="part:総括運用管理者", **told)
    assert HELD in board(head, "police-8.1.2", "HONBU")
    assert LATE in board(manager, "police-8.1.2"), "the unit's own period is over all the same"


@pytest.mark.clause("police-10-drill")
def test_a_drill_or_the_finding_that_none_is_needed_is_asked_for_each_period(cast: Cast) -> None:
    manager = browser(cast, "suzuki")
    asked = "訓練の記録又は必要がないと認めた記録"
    shown = board(manager, "police-10-drill")
    assert LATE in shown
    assert asked in shown.partition(ASKED)[2]
    enter(manager, "evidence", "police-10-drill", shows="訓練は不要と認めた（新任者なし）")
    assert HELD in board(manager, "police-10-drill")
    days_pass(91)
    assert asked in board(manager, "police-10-drill").partition(ASKED)[2]
    enter(manager, "evidence", "police-10-drill", shows="紛失時の訓練、参加者8名")
    assert HELD in board(manager, "police-10-drill")
