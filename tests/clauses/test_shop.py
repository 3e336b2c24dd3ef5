"""Clauses of seed 003: what a shop is refused, what it is allowed, and what its rules print."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.test import Client

from hokanko.errors import Refusal
from hokanko.ledger.models import Entry
from hokanko.people.paperwork import acknowledge
from hokanko.rules.actions import adopt as adopt_by
from hokanko.rules.actor import HOME, Actor, Thing
from hokanko.rules.book import load
from hokanko.rules.decide import parameter
from hokanko.rules.duty import is_night
from hokanko.rules.purpose import weigh
from hokanko.rules.text import markdown
from tests.cameras import standing
from tests.fixtures import NOON
from tests.rules.matrix import ELSEWHERE, ORG, adopt, answer, holder, program
from tests.web.visitors import BACKEND

SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "003_691d68a4749dd10c.txt"
BOOK = load("shop")
FILLED: dict[str, object] = {
    "org.name": "みどり書店 本店",
    "retention.days": 30,
    "joint.parties": ("みどり書店", "あおば薬局"),
    "joint.items": ("画像", "事案の日"),
    "joint.responsible": "株式会社みどり書店、東京都千代田区、代表取締役 緑川 薫",
}
PRINTED = markdown(BOOK, FILLED)
MANAGER, DEPUTY = holder("管理責任者"), holder("管理副責任者")
USES = ("viewing.ask", "viewing.open")
LONGEST = 16  # characters that may agree by chance, or because a law or a name has them


@pytest.fixture
def shop(fresh_home: object, db: None) -> None:
    """A shop that has adopted the rulebook."""
    del fresh_home, db
    adopt("shop", FILLED)


def said(who: Actor, verb: str, told: Mapping[str, object] | None = None, **thing: bool) -> str:
    """What the shop's rules answer."""
    return answer("shop", who, verb, told, **thing)


def for_purposes(*purposes: str, note: str = "") -> dict[str, object]:
    """What the law is told when these purposes are stated."""
    return weigh(ORG, purposes, note)


@pytest.mark.clause("shop-mgmt-5", "shop-mgmt-3-touch")
@pytest.mark.usefixtures("shop")
def test_the_two_managers_view_and_nobody_else() -> None:
    for verb in USES:
        for manager in (MANAGER, DEPUTY):
            assert said(manager, verb, for_purposes("盗難防止")) == "○mgmt-5"
        for post in ("従業員", "店長", "総務部長", "鍵の管理者"):
            assert said(holder(post), verb, for_purposes("盗難防止")) == "×mgmt-5"
        technician = holder("システム管理者", org=HOME)
        assert said(technician, verb, for_purposes("盗難防止")) == "×mgmt-3-touch"


@pytest.mark.clause("shop-ops-3")
@pytest.mark.usefixtures("shop")
def test_an_appointment_without_training_gives_no_power() -> None:
    untrained = holder("管理責任者", trained=False)
    for verb in (*USES, "footage.list", "provision.decide", "derive.edit", "intake.take_in"):
        assert said(untrained, verb, {"purposes": ["盗難防止"]}) == "×ops-3"
    assert said(holder("従業員"), "viewing.open", {"purposes": ["盗難防止"]}) == "×mgmt-5"


@pytest.mark.clause("shop-mgmt-1", "shop-mgmt-1-limit")
@pytest.mark.usefixtures("shop")
def test_the_records_serve_safety_and_prevention_of_theft_only() -> None:
    assert [p.id for p in BOOK.purposes if not p.by_law] == ["安全管理", "盗難防止"]
    for verb in USES:
        assert said(MANAGER, verb, for_purposes("安全管理", "盗難防止")) == "○mgmt-5"
        assert said(MANAGER, verb, for_purposes("勤怠管理")) == "×mgmt-1-limit"
        assert said(MANAGER, verb, for_purposes()) == "×mgmt-1-limit"


@pytest.mark.usefixtures("shop")
def test_commercial_use_needs_consent_that_is_on_record() -> None:
    for verb in USES:
        assert said(MANAGER, verb, for_purposes("宣伝")) == "×mgmt-1-limit"
        assert said(MANAGER, verb, for_purposes("同意")) == "×intro-consent"
        stated = for_purposes("同意", note="店の案内に載せること")
        for fault in ("none", "withdrawn", "late", "other", "elsewhere"):
            told = stated | {"consent_lacking": fault}
            assert said(MANAGER, verb, told) == "×intro-consent"
        assert said(MANAGER, verb, stated | {"consent_lacking": ""}) == "○mgmt-5"


@pytest.mark.clause("shop-mgmt-7-1", "shop-mgmt-7-2", "shop-mgmt-7-3", "shop-mgmt-7-4")
@pytest.mark.usefixtures("shop")
def test_each_exclusion_asks_for_its_own_conditions() -> None:
    for number, purpose in enumerate("①②③④", start=1):
        for verb in USES:
            assert said(MANAGER, verb, for_purposes(purpose)) == f"×mgmt-7-{number}"
            assert said(MANAGER, verb, for_purposes(purpose, note="事情")) == "○mgmt-5"
    assert "令状か任意の協力かの別" in BOOK.purposes[3].text_ja
    assert ["難しい" in BOOK.purposes[row].text_ja for row in (4, 5)] == [True, True]
    assert "妨げ" in BOOK.purposes[6].text_ja


@pytest.mark.clause("shop-mgmt-6", "shop-mgmt-7")
@pytest.mark.usefixtures("shop")
def test_a_provision_rests_on_consent_or_one_of_four_exclusions() -> None:
    granting = {"ground_missing": False, "ground_text_missing": False}
    assert [ground.id for ground in BOOK.grounds] == ["同意", "①", "②", "③", "④"]
    assert said(MANAGER, "provision.decide", granting) == "○mgmt-6"
    assert said(MANAGER, "provision.decide", granting | {"ground_missing": True}) == "×mgmt-6"
    assert said(MANAGER, "provision.decide", granting | {"ground_text_missing": True}) == "×mgmt-7"
    declining = {"granting": False, "ground_missing": True}
    assert said(DEPUTY, "provision.decide", declining) == "○mgmt-6"


@pytest.mark.usefixtures("shop")
def test_prints_and_copies_are_made_by_the_managers() -> None:
    for manager in (MANAGER, DEPUTY):
        assert said(manager, "provision.hand_over") == "○mgmt-5-print"
    for post in ("従業員", "店長", "鍵の管理者"):
        assert said(holder(post), "provision.hand_over") == "×mgmt-3-touch"
    assert said(MANAGER, "provision.hand_over", {"decided": False}) == "×mgmt-6-refuse"


@pytest.mark.clause("shop-mgmt-7-record")
@pytest.mark.usefixtures("shop")
def test_nothing_is_provided_off_the_record() -> None:
    asking = for_purposes("盗難防止")
    assert said(MANAGER, "provision.ask", asking) == "○mgmt-7-record"
    for lacking in (for_purposes(), {"nothing_wanted": True}, {"empty_fields": ["outline"]}):
        assert said(MANAGER, "provision.ask", asking | lacking) == "×mgmt-7-record"
    for told in ({"entered": False}, {"to_requester": False}, {"outside_wants": True}):
        assert said(MANAGER, "provision.hand_over", told) == "×mgmt-7-record"
    fields = [f.ja for f in BOOK.form_fields if f.clause == "shop-mgmt-7-record"]
    for word in ("日時", "提供先", "内容", "目的", "理由"):
        assert any(word in field for field in fields), word


@pytest.mark.clause("shop-mgmt-4")
def test_the_period_is_a_blank_that_must_be_filled(fresh_home: object, db: None) -> None:
    del fresh_home, db
    adopt("shop")
    with pytest.raises(Refusal) as refused:
        parameter(ORG, "retention.days")
    assert (refused.value.clause, refused.value.article) == ("shop-mgmt-4", "防犯カメラ管理規定 4")
    adopt("shop", FILLED)
    assert parameter(ORG, "retention.days") == 30


@pytest.mark.clause("shop-mgmt-4-overwrite")
@pytest.mark.usefixtures("shop")
def test_what_is_over_is_erased_by_itself_and_not_viewed_any_more() -> None:
    assert said(program(), "retention.expire") == "○mgmt-4-overwrite"
    assert said(program(), "retention.expire", {"over": False}) == "×mgmt-4-overwrite"
    assert said(MANAGER, "retention.expire") == "×mgmt-4-overwrite"
    for verb in USES:
        assert said(MANAGER, verb, for_purposes("安全管理"), held=False) == "×mgmt-4-overwrite"


@pytest.mark.clause("shop-ops-4-wire")
@pytest.mark.usefixtures("shop")
def test_what_holds_data_is_fixed_in_its_place() -> None:
    assert said(MANAGER, "terminal.prepare") == "○既定"
    assert said(MANAGER, "terminal.prepare", {"wire": False}) == "×ops-4-wire"
    assert said(MANAGER, "camera.issue") == "×ops-4-wire"


@pytest.mark.usefixtures("shop")
def test_somebody_from_outside_can_do_nothing() -> None:
    other = holder("管理責任者", org=ELSEWHERE)
    for verb in (*USES, "ledger.read", "terminal.enrol", "viewing.close", "clock.move"):
        assert said(other, verb, {"own": True, "purposes": ["安全管理"]}) == "×ops-4"


@pytest.mark.clause("shop-rule-adopt", "shop-ops-4-log")
@pytest.mark.usefixtures("shop")
def test_the_shop_adopts_its_rules_and_both_answers_are_written() -> None:
    here = Thing("Org", ORG, ORG)
    days = {"retention.days": "14"}
    adopt_by(here, "shop", days, by=holder("店長"))
    with pytest.raises(Refusal):
        adopt_by(here, "shop", days, by=holder("従業員"))
    lines = [(b["kind"], b["clause"]) for b in map(_told, Entry.objects.order_by("pk"))]
    assert lines[-2:] == [("rulebook.adopted", "shop-rule-adopt"), ("refused", "shop-rule-adopt")]
    assert parameter(ORG, "retention.days") == 14


@pytest.mark.clause("shop-intro-minimum")
@pytest.mark.usefixtures("shop")
def test_recognition_and_joint_use_are_off_until_decided() -> None:
    assert parameter(ORG, "face.enabled") is False
    assert parameter(ORG, "joint.enabled") is False
    assert "顔認証：しない　共同利用：しない" in PRINTED


@pytest.mark.usefixtures("shop")
def test_a_shop_knows_no_night_duty() -> None:
    assert not is_night(ORG, NOON.replace(hour=2))


@pytest.mark.clause("shop-intro-sign")
def test_the_sign_has_a_japanese_and_an_english_line() -> None:
    sign = PRINTED.partition("## 別紙")[2]
    assert "防犯カメラ稼働中" in sign
    assert "Security cameras in use" in sign
    assert "安全管理及び盗難防止のため" in sign


@pytest.mark.clause("shop-joint-1", "shop-joint-5")
def test_the_five_matters_of_joint_use_are_printed_from_the_agreement() -> None:
    for words in (
        "①　共同で利用すること",
        "②　どのデータを共同で利用するか：画像、事案の日",
        "③　誰と誰が共同で利用するか：みどり書店、あおば薬局",
        "④　何のために利用するか：万引防止",
        "⑤　誰が責任を負うか：株式会社みどり書店、東京都千代田区、代表取締役 緑川 薫",
    ):
        assert words in PRINTED


@pytest.mark.clause("shop-version")
def test_the_law_is_printed_as_it_stands_now() -> None:
    assert "平成28年12月に出し、令和4年2月に改めた" in PRINTED
    assert "第27条第5項第3号" in PRINTED
    assert not re.search("第23条|第18条第4項|第16条", PRINTED)
    assert BOOK.law("joint-use").as_printed == "個人情報保護法第23条5項3号"


@pytest.mark.clause("shop-version")
@pytest.mark.parametrize("address", ["/rules/", "/board/at/MINATO/shop-joint/"])
@pytest.mark.usefixtures("fresh_home", "db")
def test_a_citation_stands_beside_the_article_as_it_is_now(address: str) -> None:
    here, client = standing.shop(), Client()
    client.force_login(here.people["mori"], backend=BACKEND)
    acknowledge(here.people["mori"], by=here.by("mori"))
    page = client.get(address).content.decode()
    printed = page.index("個人情報保護法第23条5項3号")
    assert page.index("個人情報の保護に関する法律第27条第5項第3号", printed) - printed < 400


@pytest.mark.clause("shop-licence")
def test_the_document_is_not_copied() -> None:
    if not SEED.exists():
        pytest.skip("the shops' document lies in ../shared: wording not compared with it")
    theirs = _bare(SEED.read_text("utf-8"))
    ours = [PRINTED, *(c.ja for c in BOOK.clauses), *(g.ja for g in BOOK.grounds)]
    policies = (BOOK.folder / "policy.cedar").read_text("utf-8")
    for line in "\n".join([*ours, policies]).splitlines():
        words = _bare(line).replace(_bare("工業会 日本万引防止システム協会"), "")
        for at in range(len(words) - LONGEST + 1):
            assert words[at : at + LONGEST] not in theirs, line


def _told(line: Entry) -> dict[str, object]:
    body: dict[str, object] = json.loads(bytes(line.body))
    return body


def _bare(text: str) -> str:
    return re.sub(r"[\s　、。]", "", text)
