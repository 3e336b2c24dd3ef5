"""Clauses on complaints and requests, each carried out as its document's check says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.audit.board import Row, rows
from hokanko.casebook.models import Case
from hokanko.cases import actions, queries
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.ledger.read import about
from hokanko.rehearsal.cast import Cast
from tests.cases.bodies import STORY, answered, body, closed, received, with_camera
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.web.visitors import BACKEND, browser


@pytest.fixture
def shop(fresh_home: Home, db: None) -> Founded:
    """A shop with its two trained managers."""
    del fresh_home, db
    return body("shop")


def days_on(days: int) -> None:
    """Let so many days pass."""
    clock.fix(NOON + timedelta(days=days))


def on_the_board(here: Founded, clause: str) -> Row:
    """How a clause stands today."""
    return next(row for row in rows(here.org) if row.clause.id == clause)


def front_page(here: Founded, login: str) -> str:
    """What somebody sees first."""
    client = Client()
    client.force_login(here.people[login], backend=BACKEND)
    return client.get("/").content.decode()


@pytest.mark.parametrize(
    ("rulebook", "clause"),
    [
        pytest.param("ward", "ward-8", marks=pytest.mark.clause("ward-8")),
        pytest.param("ward", "ward-3.3-c", marks=pytest.mark.clause("ward-3.3-c")),
        pytest.param("pref", "pref-complaint", marks=pytest.mark.clause("pref-complaint")),
        pytest.param("home", "home-2.7", marks=pytest.mark.clause("home-2.7")),
        pytest.param("shop", "shop-mgmt-8", marks=pytest.mark.clause("shop-mgmt-8")),
    ],
)
def test_an_answer_that_is_late_is_owed_by_its_post(
    fresh_home: Home, db: None, rulebook: str, clause: str
) -> None:
    del fresh_home, db
    here = body(rulebook)
    case = received(here)
    late = "期限を過ぎた苦情・問い合わせ"
    days_on(7)
    assert not on_the_board(here, clause).owed
    assert late not in front_page(here, "boss")
    days_on(8)
    row = on_the_board(here, clause)
    assert [each.who for each in row.owed] == [(case.owner,)]
    assert row.attention == (rulebook == "pref")
    assert late in front_page(here, "boss")
    assert late not in front_page(here, "hara")
    link, code = f'<a href="/cases/{case.pk}/">この件のページで済ませる</a>', here.org.pk
    boss = browser(here, "boss")
    for page in ("/board/", f"/board/at/{code}/{clause}/"):
        assert link in boss.get(page).content.decode()
    answered(here, case)
    assert not on_the_board(here, clause).owed
    assert late not in front_page(here, "boss")


@pytest.mark.clause("ward-8")
def test_a_complaint_is_the_managers_and_not_the_operators(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    ward = body("ward")
    case = received(ward, "clerk")
    assert case.owner == "管理責任者"
    with pytest.raises(Refusal) as no:
        answered(ward, case, "clerk")
    assert no.value.clause == "ward-8"
    answered(ward, case, "boss")


@pytest.mark.clause("shop-mgmt-8-measure")
def test_a_complaint_is_closed_with_a_measure_or_the_reason_why_none(shop: Founded) -> None:
    case = received(shop)
    answered(shop, case)
    with pytest.raises(Refusal) as no:
        closed(shop, case, outcome="none")
    assert no.value.clause == "shop-mgmt-8-measure"
    assert queries.case(case.number).state == "answered"
    closed(shop, case, outcome="none", reason="写しているのは店の入口だけである。")
    other = received(shop)
    answered(shop, other)
    closed(shop, other, outcome="measure", measures="向きを下げた。")


@pytest.mark.clause("shop-mgmt-6-subject")
def test_a_request_is_not_declined_without_a_reason_and_a_second_manager(shop: Founded) -> None:
    case = received(shop, kind="subject", asks="disclose")
    with pytest.raises(Refusal) as no:
        closed(shop, case, outcome="refused")
    assert no.value.clause == "shop-mgmt-6-subject"
    because = {"outcome": "refused", "reason": "ほかの客の姿と分けられない。"}
    by = shop.by("boss")
    actions.confirm(case, "そのとおり。", person=shop.people["boss"], by=by)
    with pytest.raises(Refusal) as no:  # his own word is no second one
        closed(shop, case, **because)
    assert no.value.clause == "shop-mgmt-6-subject"
    deputy = shop.people["deputy"]
    actions.confirm(case, "同じ意見である。", person=deputy, by=shop.by("deputy"))
    closed(shop, case, **because)
    assert queries.case(case.number).outcome == "refused"


@pytest.mark.clause("shop-mgmt-6-subject", "shop-intro-disclosure")
@pytest.mark.parametrize("clause", ["shop-mgmt-6-subject", "shop-intro-disclosure"])
def test_a_request_without_a_decision_is_overdue(shop: Founded, clause: str) -> None:
    case = received(shop, kind="subject", asks="disclose")
    days_on(14)
    assert not on_the_board(shop, clause).owed
    days_on(15)
    assert on_the_board(shop, clause).state == "overdue"
    closed(shop, case, outcome="granted", identity="運転免許証（緑川が確認）")
    assert on_the_board(shop, clause).state != "overdue"


def test_a_request_is_granted_only_to_somebody_who_was_identified(shop: Founded) -> None:
    case = received(shop, kind="subject", asks="disclose")
    with pytest.raises(Refusal) as no:
        closed(shop, case, outcome="granted")
    assert no.value.clause is None  # no document of a shop asks for it: a software default
    assert "本人であること" in no.value.ja


@pytest.mark.clause("shop-ops-3")
def test_a_manager_without_training_answers_nobody(shop: Founded) -> None:
    shop.register("kanri", "new", "白石 新", "管理責任者")
    with pytest.raises(Refusal) as no:
        answered(shop, received(shop), "new")
    assert no.value.clause == "shop-ops-3"


@pytest.mark.clause("pref-basic-2")
def test_a_request_that_names_camera_and_time_is_linked_and_shows_its_clock(
    fresh_home: Home, db: None
) -> None:
    del fresh_home, db
    street = with_camera("pref", operate_by="manager")
    piece = street.take_in("boss")
    Footage.objects.filter(pk=piece.pk).update(captured=NOON, duration_ms=60_000)
    client = Client()
    client.force_login(street.people["boss"], backend=BACKEND)
    said = {
        "asks": "disclose",
        "received_on": "2026-11-20",
        "story": STORY,
        "camera": "1",
        "filmed_at": "2026-11-20T12:00",
    }
    answer = client.post("/cases/open/subject/", said)
    page = client.get(answer["Location"]).content.decode()
    assert piece.number in page
    assert f"{piece.last_day.year - 2018}年" in page
    assert Case.objects.get().footage == piece


@pytest.mark.clause("police-6.3.1")
def test_a_privacy_complaint_is_shown_where_its_footage_is_opened(
    cast: Cast, footage: Footage
) -> None:
    me, by = cast.people["tanaka"], cast.as_actor("tanaka")
    case = actions.open_case(
        cast.station,
        kind="complaint",
        asks="privacy",
        received_on=clock.today(),
        name="",
        reach="",
        story=STORY,
        footage=footage,
        receiver=me,
        by=by,
    )
    life = f"/footage/{footage.pk}/"
    page = browser(cast, "suzuki").get(life).content.decode()
    assert case.number in page
    assert "プライバシーの侵害" in page
    assert STORY not in page
    assert "case.linked" in [act.kind for act in about(f"footage:{footage.pk}")]


@pytest.mark.clause("police-6.3.3")
def test_an_objection_that_asks_for_deletion_opens_a_review(cast: Cast, footage: Footage) -> None:
    said = {
        "asks": "erase",
        "received_on": "2026-11-20",
        "story": "撮るな、消してくれと言われた。",
        "number": footage.number,
    }
    officer = browser(cast, "sato")
    silent = officer.post("/cases/open/objection/", said)
    assert silent.status_code == 200  # what was explained on the spot is asked for
    assert not Case.objects.exists()
    review = "消去を求められた撮影"
    assert review not in browser(cast, "suzuki").get("/").content.decode()
    told = said | {"explained": "職務の記録であることと、90日で消えることを話した。"}
    actions.open_case(
        cast.station,
        kind="objection",
        asks="erase",
        received_on=clock.today(),
        name="",
        reach="",
        story=str(told["story"]),
        explained=str(told["explained"]),
        footage=footage,
        receiver=cast.people["sato"],
        by=cast.as_actor("sato"),
    )
    assert review in browser(cast, "suzuki").get("/").content.decode()
    page = browser(cast, "suzuki").get(f"/cases/{Case.objects.get().pk}/").content.decode()
    assert f"/retention/cases/ask/?number={footage.number}" in page
