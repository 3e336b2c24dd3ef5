"""An urgent provision is granted before its paper, which then has a day; and the year's count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.people.attach import Scan
from hokanko.provision.later import bring_paper
from hokanko.provision.queries import is_paper_owed
from tests.audit.desk import row
from tests.clauses.doors import said
from tests.fixtures import NOON
from tests.papers.samples import words
from tests.provision.outside import STATED, judge, taken_down
from tests.provision.outside import ward as found_ward
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
SCAN = Scan(b"%PDF-1.7 written afterwards", "irai.pdf")
WAITING = "書面をそろえていない緊急の提供"


def upload() -> SimpleUploadedFile:
    """The paper as a browser sends it."""
    return SimpleUploadedFile("irai.pdf", SCAN.content, content_type="application/pdf")


@pytest.mark.clause("ward-6.1-c")
def test_the_paper_of_an_urgent_provision_is_owed_by_its_day_until_it_is_filed() -> None:
    here = found_ward()
    provision = taken_down(here, "kishi")
    judge(here, "mori", provision, "ウ", STATED["urgent"])
    provision.refresh_from_db()
    assert provision.paper_due == clock.today() + timedelta(days=7)
    kishi, url = browser(here, "kishi"), f"/provision/{provision.number}/"
    assert "令和8年11月27日（2026年）までに書面をそろえてください" in said(kishi.get(url))[1]
    assert WAITING in said(kishi.get("/"))[1]
    assert row(here.org, "ward-6.1-c").owed == ()
    assert row(here.org, "ward-6.1-c").due == provision.paper_due
    coming = kishi.get("/board/").content.decode().partition("14日以内に期限が来るもの")[2]
    link, _, day = coming.partition("</li>")[0].rpartition("</a>")
    assert f"{provision.number} の緊急の提供の書面がそろっていません" in link
    assert "令和8年11月27日" in day
    assert "管理責任者" in day
    clock.fix(NOON + timedelta(days=8))
    kishi = browser(here, "kishi")
    (owed,) = row(here.org, "ward-6.1-c").owed
    assert provision.number in owed.ja
    assert set(owed.who) == {"管理責任者", "操作担当者"}
    assert row(here.org, "ward-6.1-c").state == "overdue"
    assert "を過ぎています" in said(kishi.get(url))[1]
    assert kishi.post(f"{url}paper/", {"title": "依頼書"}).status_code == 400
    sent = kishi.post(f"{url}paper/", {"title": "救助の依頼書", "scan": upload()})
    assert sent.status_code == 302
    assert "救助の依頼書" in said(kishi.get(url))[1]
    assert row(here.org, "ward-6.1-c").owed == ()
    assert WAITING not in said(kishi.get("/"))[1]


def test_who_brought_the_paper_along_owes_none_and_the_other_grounds_know_none() -> None:
    here = found_ward()
    brought = taken_down(here, "kishi", paper=SCAN, paper_title="依頼書")
    judge(here, "mori", brought, "ウ", STATED["urgent"])
    other = taken_down(here, "kishi")
    judge(here, "mori", other, "オ", STATED["link"])
    for provision in (brought, other):
        assert not is_paper_owed(provision)
        with pytest.raises(Conflict):
            bring_paper(provision, "依頼書", SCAN, by=here.by("kishi"))


def test_only_the_managers_file_it() -> None:
    here = found_ward()
    provision = taken_down(here, "kishi")
    judge(here, "mori", provision, "ウ", STATED["urgent"])
    with pytest.raises(Refusal) as no:
        bring_paper(provision, "依頼書", SCAN, by=here.by("hara"))
    assert no.value.clause == "ward-6.1-c"


@pytest.mark.clause("ward-6.1-e")
def test_the_year_s_report_counts_what_was_granted_by_its_ground() -> None:
    here = found_ward()
    for ground, told in (("オ", "link"), ("オ", "link"), ("ア", "law")):
        judge(here, "mori", taken_down(here, "kishi"), ground, STATED[told])
    paper = words(browser(here, "mori").get("/papers/at/AOBA/report.pdf").content)
    assert "提供を認めた事由" in paper
    assert "オその他、設置目的に照らして必要と認められる場合2件６(1)オ" in paper
    assert "ア法令に基づく場合1件６(1)ア" in paper
    assert "ウ個人の生命" in paper
