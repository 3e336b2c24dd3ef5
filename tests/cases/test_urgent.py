"""即報 and 疑義: the chain of reports with its clocks, and what came of a doubt."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from hokanko import clock
from hokanko.audit.board import Row, rows
from hokanko.casebook.models import Case, CaseReport, Doubt
from hokanko.casebook.reports import stages
from hokanko.casebook.texts import told
from hokanko.cases import actions, doubts, urgent
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger.models import Entry
from hokanko.ledger.read import about
from hokanko.people.models import Organisation
from hokanko.rehearsal.cast import Cast
from tests.fixtures import IN_VALIDITY
from tests.papers.samples import words
from tests.web.visitors import browser

LOSS = "2"  # 機器の紛失・盗難事案
STORY = "巡回中にカメラ1を落とし、戻って探したが見つからない。"
CLAUSE = "police-7.2.4"


@pytest.fixture
def unit(in_validity: None, cast: Cast) -> Cast:
    """The cast, while the notice is valid."""
    del in_validity
    return cast


def lost(cast: Cast, login: str = "suzuki", **said: object) -> Case:
    """A camera lost, recognised now."""
    told_ = {"kind": "incident", "asks": LOSS, "name": "", "reach": "", "story": STORY} | said
    return actions.open_case(
        cast.people[login].org,
        received_on=clock.today(),
        receiver=cast.people[login],
        by=cast.as_actor(login),
        **told_,  # type: ignore[arg-type]  # words by name
    )


def report(cast: Cast, case: Case, login: str, **said: object) -> CaseReport:
    """The next report, made now by telephone."""
    words = {"whom": "受理係 木村", "means": "phone", "at": clock.now(), "text": ""} | said
    return urgent.report(
        case,
        person=cast.people[login],
        by=cast.as_actor(login),
        **words,  # type: ignore[arg-type]  # words by name
    )


def hours_pass(hours: float) -> None:
    """Let so many hours pass."""
    clock.fix(clock.now() + timedelta(hours=hours))


def row(org: Organisation, clause: str) -> Row:
    """How a clause stands now."""
    return next(each for each in rows(org) if each.clause.id == clause)


def home_of(cast: Cast, login: str) -> str:
    """What somebody sees first."""
    return browser(cast, login).get("/").content.decode()


@pytest.mark.clause("police-9.1.1")
def test_the_first_clock_starts_when_it_is_recognised(unit: Cast) -> None:
    case = lost(unit)
    hours_pass(5.9)
    assert row(unit.station, "police-9.1.1").state == "evidenced"
    assert "時間を過ぎた即報" not in home_of(unit, "suzuki")
    hours_pass(0.2)
    late = row(unit.station, "police-9.1.1")
    assert late.state == "overdue"
    assert case.number in late.owed[0].ja
    assert late.owed[0].case == str(case.pk)
    assert late.owed[0].who == ("運用管理者",)
    assert "時間を過ぎた即報" in home_of(unit, "suzuki")
    assert "時間を過ぎた即報" not in home_of(unit, "watanabe")
    assert row(unit.hq, "police-9.1.1").state != "overdue"  # the unit owes it
    report(unit, case, "suzuki")
    assert row(unit.station, "police-9.1.1").state == "evidenced"
    assert "時間を過ぎた即報" not in home_of(unit, "suzuki")
    assert "受けていない即報" in home_of(unit, "watanabe")


@pytest.mark.clause("police-9.1.2")
def test_the_second_clock_starts_when_headquarters_takes_it(unit: Cast) -> None:
    case = lost(unit)
    assert row(unit.hq, "police-9.1.2").state != "overdue"
    report(unit, case, "suzuki")
    hours_pass(1)
    urgent.receive(case, person=unit.people["kobayashi"], by=unit.as_actor("kobayashi"))
    hours_pass(5.9)
    assert row(unit.hq, "police-9.1.2").state == "evidenced"
    hours_pass(0.2)
    assert row(unit.hq, "police-9.1.2").state == "overdue"
    assert "時間を過ぎた即報" in home_of(unit, "watanabe")
    assert "時間を過ぎた即報" not in home_of(unit, "suzuki")
    with pytest.raises(Refusal) as no:
        report(unit, case, "suzuki")
    assert no.value.clause == "police-9.1.2"
    sent = report(unit, case, "watanabe", whom="生活安全企画課 当直", text="第一報")
    assert (sent.to, told(sent).whom) == ("警察庁生活安全局生活安全企画課", "生活安全企画課 当直")
    assert row(unit.hq, "police-9.1.2").state == "evidenced"
    with pytest.raises(Conflict):
        report(unit, case, "watanabe")


def test_not_recording_the_receipt_does_not_stop_the_second_clock(unit: Cast) -> None:
    report(unit, lost(unit), "suzuki")
    hours_pass(6.1)
    assert row(unit.hq, "police-9.1.2").state == "overdue"


@pytest.mark.clause("police-9.1.1-kinds")
def test_a_loss_is_not_closed_before_headquarters_was_told(unit: Cast) -> None:
    case = lost(unit)
    suzuki, by = unit.people["suzuki"], unit.as_actor("suzuki")
    with pytest.raises(Refusal) as no:
        actions.close(case, outcome="settled", person=suzuki, by=by)
    assert no.value.clause == "police-9.1.1-kinds"
    with pytest.raises(Conflict, match="即報"):  # a step is no report
        actions.act(case, "reported", "本部へ。", person=suzuki, by=by)
    report(unit, case, "suzuki")
    actions.close(case, outcome="settled", person=suzuki, by=by)
    assert Case.objects.get().state == "closed"
    assert stages(Case.objects.get())[1].waiting  # headquarters still owes its own


@pytest.mark.clause("police-9.1.1-kinds")
def test_the_three_kinds_are_offered_and_the_like_says_what_it_is(unit: Cast) -> None:
    page = browser(unit, "suzuki").get("/cases/open/incident/").content.decode()
    for kind in ("社会的反響", "機器の紛失・盗難事案", "機器に関する重大な障害", "「等」の内容"):
        assert kind in page
    assert "相手の氏名" not in page
    with pytest.raises(Conflict, match="「等」"):
        lost(unit, asks="4")
    case = lost(unit, asks="4", other="端末の持ち去り")
    assert "端末の持ち去り" in browser(unit, "suzuki").get(f"/cases/{case.pk}/").content.decode()


@pytest.mark.parametrize("login", ["takahashi", "tanaka", "sato", "ito", "yamada", "watanabe"])
def test_the_units_report_is_its_managers(unit: Cast, login: str) -> None:
    case = lost(unit)
    with pytest.raises(Refusal) as no:
        report(unit, case, login)
    assert "運用管理者" in no.value.who_may or login == "yamada"
    assert not CaseReport.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"whom": " "},
        {"means": "smoke"},
        {"at": IN_VALIDITY - timedelta(minutes=1)},
        {"at": IN_VALIDITY + timedelta(days=1)},
    ],
)
def test_a_report_that_cannot_be_is_not_recorded(unit: Cast, said: dict[str, object]) -> None:
    case = lost(unit)
    with pytest.raises(Conflict):
        report(unit, case, "suzuki", **said)
    assert not CaseReport.objects.exists()


def test_headquarters_takes_a_report_once_and_only_when_there_is_one(unit: Cast) -> None:
    case = lost(unit)
    hq = unit.people["watanabe"]
    with pytest.raises(Conflict):
        urgent.receive(case, person=hq, by=unit.as_actor("watanabe"))
    report(unit, case, "suzuki")
    with pytest.raises(Refusal):
        urgent.receive(case, person=unit.people["suzuki"], by=unit.as_actor("suzuki"))
    urgent.receive(case, person=hq, by=unit.as_actor("watanabe"))
    with pytest.raises(Conflict):
        urgent.receive(case, person=hq, by=unit.as_actor("watanabe"))


def test_nobodys_name_in_a_report_lies_open(unit: Cast) -> None:
    case = lost(unit)
    report(unit, case, "suzuki", text="負傷者 北野 春")
    everything = b"".join(
        [bytes(r.text) for r in CaseReport.objects.all()]
        + [bytes(e.body) for e in Entry.objects.filter(about=f"case:{case.pk}")]
    )
    for secret in ("木村", "北野"):
        assert secret.encode() not in everything
    line = about(f"case:{case.pk}")[-1]
    assert (line.kind, line.clause) == ("incident.reported", "police-9.1.1")
    assert line.private["whom"] == "受理係 木村"


def test_the_way_of_a_report_over_the_pages_and_its_papers(unit: Cast, footage: Footage) -> None:
    manager, head = browser(unit, "suzuki"), browser(unit, "watanabe")
    said = {
        "asks": LOSS,
        "recognised_at": "2025-11-20T11:30",
        "story": STORY,
        "number": footage.number,
    }
    here = manager.post("/cases/open/incident/", said)["Location"]
    page = manager.get(here).content.decode()
    assert "第9 1(1)" in page
    assert "回答の期限" not in page
    draft = manager.get(f"{here}report-1.pdf")
    assert draft.content.startswith(b"%PDF-")
    assert manager.get(f"{here}report-3.pdf").status_code == 404
    told_ = {"at": "2025-11-20T11:45", "whom": "受理係 木村", "means": "phone"}
    assert manager.post(f"{here}report/", told_).status_code == 302
    assert Case.objects.get().reports.get().at.minute == 45
    assert Case.objects.get().number in head.get("/cases/incidents/").content.decode()
    assert head.post(f"{here}receive/").status_code == 302
    page = head.get(here).content.decode()
    assert "受理係 木村" in page
    assert "<video" not in page
    assert head.post(f"{here}report/", told_ | {"at": "2025-11-20T12:00"}).status_code == 302
    assert head.get(f"{here}report-2.pdf").content.startswith(b"%PDF-")
    record = words(manager.get(f"{here.rstrip('/')}.pdf").content)
    assert "第91(1)" in record
    assert record.count("即報した") == 2
    assert record.index("受理係木村（電話）") < record.index("即報を受けた")
    assert manager.get("/cases/incidents/").status_code == 200


def test_a_refused_report_stays_on_the_page_with_its_article(unit: Cast) -> None:
    case = lost(unit)
    told_ = {"at": "2025-11-20T12:00", "whom": "木村", "means": "phone"}
    no = browser(unit, "tanaka").post(f"/cases/{case.pk}/report/", told_)
    assert no.status_code == 403
    assert "police-9.1.1" in no.content.decode()


def test_the_commands_say_the_same(unit: Cast) -> None:
    case = lost(unit)
    words = ("--to-whom", "木村", "--means", "phone", "--by", "suzuki")
    call_command("case", "--json", "report", case.number, *words, stdout=StringIO())
    call_command("case", "--json", "receive", case.number, "--by", "watanabe", stdout=StringIO())
    assert CaseReport.objects.get().received_at


def raised(cast: Cast, login: str = "sato") -> Doubt:
    """A doubt of an officer about 第7 2(4)."""
    return doubts.raise_doubt(
        cast.station,
        CLAUSE,
        "電話での立会いは、画面の共有を要するか。",
        person=cast.people[login],
        by=cast.as_actor(login),
    )


def tell(cast: Cast, doubt: Doubt, login: str = "watanabe", at: datetime | None = None) -> None:
    """It was reported now."""
    by = cast.as_actor(login)
    doubts.tell(doubt, at=at or clock.now(), whom="企画課 係長", means="mail", by=by)


def answer(cast: Cast, doubt: Doubt, login: str = "watanabe") -> None:
    """It was answered today."""
    doubts.answer(
        doubt,
        on=clock.today(),
        text="要しない。",
        interpretation="電話での立会いに画面の共有は要しない。",
        by=cast.as_actor(login),
    )


@pytest.mark.clause("police-9.2")
def test_what_came_of_a_doubt_is_shown_at_its_clause(unit: Cast) -> None:
    doubt = raised(unit)
    assert "報告・回答を待っている疑義" in home_of(unit, "watanabe")
    assert "報告・回答を待っている疑義" not in home_of(unit, "suzuki")
    hours_pass(24)
    assert row(unit.hq, "police-9.2").state == "overdue"
    with pytest.raises(Refusal) as no:
        answer(unit, doubt)
    assert no.value.clause == "police-9.2"
    tell(unit, doubt)
    assert row(unit.hq, "police-9.2").state == "evidenced"
    page = f"/board/at/CHUO/{CLAUSE}/"
    assert "画面の共有は要しない" not in browser(unit, "suzuki").get(page).content.decode()
    answer(unit, doubt)
    for login, url in (("suzuki", page), ("yamada", page.replace("CHUO", "MINATO"))):
        shown = browser(unit, login).get(url).content.decode()
        assert "画面の共有は要しない" in shown
        assert "令和7年11月21日" in shown
    other = browser(unit, "suzuki").get("/board/at/CHUO/police-7.2.5/").content.decode()
    assert "画面の共有は要しない" not in other
    with pytest.raises(Conflict):
        answer(unit, doubt)


def test_a_doubt_is_headquarters_to_take_up(unit: Cast) -> None:
    doubt = raised(unit)
    for login in ("suzuki", "sato", "kobayashi", "yamada"):
        with pytest.raises(Refusal):
            tell(unit, doubt, login)
    with pytest.raises(Refusal):
        raised(unit, "yamada")
    with pytest.raises(Conflict):
        tell(unit, doubt, at=clock.now() + timedelta(hours=1))
    with pytest.raises(Conflict):
        doubts.raise_doubt(
            unit.station, "ward-8", "？", person=unit.people["sato"], by=unit.as_actor("sato")
        )


def test_a_doubt_goes_its_way_on_the_pages(unit: Cast) -> None:
    officer, head = browser(unit, "sato"), browser(unit, "watanabe")
    assert "疑義はありません" in officer.get("/cases/doubts/").content.decode()
    here = officer.post(f"/cases/doubts/ask/{CLAUSE}/", {"question": "どう読むか。"})["Location"]
    said = {"at": "2025-11-20T12:00", "whom": "企画課", "means": "paper"}
    assert officer.post(f"{here}tell/", said).status_code == 403
    assert head.post(f"{here}tell/", said).status_code == 302
    said = {"on": "2025-11-20", "text": "こう読む。", "interpretation": "こう読む。"}
    assert head.post(f"{here}answer/", said).status_code == 302
    assert "こう読む" in officer.get(here).content.decode()
    assert browser(unit, "yamada").get(here).status_code == 403
    assert officer.get("/cases/doubts/ask/ward-8/").status_code == 404
    stranger = Client()
    assert stranger.get(here).status_code == 302


def test_the_command_of_doubts(unit: Cast) -> None:
    del unit
    words = ("raise", CLAUSE, "--text", "どう読むか。", "--by", "sato")
    call_command("doubt", "--json", *words, stdout=StringIO())
    pk = str(Doubt.objects.get().pk)
    told_ = ("--to-whom", "企画課", "--means", "mail", "--by", "watanabe")
    call_command("doubt", "--json", "report", pk, *told_, stdout=StringIO())
    words = ("--text", "要しない。", "--interpretation", "要しない。", "--by", "watanabe")
    call_command("doubt", "--json", "answer", pk, *words, stdout=StringIO())
    out = StringIO()
    call_command("doubt", "--json", "list", "--org", "CHUO", "--by", "suzuki", stdout=out)
    assert "要しない" in out.getvalue()
    assert "どう読むか" not in out.getvalue()


def test_headquarters_own_incident_is_owed_and_closed_by_its_head(unit: Cast) -> None:
    case = lost(unit, "kobayashi")
    assert case.owner == "総括運用管理者"
    page = browser(unit, "watanabe").get(f"/cases/{case.pk}/").content.decode()
    assert "総括運用管理者" in page
    for login in ("kobayashi", "suzuki", "kanri"):
        with pytest.raises(Refusal):
            close(unit, case, login)
    with pytest.raises(Refusal) as no:
        close(unit, case, "watanabe")
    assert no.value.clause == "police-9.1.1-kinds"
    report(unit, case, "watanabe")
    assert [each.leg for each in case.reports.all()] == [2]
    close(unit, case, "watanabe")
    case.refresh_from_db()
    assert case.state == "closed"


def test_the_head_does_not_close_a_units_incident(unit: Cast) -> None:
    case = lost(unit)
    assert case.owner == "運用管理者"
    report(unit, case, "suzuki")
    with pytest.raises(Refusal) as no:
        close(unit, case, "watanabe")
    assert no.value.who_may[0] == "運用管理者"


def close(cast: Cast, case: Case, login: str) -> None:
    """Somebody ends it, found."""
    person, by = cast.people[login], cast.as_actor(login)
    actions.close(case, outcome="settled", reason="見つかった。", person=person, by=by)
