"""Clauses of seed 001 at work: a shopping street's cameras under its own rulebook."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from hokanko import clock
from hokanko.cameras.checkout import issue as take_out
from hokanko.errors import Refusal
from hokanko.footage.queries import thing
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people.appointing import appoint
from hokanko.people.queries import thing_of_org
from hokanko.people.readying import swear
from hokanko.rules import book as books
from hokanko.rules.actions import adopt
from hokanko.rules.actor import Thing
from hokanko.rules.decide import adoption, parameter
from hokanko.rules.models import Adoption
from hokanko.rules.policy import load as policies
from hokanko.rules.text import blanks, markdown
from hokanko.rules.verbs import VERBS
from hokanko.viewing import actions as viewing
from tests.audit.desk import days_pass, give, row, settled
from tests.clauses import offices
from tests.clauses.founded import Founded
from tests.fixtures import WORN
from tests.papers.samples import words
from tests.web.visitors import browser

BOOK = books.load("pref")
VALUES = offices.STREET
REQUEST = Thing("Provision", "1", "WAKASA")


@pytest.fixture
def street(fresh_home: Home, db: None) -> Founded:
    """設置者 wakasa, 管理責任者 mori, 操作取扱者 kishi, and hara without a post."""
    del fresh_home, db
    here = offices.street()
    here.register("mori", "hara", "原 店員")
    return here


def adopted(street: Founded, **values: str) -> str:
    """Adopt the rules again with other values, as the installer; the document they make."""
    told = VALUES | {name.replace("_", ".", 1): value for name, value in values.items()}
    adopt(thing_of_org(street.org), "pref", told, by=street.by("wakasa"))
    now = adoption(street.org.pk)
    assert now is not None
    return markdown(BOOK, now.values)


def without_recording(street: Founded) -> str:
    """The page that refuses a camera which records nothing."""
    told = {"number": "2", "serial": "S2", "kind": "fixed", "display_only": "on"}
    answer = browser(street, "mori").post("/cameras/at/WAKASA/register/", told)
    assert answer.status_code == 403
    return answer.content.decode()


@pytest.mark.clause("pref-nature")
def test_a_refusal_speaks_of_a_guideline_and_of_no_ban(street: Founded) -> None:
    no = street.refused("hara", "viewing.open", thing(street.take_in("kishi")))
    assert "指針" in no.ja
    assert "guideline" in no.en
    assert parameter("WAKASA", "doc.force") == "guideline"
    assert '<span class="tag bad">指針による</span>' in without_recording(street)
    cited = policies(BOOK.folder).policies.values()
    assert not [p.id for p in cited if any(word in p.ja for word in ("禁止", "違反", "違法"))]
    assert "何らかの規制を課すものではない" in markdown(BOOK, {})


@pytest.mark.clause("pref-nature")
def test_once_enacted_as_ones_own_rules_it_binds_and_says_so(street: Founded) -> None:
    about = thing(street.take_in("kishi"))
    Adoption.objects.filter(org="WAKASA").update(signed_at=clock.now())
    no = street.refused("hara", "viewing.open", about)
    assert "指針" not in no.ja
    assert "この規程" in no.ja
    assert "operating code" in no.en
    assert parameter("WAKASA", "doc.force") == "binding"
    seen = without_recording(street)
    assert '<span class="tag bad">この規程による</span>' in seen
    assert "この規程によれば、対象は、画像を記録媒体に保存する" in seen
    told = words(browser(street, "mori").get("/rules/paper.pdf").content)
    assert "文書の性質組織を拘束する規程" in told
    page = browser(street, "mori").get("/rules/").content.decode()
    assert "文書の性質：組織を拘束する規程" in page


@pytest.mark.clause("pref-effective")
def test_the_date_of_the_guideline_is_kept_and_printed() -> None:
    assert (BOOK.effective_from, BOOK.edition) == (date(2016, 11, 10), "2016-11-10")
    assert "平成28年11月10日施行" in markdown(BOOK, {})


def test_the_issuing_office_is_printed() -> None:
    assert "鳥取県庁くらしの安心推進課" in markdown(BOOK, {})


def test_eight_examples_of_places_are_printed() -> None:
    examples = BOOK.parameter("place.types").value
    assert isinstance(examples, tuple)
    assert len(examples) == 8
    assert f"【設置場所の例】{'、'.join(examples)}など" in markdown(BOOK, {})


@pytest.mark.clause("pref-basic-1")
def test_the_freedom_not_to_be_filmed_is_printed_and_nothing_publishes_footage() -> None:
    assert "みだりに撮影されたり、公表されたりすることのない自由" in markdown(BOOK, {})
    # a notice is words about cameras: it is asked of the organisation, never of footage
    public = {verb: VERBS[verb].thing for verb in VERBS if "publish" in verb or "share" in verb}
    assert public == {"notice.publish": "Org"}


@pytest.mark.clause("pref-purpose-limit")
def test_without_the_purpose_or_one_of_three_cases_nothing_is_seen(street: Founded) -> None:
    footage = street.take_in("kishi")
    for chosen in (["社内研修"], []):
        with pytest.raises(Refusal) as no:
            viewing.ask(footage, street.people["kishi"], chosen, "", by=street.by("kishi"))
        assert no.value.clause == "pref-purpose-limit"
    asked = viewing.ask(footage, street.people["kishi"], ["防犯"], "", by=street.by("kishi"))
    assert asked.purposes == ["防犯"]


@pytest.mark.clause("pref-operator")
def test_only_the_manager_designates_an_operator(street: Founded) -> None:
    for login in ("kanri", "wakasa", "kishi"):
        with pytest.raises(Refusal) as no:
            appoint(street.people["hara"], street.org, "操作取扱者", by=street.by(login))
        assert no.value.clause == "pref-operator"
    appoint(street.people["hara"], street.org, "操作取扱者", by=street.by("mori"))
    line = read.about(f"person:{street.people['hara'].pk}")[-1]
    assert (line.kind, line.clause) == ("post.appointed", "pref-operator")


@pytest.mark.clause("pref-operator-only")
def test_nobody_but_the_designated_operator_is_let_at_the_equipment(street: Founded) -> None:
    about = thing(street.take_in("kishi"))
    assert street.permitted("kishi", "viewing.open", about) == "pref-operator-only"
    for login in ("hara", "mori", "wakasa", "kanri"):
        assert street.refused(login, "viewing.open", about).clause == "pref-operator-only"
        assert street.refused(login, "intake.settle", about).clause == "pref-operator-only"
        assert street.refused(login, "provision.hand_over", REQUEST).clause == "pref-operator-only"
    lending = street.refused("mori", "viewing.decide", about)
    assert (lending.clause, lending.who_may) == ("pref-operator-only", ())


def test_a_manager_who_can_operate_does_so_and_designates_nobody(street: Founded) -> None:
    printed = adopted(street, operate_by="manager")
    assert "機器の操作等を行う者は、自ら操作する管理責任者とする。" in printed
    about = thing(street.take_in("mori"))
    assert street.permitted("mori", "viewing.open", about) == "pref-operator-only"
    assert street.refused("kishi", "viewing.open", about).clause == "pref-operator-only"
    with pytest.raises(Refusal) as no:
        appoint(street.people["hara"], street.org, "操作取扱者", by=street.by("mori"))
    assert no.value.clause == "pref-operator"
    assert "改めて採択" in no.value.ja


def test_nothing_is_copied_without_a_granted_request(street: Founded) -> None:
    no = street.refused("kishi", "provision.hand_over", REQUEST, decided=False)
    assert no.clause == "pref-img-copy"
    more = street.refused("kishi", "provision.hand_over", REQUEST, outside_wants=True)
    assert more.clause == "pref-img-copy"


def test_no_camera_is_taken_out(street: Founded) -> None:
    device = street.take_in("kishi").camera
    for login in street.people:
        with pytest.raises(Refusal) as no:
            take_out(device, street.people["kishi"], WORN, by=street.by(login))
        assert no.value.clause == "pref-img-carry"


def test_a_pc_that_handles_images_stands_where_the_rules_say(street: Founded) -> None:
    unit = thing_of_org(street.org)
    assert street.permitted("mori", "terminal.prepare", unit) is None
    elsewhere = street.refused("mori", "terminal.prepare", unit, place_allowed=False)
    assert elsewhere.clause == "pref-img-room"


@pytest.mark.clause("pref-img-period")
def test_more_than_a_month_is_adopted_only_with_a_written_reason(street: Founded) -> None:
    with pytest.raises(Refusal) as no:
        adopted(street, retention_days="60")
    assert (no.value.clause, no.value.mend_ja) == (
        "pref-img-period",
        "「保管期間の理由」（retention.reason）に理由を書いてください。",
    )
    assert parameter("WAKASA", "retention.days") == 30
    assert "31日間とする" in adopted(street, retention_days="31")
    why = "駐輪場の盗難が二か月後に届け出られるため"
    printed = adopted(street, retention_days="60", retention_reason=why)
    assert f"60日間とする。期間の理由：{why}" in printed
    assert parameter("WAKASA", "retention.days") == 60


def test_no_period_is_prolonged_or_cut_short(street: Founded) -> None:
    about = thing(street.take_in("kishi"))
    for verb in ("retention.extend", "retention.erase_by_hand", "erasure.ask", "erasure.decide"):
        for login in street.people:
            no = street.refused(login, verb, about)
            assert (no.clause, no.article) == (None, "ソフトウェアの既定")
            assert "指針に" in no.ja


@pytest.mark.clause("pref-use")
def test_the_persons_consent_is_no_ground(street: Founded) -> None:
    no = street.refused("mori", "provision.decide", REQUEST, ground_missing=True)
    assert no.clause == "pref-use"
    assert "本人の同意は、その中にありません" in no.ja
    assert not [ground for ground in BOOK.grounds if "同意" in ground.ja]


@pytest.mark.clause("pref-use-a")
@pytest.mark.parametrize(
    ("case", "clause"), [("①", "pref-use-a"), ("②", "pref-use-b"), ("③", "pref-use-c")]
)
def test_each_case_wants_what_shows_that_it_applies(
    street: Founded, case: str, clause: str
) -> None:
    told = {"purposes": [case], "note_missing": True}
    for verb, about in (
        ("provision.ask", thing_of_org(street.org)),
        ("viewing.open", thing(street.take_in("kishi"))),
    ):
        assert street.refused("kishi", verb, about, **told).clause == clause
        assert street.permitted("kishi", verb, about, **told | {"note_missing": False})


@pytest.mark.clause("pref-use-c")
def test_a_need_without_urgency_is_enough_here_and_not_in_a_ward(street: Founded) -> None:
    (need,) = [ground for ground in BOOK.grounds if ground.clause == "pref-use-c"]
    assert "緊急" not in need.ja + need.text_ja
    assert parameter("WAKASA", "ground.emergency.urgency") is False
    assert street.permitted("mori", "provision.decide", REQUEST) is None
    (urgent,) = [ground for ground in books.load("ward").grounds if ground.id == "ウ"]
    assert "緊急" in urgent.ja
    assert "緊急" in urgent.text_ja


@pytest.mark.clause("pref-secret")
def test_neither_footage_nor_cases_are_seen_before_the_oath(street: Founded) -> None:
    appoint(street.people["hara"], street.org, "操作取扱者", by=street.by("mori"))
    client = browser(street, "hara")
    for page in ("/footage/", "/cases/"):
        answer = client.get(page)
        assert answer.status_code == 403
        assert "[pref-secret]" in answer.content.decode()


@pytest.mark.clause("pref-secret")
def test_an_operator_who_has_not_sworn_opens_nothing(street: Founded) -> None:
    appoint(street.people["hara"], street.org, "操作取扱者", by=street.by("mori"))
    about = thing(street.take_in("kishi"))
    assert street.refused("hara", "viewing.open", about).clause == "pref-secret"
    no = street.refused("hara", "provision.hand_over", REQUEST)
    assert (no.clause, no.who_may) == ("pref-secret", ("設置者", "管理責任者"))
    swear(street.people["hara"], by=street.by("mori"))
    assert street.permitted("hara", "viewing.open", about) == "pref-operator-only"


@pytest.mark.clause("pref-law")
def test_the_act_in_force_is_printed_and_not_the_ordinance() -> None:
    printed = markdown(BOOK, {})
    assert "個人情報の保護に関する法律（平成15年法律第57号）等に定める" in printed
    assert "条例" not in printed
    assert BOOK.law("appi").since == date(2023, 4, 1)


@pytest.mark.clause("pref-law")
def test_a_statute_table_reviewed_over_a_year_ago_is_on_the_board(
    fresh_home: Home, db: None
) -> None:
    del fresh_home, db
    here = settled("pref")
    reviewed = BOOK.law("appi").reviewed
    assert reviewed is not None
    assert row(here.org, "pref-law").owed == ()
    clock.fix(datetime.combine(clock.add_months(reviewed, 12), time(12), clock.TOKYO))
    assert row(here.org, "pref-law").owed == ()
    days_pass(1)
    found = row(here.org, "pref-law")
    assert (found.state, found.owed[0].who) == ("overdue", ("設置者",))
    assert found.owed[0].ja.startswith(
        "個人情報の保護に関する法律（平成15年法律第57号）：条文の見直し"
    )
    give(here, "review", ["pref-law"])
    assert row(here.org, "pref-law").owed == ()


@pytest.mark.clause("pref-law")
def test_the_review_is_entered_where_the_board_asks_for_it(street: Founded) -> None:
    clock.fix(datetime.combine(clock.add_months(clock.today(), 13), time(12), clock.TOKYO))
    page = browser(street, "wakasa").get("/board/at/WAKASA/pref-law/").content.decode()
    form = "/registers/at/WAKASA/review/enter/"
    about = "about=law%3Aappi"
    assert f"{form}?clause=pref-law&amp;{about}" in page
    asked = browser(street, "wakasa").get(f"{form}?clause=pref-law&{about}").content.decode()
    assert '<option value="law:appi" selected>' in asked
    told = {
        "on": str(clock.today()),
        "clauses": ["pref-law"],
        "about": "law:appi",
        "items": "条番号に変わりなし",
    }
    answer = browser(street, "wakasa").post(f"{form}?clause=pref-law&{about}", told)
    assert row(street.org, "pref-law").owed == ()
    entered = browser(street, "wakasa").get(answer.headers["Location"]).content.decode()
    assert "個人情報の保護に関する法律（平成15年法律第57号）" in entered
    assert street.people["wakasa"].name in entered


@pytest.mark.clause("pref-rule")
def test_the_rules_are_printed_without_blanks_and_their_hash_is_on_the_ledger(
    street: Founded,
) -> None:
    now = adoption("WAKASA")
    assert now is not None
    assert blanks(BOOK, now.values) == ()
    assert "「　　　」" not in markdown(BOOK, now.values)
    (line,) = [a for a in read.about(thing_of_org(street.org).name) if a.kind == "rulebook.adopted"]
    assert line.facts["fingerprint"] == BOOK.fingerprint == now.fingerprint
