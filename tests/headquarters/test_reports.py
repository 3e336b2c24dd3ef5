"""Reports on the project: drafted by a deputy, issued by the principal, published without names."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.headquarters import actions
from hokanko.headquarters.kinds import KINDS
from hokanko.headquarters.models import ProjectReport
from hokanko.headquarters.papers import report_pdf
from hokanko.ledger.models import Entry
from hokanko.ledger.numbers import count
from hokanko.people.actions import register
from hokanko.people.appointing import appoint
from hokanko.people.models import Person
from hokanko.public.models import Notice
from hokanko.rehearsal.cast import Cast
from hokanko.viewing.actions import ask as ask_to_view
from tests.fixtures import PASSWORD, take_in
from tests.papers import samples
from tests.web.visitors import browser, kinds_written

BEGINS, ENDS = date(2025, 8, 1), date(2026, 11, 20)
TEXT = {"effects": "現場の状況を確かめられた。", "problems": "電池が持たない日があった。"}


def drafted(cast: Cast, kind: str, **more: str) -> ProjectReport:
    """A draft of the deputy's."""
    return actions.draft(
        cast.hq,
        kind,
        begins=BEGINS,
        ends=ENDS,
        **(TEXT | more),
        author=cast.people["kobayashi"],
        by=cast.as_actor("kobayashi"),
    )


def issued(cast: Cast, kind: str, **more: str) -> ProjectReport:
    """The same, issued by the principal."""
    report = drafted(cast, kind, **more)
    actions.issue(report, issuer=cast.people["watanabe"], by=cast.as_actor("watanabe"))
    return report


def facts_of(report: ProjectReport) -> dict[str, object]:
    line = Entry.objects.get(kind="report.issued", about=f"report:{report.pk}")
    found: dict[str, object] = json.loads(bytes(line.body))["facts"]
    return found


@pytest.mark.clause("police-notice-1")
def test_the_results_tell_effects_and_problems_with_counts(cast: Cast, footage: Footage) -> None:
    report = issued(cast, "results")
    del footage
    assert report.counts["recordings"] == 1
    assert report.counts == facts_of(report)["counts"]
    page = browser(cast, "watanabe").get(f"/headquarters/reports/{report.pk}/").content.decode()
    for words in (*TEXT.values(), "効果", "課題", "作成した映像ファイル"):
        assert words in page
    assert report_pdf(report).startswith(b"%PDF")


@pytest.mark.clause("police-notice-1")
@pytest.mark.parametrize("left_out", ["effects", "problems"])
def test_results_without_one_of_the_two_are_not_issued(cast: Cast, left_out: str) -> None:
    with pytest.raises(Conflict, match="課題"):
        issued(cast, "results", **{left_out: " "})
    assert ProjectReport.objects.get().number == ""


@pytest.mark.clause("police-notice-4.1.a", "police-notice-4.1.b")
def test_the_results_are_addressed_and_copied(cast: Cast) -> None:
    report = issued(cast, "results")
    told = facts_of(report)
    assert told["to"] == "総括責任者"
    assert told["copies"] == ["総括副責任者"]
    assert told["number"] == report.number == "HONBU-results-0001"
    page = browser(cast, "watanabe").get(f"/headquarters/reports/{report.pk}/").content.decode()
    assert "総括責任者" in page
    assert "総括副責任者" in page


@pytest.mark.clause("police-notice-4.1.a")
@pytest.mark.parametrize(
    "post", ["総括責任者", "総括副責任者", "総括運用管理者", "副総括運用管理者"]
)
def test_no_headquarters_post_opens_footage(cast: Cast, footage: Footage, post: str) -> None:
    who = register(
        cast.hq,
        login="npa",
        name="警察 庁子",
        password=PASSWORD,
        post=post,
        by=cast.as_actor("kanri"),
    )
    cast.people["npa"] = who
    with pytest.raises(Refusal) as no:
        ask_to_view(footage, who, ["ア"], "見たい", by=cast.as_actor("npa"))
    assert no.value.clause == "police-7.2.2"


@pytest.mark.clause("police-notice-4.2.b")
@pytest.mark.parametrize("kind", KINDS)
def test_the_deputy_prepares_and_does_not_issue(cast: Cast, kind: str) -> None:
    appoint(cast.people["kobayashi"], cast.hq, "実施副責任者", by=cast.as_actor("kanri"))
    report = drafted(cast, kind, url="https://www.example.jp/")
    answer = browser(cast, "kobayashi").post(f"/headquarters/reports/{report.pk}/issue/")
    assert answer.status_code == 403
    assert "police-notice-4.2.b" in answer.content.decode()
    report.refresh_from_db()
    assert (report.issued_at, report.number, report.counts) == (None, "", {})
    assert "refused" in kinds_written()
    principal = browser(cast, "watanabe").post(f"/headquarters/reports/{report.pk}/issue/")
    assert principal.status_code == 302
    report.refresh_from_db()
    assert report.number == f"HONBU-{kind}-0001"


@pytest.mark.clause("police-notice-4.2.b")
def test_publicity_of_the_deputy_is_left_as_a_draft(cast: Cast) -> None:
    appoint(cast.people["kobayashi"], cast.hq, "実施副責任者", by=cast.as_actor("kanri"))
    before = Notice.objects.count()
    said = {"contact": "地域企画係 000", "words": "副責任者の案です。"}
    answer = browser(cast, "kobayashi").post("/notices/at/HONBU/publish/", said)
    assert answer.status_code == 403
    assert "police-notice-4.2.b" in answer.content.decode()
    assert Notice.objects.count() == before
    leader = browser(cast, "watanabe")
    assert said["words"] in leader.get("/notices/at/HONBU/publish/").content.decode()
    assert leader.post("/notices/at/HONBU/publish/", said).status_code == 302
    assert "公表を待っている案" not in leader.get("/notices/at/HONBU/publish/").content.decode()


@pytest.mark.clause("police-3.1.2")
def test_the_deputy_manager_drafts_the_publicity_too(cast: Cast) -> None:
    before = Notice.objects.count()
    said = {"contact": "地域企画係 000", "words": "副総括の案です。"}
    deputy = browser(cast, "kobayashi")
    assert deputy.get("/notices/at/HONBU/publish/").status_code == 200
    answer = deputy.post("/notices/at/HONBU/publish/", said)
    assert answer.status_code == 403
    assert "公表を待っている案" in answer.content.decode()
    assert (Notice.objects.count(), "notice.published" in kinds_written()[-2:]) == (before, False)
    page = browser(cast, "watanabe").get("/notices/at/HONBU/publish/").content.decode()
    assert said["words"] in page


@pytest.mark.clause("police-11-publish")
def test_what_is_published_agrees_with_the_ledger_and_names_nobody(
    cast: Cast, footage: Footage
) -> None:
    report = issued(cast, "publication", url="https://www.example.jp/camera/")
    nobody = Client()
    page = nobody.get("/published/HONBU/").content.decode()
    data = nobody.get("/published/HONBU/numbers.json").content.decode()
    sheet = nobody.get("/published/HONBU/numbers.csv").content.decode("utf-8-sig")
    counted = count(("HONBU", "CHUO", "MINATO"), BEGINS, ENDS)
    assert json.loads(data)["numbers"] == counted == report.counts
    table = {row[0]: row[1] for row in list(csv.reader(io.StringIO(sheet)))[1:]}
    assert table["作成した映像ファイル"] == str(counted["recordings"]) == "1"
    names = [*Person.objects.values_list("name", flat=True), footage.number]
    for text in (page, data, sheet):
        assert not [name for name in names if name in text]
    told = facts_of(report)
    assert told["url"] == "https://www.example.jp/camera/"
    assert told["on"] == clock.today().isoformat()


def test_what_was_published_does_not_change_afterwards(cast: Cast, footage: Footage) -> None:
    del footage
    issued(cast, "publication", url="https://www.example.jp/camera/")
    before = Client().get("/published/HONBU/numbers.json").content
    take_in(cast, b"another" * 100, name="MOV_0009.MP4")
    assert Client().get("/published/HONBU/numbers.json").content == before


def test_nothing_is_published_before_it_is_issued(cast: Cast) -> None:
    drafted(cast, "publication", url="https://www.example.jp/")
    for url in ("/published/HONBU/", "/published/HONBU/numbers.json", "/published/NOWHERE/"):
        assert Client().get(url).status_code == 404


def test_a_report_names_neither_person_nor_file(cast: Cast, footage: Footage) -> None:
    for words in ("佐藤健の映像が役立った。", f"{footage.number}が役立った。"):
        with pytest.raises(Conflict):
            drafted(cast, "results", effects=words)


def test_an_issued_report_is_neither_altered_nor_issued_twice(cast: Cast) -> None:
    report = issued(cast, "results")
    by, who = cast.as_actor("watanabe"), cast.people["watanabe"]
    with pytest.raises(Conflict):
        actions.issue(report, issuer=who, by=by)
    with pytest.raises(Conflict):
        actions.revise(report, begins=BEGINS, ends=ENDS, author=who, by=by)


def test_a_period_still_running_is_not_reported(cast: Cast) -> None:
    report = drafted(cast, "results")
    actions.revise(
        report,
        begins=BEGINS,
        ends=date(2027, 1, 1),
        **TEXT,
        author=cast.people["watanabe"],
        by=cast.as_actor("watanabe"),
    )
    with pytest.raises(Conflict):
        actions.issue(report, issuer=cast.people["watanabe"], by=cast.as_actor("watanabe"))


def test_another_report_of_the_kind_has_the_next_number(cast: Cast) -> None:
    assert [issued(cast, "results").number for _ in range(2)] == [
        "HONBU-results-0001",
        "HONBU-results-0002",
    ]


@pytest.mark.clause("police-8.2")
def test_what_is_published_bears_no_class_and_inner_papers_do(cast: Cast) -> None:
    draft = drafted(cast, "publication", url="https://www.example.jp/camera/")
    assert "機密性2" in samples.words(report_pdf(draft))  # nobody outside reads it yet
    actions.issue(draft, issuer=cast.people["watanabe"], by=cast.as_actor("watanabe"))
    assert "機密性" not in samples.words(report_pdf(draft))
    assert "機密性" not in Client().get("/published/HONBU/").content.decode()
    for inner in ("results", "commission"):
        assert "機密性2" in samples.words(report_pdf(issued(cast, inner)))
