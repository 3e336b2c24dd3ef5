"""The life of evidence, clause by clause: missing → overdue, given → held, stale → overdue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.audit.board import rows
from hokanko.audit.scope import Scope
from hokanko.cameras import sites
from hokanko.cameras.models import Camera, Sign
from hokanko.errors import Refusal
from hokanko.people.models import Appointment, Terminal
from hokanko.people.standing import required_posts
from tests.audit.desk import days_pass, enter_for, give, holder, row, settled
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.web.visitors import BACKEND, browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")

LIVES = [
    pytest.param("ward-5.1-cabinet", marks=pytest.mark.clause("ward-5.1-cabinet")),
    pytest.param("ward-7.1-periodic", marks=pytest.mark.clause("ward-7.1-periodic")),
    pytest.param("pref-resp", marks=pytest.mark.clause("pref-resp")),
    pytest.param("pref-img-room", marks=pytest.mark.clause("pref-img-room")),
    pytest.param("pref-img-virus", marks=pytest.mark.clause("pref-img-virus")),
    pytest.param("home-2.4", marks=pytest.mark.clause("home-2.4")),
    pytest.param("shop-mgmt-11", marks=pytest.mark.clause("shop-mgmt-11")),
    pytest.param("shop-ops-4-virus", marks=pytest.mark.clause("shop-ops-4-virus")),
    pytest.param("shop-ops-4-wire", marks=pytest.mark.clause("shop-ops-4-wire")),
    pytest.param("shop-mgmt-10", marks=pytest.mark.clause("shop-mgmt-10")),
    pytest.param(
        "shop-qa-1-11-conventional-sign", marks=pytest.mark.clause("shop-qa-1-11-conventional-sign")
    ),
    "police-5.1.2",
    "police-8.1.2",
    "police-10-drill",
    "ward-5.1-carry",
    "ward-5.1-entry",
    "pref-img-cabinet",
    "pref-maint",
    "shop-intro-notice",
    "shop-mgmt-2",
    "shop-qa-1-11-sign",
    "shop-ops-9",
    "police-notice-5-operate",
    "police-4.1",
]
ONCE = [
    pytest.param("home-2.5-c", marks=pytest.mark.clause("home-2.5-c")),
    "police-4.2",
    "police-6.3.1",
]
LOOKING_BACK = {  # first due when one interval is over
    "ward-7.1-periodic",
    "pref-maint",
    "home-2.4",
    "shop-mgmt-11",
    "police-notice-5-operate",
}
ABOVE = {"police-notice-5-operate"}  # owed by the headquarters


def with_things(code: str) -> Founded:
    """The organisation with a camera and a terminal, and nobody missing from its posts."""
    here = settled(code)
    now = clock.now()
    for post in required_posts(here.org):
        Appointment.objects.create(
            org=here.org, post=post.id, person=here.people["kanri"], since=now
        )
    Camera.objects.create(
        org=here.org,
        number="1",
        kind="fixed",
        registered_at=now,
        activated_at=now,
        display_only=True,
    )
    Terminal.objects.create(
        org=here.org,
        name="事務室の端末",
        place="事務室",
        wire_checked_on=now.date(),
        enrolled_at=now,
    )
    return here


@pytest.mark.parametrize("clause", LIVES)
def test_evidence_is_missing_then_held_then_stale(clause: str) -> None:
    here = with_things(clause.partition("-")[0])
    if clause in LOOKING_BACK:
        first = row(here.org, clause)
        assert (first.label, first.owed) == ("quiet", ())
        assert first.due is not None
        days_pass((first.due - clock.today()).days)
    assert row(here.org, clause).state == "overdue"
    assert row(here.org, clause).owed[0].who
    enter_for(here, clause)
    held = row(here.org, clause)
    assert (held.state, held.owed) == ("evidenced", ())
    assert held.finding.last == clock.today()
    due = held.due
    assert due is not None
    days_pass((due - clock.today()).days)
    assert row(here.org, clause).state == "evidenced"
    days_pass(1)
    stale = row(here.org, clause)
    assert stale.state == "overdue"
    assert [each.due for each in stale.owed] == [due] * len(stale.owed)


@pytest.mark.parametrize("clause", ONCE)
def test_evidence_of_what_stays_is_missing_then_held(clause: str) -> None:
    here = with_things(clause.partition("-")[0])
    assert row(here.org, clause).state == "overdue"
    enter_for(here, clause)
    days_pass(1000)
    assert row(here.org, clause).state == "evidenced"


def test_the_interval_of_the_ward_s_inspection_is_the_number_it_filled_in() -> None:
    here = with_things("ward")
    seven_months_ago = clock.add_months(clock.today(), -7)
    about = f"camera:{Camera.objects.get().pk}"
    give(here, "inspection", ["ward-7.1-periodic"], about=about, on=seven_months_ago)
    found = row(here.org, "ward-7.1-periodic")
    assert found.state == "overdue"
    assert "カメラ 1" in found.owed[0].ja
    assert found.due == clock.add_months(seven_months_ago, 6)


@pytest.mark.parametrize("clause", ["shop-mgmt-10", "shop-qa-1-11-conventional-sign"])
def test_what_is_only_urged_calls_for_attention(clause: str) -> None:
    here = with_things("shop")
    found = row(here.org, clause)
    assert (found.state, found.label) == ("overdue", "attention")


@pytest.mark.clause("shop-intro-notice")
def test_a_notice_inside_leaves_the_one_at_the_storefront_missing() -> None:
    here = settled("shop")
    give(here, "evidence", ["shop-intro-notice"], about="part:店内")
    owed = row(here.org, "shop-intro-notice").owed
    assert [each.about for each in owed] == ["part:店外"]


@pytest.mark.clause("shop-intro-notice")
def test_a_sign_that_hangs_with_its_photograph_is_not_entered_again() -> None:
    here = standing.shop()
    camera = standing.sited(here, standing.square(here))
    standing.signed(here, camera, place="レジの横")
    assert [each.about for each in row(here.org, "shop-intro-notice").owed] == ["part:店外"]
    for clause in ("shop-mgmt-2", "shop-qa-1-11-sign", "shop-qa-1-11-conventional-sign"):
        assert row(here.org, clause).owed == (), clause
    sites.state_entrances(camera.site, {"入口": ""}, by=here.by("mori"))  # type: ignore[arg-type]
    standing.signed(here, camera, place="扉", entrance="入口")
    assert row(here.org, "shop-intro-notice").owed == ()
    Sign.objects.update(photo=None)
    assert len(row(here.org, "shop-intro-notice").owed) == 2


def test_a_sign_at_the_door_alone_leaves_the_one_inside_missing() -> None:
    here = standing.shop()
    camera = standing.sited(here, standing.square(here))
    sites.state_entrances(camera.site, {"入口": ""}, by=here.by("mori"))  # type: ignore[arg-type]
    standing.signed(here, camera, place="扉", entrance="入口")
    assert [each.about for each in row(here.org, "shop-intro-notice").owed] == ["part:店内"]
    assert row(here.org, "shop-mgmt-2").owed
    assert row(here.org, "shop-qa-1-11-sign").owed == ()


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param("ward-3.3-d", marks=pytest.mark.clause("ward-3.3-d")),
        pytest.param("shop-intro-ppc", marks=pytest.mark.clause("shop-intro-ppc")),
    ],
)
def test_an_attestation_that_is_too_old_is_asked_for_again(clause: str) -> None:
    here = settled(clause.partition("-")[0])
    assert row(here.org, clause).label == "open"
    enter_for(here, clause)
    assert row(here.org, clause).label == "outside"
    days_pass(366)
    found = row(here.org, clause)
    assert (found.state, found.label) == ("outside", "open")


@pytest.mark.clause("police-notice-5-operate")
@pytest.mark.parametrize("code", ["ward", "pref", "home", "shop", "police"])
def test_every_clause_stands_on_the_board_once_with_a_state(code: str) -> None:
    here = settled(code)
    board = rows(here.org)
    assert [each.clause.id for each in board] == [c.id for c in Scope(here.org).book.clauses]
    states = {"enforced", "evidenced", "overdue", "printed", "outside"}
    assert {each.state for each in board} <= states


@pytest.mark.clause("ward-2.1")
def test_more_cameras_than_enacted_show_as_a_mismatch() -> None:
    here, now = settled("ward"), clock.now()
    for number in "12":
        Camera.objects.create(
            org=here.org, number=number, kind="fixed", registered_at=now, activated_at=now
        )
    assert row(here.org, "ward-2.1").owed == ()
    Camera.objects.create(
        org=here.org, number="3", kind="fixed", registered_at=now, activated_at=now
    )
    found = row(here.org, "ward-2.1")
    assert found.state == "overdue"
    assert "2 台" in found.owed[0].ja
    assert "3 台" in found.owed[0].ja


@pytest.mark.clause("shop-mgmt-10-key")
def test_a_key_lent_and_not_returned_is_listed() -> None:
    here, soon = settled("shop"), clock.today() + timedelta(days=1)
    lent = give(here, "key", ["shop-mgmt-10-key"], expires_on=soon)
    assert row(here.org, "shop-mgmt-10-key").owed == ()
    days_pass(2)
    assert f"第{lent.number}号" in row(here.org, "shop-mgmt-10-key").owed[0].ja
    give(here, "key", ["shop-mgmt-10-key"], about=f"evidence:{lent.pk}")
    assert row(here.org, "shop-mgmt-10-key").owed == ()


@pytest.mark.clause("shop-ops-5")
def test_a_print_past_its_day_is_owed_until_it_is_shredded() -> None:
    here, soon = settled("shop"), clock.today() + timedelta(days=30)
    give(here, "key", ["shop-ops-5-key"], place="金庫")
    printed = give(here, "print", ["shop-ops-5"], place="金庫", expires_on=soon)
    assert row(here.org, "shop-ops-5").state == "evidenced"
    days_pass(31)
    assert row(here.org, "shop-ops-5").state == "overdue"
    give(here, "print", ["shop-ops-5"], place="金庫", about=f"evidence:{printed.pk}")
    assert row(here.org, "shop-ops-5").state == "evidenced"


@pytest.mark.clause("shop-ops-5-key")
def test_a_print_is_not_assigned_to_a_place_without_a_key_holder() -> None:
    here = settled("shop")
    with pytest.raises(Refusal) as no:
        give(here, "print", ["shop-ops-5"], place="引き出し")
    assert no.value.clause == "shop-ops-5-key"
    give(here, "key", ["shop-ops-5-key"], place="引き出し", post="鍵の管理者")
    give(here, "print", ["shop-ops-5"], place="引き出し")


@pytest.mark.clause("shop-ops-5-carry")
def test_a_print_is_taken_out_by_a_manager_s_entry_only() -> None:
    here = settled("shop")
    with pytest.raises(Refusal) as no:
        give(here, "takeout", ["shop-ops-5-carry"], post="店長")
    assert no.value.clause == "shop-ops-5-carry"
    assert no.value.who_may == ("管理責任者", "管理副責任者")
    with pytest.raises(Refusal, match="返す期限") as no:
        give(here, "takeout", ["shop-ops-5-carry"])
    assert no.value.clause == "shop-ops-5-carry"
    soon = clock.today() + timedelta(days=1)
    taken = give(here, "takeout", ["shop-ops-5-carry"], expires_on=soon)
    back = give(here, "takeout", ["shop-ops-5-carry"], about=f"evidence:{taken.pk}")
    assert back.expires_on is None


@pytest.mark.clause("shop-ops-5-carry")
def test_staff_who_would_enter_a_print_taken_out_are_told_whose_entry_it_is() -> None:
    here = standing.shop()
    here.register("mori", "hara", "原 店員", "従業員")
    client = Client()
    client.force_login(here.people["hara"], backend=BACKEND)
    said = {"on": str(clock.today()), "what": "静止画", "bearer": "原", "purpose": "届ける"}
    answer = client.post(f"/registers/at/{here.org.pk}/takeout/enter/", said)
    assert answer.status_code == 403
    assert "[shop-ops-5-carry]" in answer.content.decode()


@pytest.mark.clause("shop-basic-2")
def test_the_review_waits_for_the_other_measures() -> None:
    here = settled("shop")
    with pytest.raises(Refusal) as no:
        give(here, "review", ["shop-mgmt-11"], others="")
    assert no.value.clause == "shop-basic-2"
    give(here, "review", ["shop-mgmt-11"], others="声かけ、見回り、棚の配置")


@pytest.mark.clause("ward-5.1-cabinet")
def test_a_medium_without_a_cabinet_is_not_registered() -> None:
    here = settled("ward")
    with pytest.raises(Refusal) as no:
        give(here, "medium", [], name="HDD-1", cabinet="")
    assert no.value.clause == "ward-5.1-cabinet"


@pytest.mark.clause("ward-5.1-carry")
def test_a_ward_s_medium_is_not_taken_out() -> None:
    here = settled("ward")
    with pytest.raises(Refusal) as no:
        give(here, "takeout", [], what="HDD-1")
    assert no.value.clause == "ward-5.1-carry"
    assert "提供" in no.value.ja
    assert "廃棄" in no.value.ja


@pytest.mark.clause("ward-7.1")
def test_a_silent_camera_is_not_ticked_normal_without_a_remark() -> None:
    here = with_things("ward")
    with pytest.raises(Refusal) as no:
        give(here, "daily", ["ward-7.1"], result="normal", remark="")
    assert no.value.clause == "ward-7.1"
    give(here, "daily", ["ward-7.1"], result="normal", remark="機器の画面で録画を確かめた")
    assert row(here.org, "ward-7.1").state == "evidenced"
    days_pass(2)
    assert row(here.org, "ward-7.1").state == "overdue"


@pytest.mark.clause("pref-img-carry")
def test_an_inspection_is_not_passed_while_a_medium_has_no_measure() -> None:
    here = with_things("pref")
    medium = give(here, "medium", [], name="録画装置")
    with pytest.raises(Refusal) as no:
        give(here, "inspection", ["pref-maint"], result="normal")
    assert no.value.clause == "pref-img-carry"
    page = browser(here, "kanri").get(f"/registers/at/{here.org.pk}/inspection/enter/")
    assert f"/measure/enter/?about=medium%3A{medium.pk}" in page.content.decode()
    give(here, "measure", ["pref-img-carry"])
    with pytest.raises(Refusal):
        give(here, "inspection", ["pref-maint"], result="normal")
    give(here, "measure", ["pref-img-carry"], about=f"medium:{medium.pk}")
    give(here, "inspection", ["pref-maint"], result="normal")


@pytest.mark.clause("pref-img-carry")
def test_an_inspection_is_not_passed_while_a_sites_recorder_is_in_no_register() -> None:
    here = with_things("pref")
    Camera.objects.update(activated_at=clock.now(), display_only=False)
    with pytest.raises(Refusal) as no:
        give(here, "inspection", ["pref-maint"], result="normal")
    assert no.value.clause == "pref-img-carry"
    assert "録画装置が記録媒体台帳にない" in no.value.ja
    give(here, "inspection", ["pref-maint"], result="fault")
    recorder = give(here, "medium", [], name="録画装置", cameras="1")
    with pytest.raises(Refusal) as no:
        give(here, "inspection", ["pref-maint"], result="normal")
    assert "措置の記録がない" in no.value.ja
    give(here, "measure", ["pref-img-carry"], about=f"medium:{recorder.pk}")
    give(here, "inspection", ["pref-maint"], result="normal")


def test_the_headquarters_evidence_counts_for_what_it_owes() -> None:
    here = settled("police")
    actor = holder(here, "総括運用管理者")
    assert actor.posts == ("総括運用管理者@HERE",)
    days_pass(30)
    owed = row(here.org, "police-notice-5-operate").owed
    assert owed[0].who == ("総括運用管理者",)
    assert isinstance(owed[0].due, date)
