"""第4 4 and 第6 of the police's rules, carried out: every gap, place and consent is asked for."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.cameras.models import Checkout
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger.tally import tally
from hokanko.rehearsal.cast import Cast
from hokanko.retention.asking import Request
from hokanko.retention.early import ask_erasure
from hokanko.retention.texts import Said
from hokanko.shifts import actions, queries
from hokanko.shifts.models import Explanation, Passage
from hokanko.shifts.texts import read
from tests.shifts.outing import DAY, at, back, film, out
from tests.web.visitors import browser, kinds_written


def explain(cast: Cast, shift: Checkout, ground: str = "", words: str = "") -> Explanation:
    """佐藤 explains the first gap that is asked about."""
    gap = queries.shift(shift).unexplained[0]
    sato, by = cast.people["sato"], cast.as_actor("sato")
    return actions.explain(shift, gap, ground=ground, words=words, teller=sato, by=by)


def mark(cast: Cast, shift: Checkout, piece: Footage, place: str) -> Passage:
    """佐藤 says where a whole piece was filmed."""
    assert piece.captured is not None
    return actions.mark(
        shift,
        piece,
        begun=piece.captured,
        ended=at("16:50"),
        place=place,
        marker=cast.people["sato"],
        by=cast.as_actor("sato"),
    )


def close(cast: Cast, shift: Checkout) -> None:
    """田中 closes the shift."""
    actions.close(shift, closer=cast.people["tanaka"], by=cast.as_actor("tanaka"))


def refused_to_close(cast: Cast, shift: Checkout) -> str | None:
    """The clause on which closing is refused."""
    with pytest.raises(Refusal) as no:
        close(cast, shift)
    return no.value.clause


def test_a_shift_without_gaps_is_closed(unit: Cast) -> None:
    out(unit)
    film(unit, "09:05", "16:50")
    shift = back(unit, "17:00")
    close(unit, shift)
    assert queries.shift(shift).closing is not None
    with pytest.raises(Conflict):
        close(unit, shift)
    assert kinds_written()[-1] == "shift.closed"


def test_a_camera_still_out_keeps_its_shift_open(unit: Cast) -> None:
    shift = out(unit)
    film(unit, "09:05", "09:06")
    assert refused_to_close(unit, shift) is None


def test_the_officer_does_not_close_his_own_shift(unit: Cast) -> None:
    out(unit)
    film(unit, "09:05", "16:50")
    shift = back(unit, "17:00")
    with pytest.raises(Refusal) as no:
        actions.close(shift, closer=unit.people["sato"], by=unit.as_actor("sato"))
    assert no.value.who_may == ("運用主任者", "運用担当者")


@pytest.mark.clause("police-4.4")
def test_eight_hours_out_without_footage_ask_for_words(unit: Cast) -> None:
    out(unit)
    shift = back(unit, "17:00")
    assert refused_to_close(unit, shift) == "police-4.4"
    assert (
        "撮影のない持ち出し" in browser(unit, "sato").get(f"/shifts/{shift.pk}/").content.decode()
    )
    with pytest.raises(Refusal) as no:
        explain(unit, shift)
    assert no.value.clause == "police-4.4"
    explain(unit, shift, words="署内で取調べの補助に当たった。")
    close(unit, shift)


@pytest.mark.clause("police-6.1-start")
def test_a_late_start_asks_for_a_reason_and_keeps_it(unit: Cast) -> None:
    out(unit)
    film(unit, "10:30", "16:50")
    shift = back(unit, "17:00")
    (gap,) = queries.shift(shift).unexplained
    assert (gap.kind, gap.minutes) == ("late-start", 90)
    assert refused_to_close(unit, shift) == "police-6.1-start"
    with pytest.raises(Refusal) as no:
        explain(unit, shift)
    assert no.value.clause == "police-6.1-start"
    told = explain(unit, shift, words="出発前の点呼が長引いた。")
    assert read("explanation", told.pk, told.words) == "出発前の点呼が長引いた。"
    close(unit, shift)


@pytest.mark.clause("police-6.1-stop")
def test_an_early_stop_asks_for_a_reason(unit: Cast) -> None:
    out(unit)
    film(unit, "09:05", "15:00")
    shift = back(unit, "17:00")
    assert refused_to_close(unit, shift) == "police-6.1-stop"
    with pytest.raises(Refusal) as no:
        explain(unit, shift)
    assert no.value.clause == "police-6.1-stop"
    explain(unit, shift, words="電池が切れた。")
    close(unit, shift)


def three_pauses(cast: Cast) -> Checkout:
    """A shift with three short pauses."""
    out(cast)
    for begun, ended in (("09:05", "10:00"), ("10:10", "11:00"), ("11:10", "13:00")):
        film(cast, begun, ended)
    film(cast, "13:10", "16:50")
    return back(cast, "17:00")


@pytest.mark.clause("police-6.2")
def test_the_third_pause_is_asked_for(unit: Cast) -> None:
    shift = three_pauses(unit)
    explain(unit, shift, "ア")
    explain(unit, shift, "イ")
    (third,) = queries.shift(shift).unexplained
    assert third.begun == at("13:00")
    assert refused_to_close(unit, shift) == "police-6.2"
    with pytest.raises(Refusal) as no:
        explain(unit, shift)
    assert no.value.clause == "police-6.2"
    explain(unit, shift, "ア")
    close(unit, shift)


@pytest.mark.clause("police-6.2-a")
def test_the_form_offers_each_ground_in_full(unit: Cast) -> None:
    shift = three_pauses(unit)
    page = browser(unit, "sato").get(f"/shifts/{shift.pk}/").content.decode()
    assert page.count("居宅、事務所その他の不特定多数の者の出入りが想定されない場所") >= 3
    assert page.count("交通切符等の書類を作成する場合") == 3


@pytest.mark.clause("police-6.2-b")
def test_pauses_are_counted_by_ground(unit: Cast) -> None:
    shift = three_pauses(unit)
    for ground in ("イ", "ア", "イ"):
        explain(unit, shift, ground)
    assert queries.pauses_by_ground("CHUO", DAY, DAY) == Counter({"イ": 2, "ア": 1})
    around = (DAY - timedelta(days=1), DAY + timedelta(days=1))
    counted = tally("CHUO", *around, {"shift.explained": "ground"})
    assert counted["shift.explained:イ"] == 2
    page = browser(unit, "takahashi").get("/shifts/month/", {"month": "2025-11"})
    rows = page.context["grounds"]
    assert [(ground.id, count) for ground, count in rows] == [("ア", 1), ("イ", 2), ("ウ", 0)]
    assert "佐藤 健" in page.content.decode()


@pytest.mark.clause("police-6.2-c")
def test_a_hindrance_needs_its_words(unit: Cast) -> None:
    shift = three_pauses(unit)
    with pytest.raises(Refusal) as no:
        explain(unit, shift, "ウ", "  ")
    assert no.value.clause == "police-6.2-c"
    explain(unit, shift, "ウ", "相談者が撮影を強くおそれた。")
    assert len(queries.shift(shift).unexplained) == 2


@pytest.mark.clause("police-6.2-resume")
def test_a_long_pause_asks_why_it_was_not_resumed(unit: Cast) -> None:
    out(unit)
    film(unit, "09:05", "10:00")
    film(unit, "11:30", "16:50")
    shift = back(unit, "17:00")
    (gap,) = queries.shift(shift).unexplained
    assert (gap.minutes, gap.is_long) == (90, True)
    with pytest.raises(Refusal) as no:
        explain(unit, shift, "ア")
    assert no.value.clause == "police-6.2-resume"
    explain(unit, shift, "ア", "居宅での事情聴取が続いた。")
    close(unit, shift)


@pytest.mark.clause("police-6.1")
def test_a_stretch_inside_a_home_is_outside_the_rules(unit: Cast) -> None:
    out(unit)
    piece = film(unit, "09:05", "16:50")
    shift = back(unit, "17:00")
    passage = mark(unit, shift, piece, "home")
    piece.refresh_from_db()
    assert passage.outside
    assert "outside-rules" in piece.flags
    page = browser(unit, "takahashi").get(f"/shifts/{shift.pk}/").content.decode()
    assert "第6によらない撮影" in page
    link = re.search(r"/retention/cases/ask/[^\"]+", page)
    assert link is not None
    form = browser(unit, "takahashi").get(html.unescape(link[0])).content.decode()
    for told in (
        piece.number,
        "police-6.1",
        passage.begun.astimezone(clock.TOKYO).isoformat()[:19],
    ):
        assert f'value="{told}"' in form
    case = ask_erasure(
        piece,
        limb="departed",
        request=Request(
            departs="police-6.1",
            begun=passage.begun,
            ended=passage.ended,
            subject_asked_on=clock.today(),
            said=Said(
                departed="居宅の中",
                asked_by_subject="本人から申出",
                identified="面識がある",
                needs="ない",
            ),
        ),
        asker=unit.people["takahashi"],
        by=unit.as_actor("takahashi"),
    )
    assert case.state == "asked"


def test_outdoors_is_what_the_rules_have_filmed(unit: Cast) -> None:
    out(unit)
    piece = film(unit, "09:05", "16:50")
    passage = mark(unit, back(unit, "17:00"), piece, "outdoors")
    piece.refresh_from_db()
    assert not passage.outside
    assert "outside-rules" not in piece.flags


@pytest.mark.clause("police-6.3.4")
@pytest.mark.parametrize("outcome", ["obtained", "refused", "could-not"])
def test_premises_of_others_need_their_managers_word(unit: Cast, outcome: str) -> None:
    out(unit)
    piece = film(unit, "09:05", "16:50")
    shift = back(unit, "17:00")
    passage = mark(unit, shift, piece, "open")
    assert refused_to_close(unit, shift) == "police-6.3.4"
    given = actions.consent(
        passage,
        premises="駅前百貨店",
        manager="南 太郎",
        asked="after",
        outcome=outcome,
        teller=unit.people["sato"],
        by=unit.as_actor("sato"),
    )
    assert "南".encode() not in bytes(given.manager)
    close(unit, shift)


def test_no_other_outcome_is_taken(unit: Cast) -> None:
    out(unit)
    passage = mark(unit, out_and_back(unit), Footage.objects.get(), "open")
    with pytest.raises(Refusal) as no:
        actions.consent(
            passage,
            premises="駅前百貨店",
            manager="",
            asked="after",
            outcome="perhaps",
            teller=unit.people["sato"],
            by=unit.as_actor("sato"),
        )
    assert no.value.clause == "police-6.3.4"


def out_and_back(cast: Cast) -> Checkout:
    """One piece without a gap."""
    film(cast, "09:05", "16:50")
    return back(cast, "17:00")


def test_footage_of_another_time_is_not_marked(unit: Cast) -> None:
    out(unit)
    shift = out_and_back(unit)
    later = film(unit, "18:00", "18:10")
    with pytest.raises(Conflict):
        actions.mark(
            shift,
            later,
            begun=at("18:00"),
            ended=at("18:10"),
            place="home",
            marker=unit.people["sato"],
            by=unit.as_actor("sato"),
        )


def test_a_gap_is_explained_once(unit: Cast) -> None:
    shift = three_pauses(unit)
    gap = queries.shift(shift).unexplained[0]
    explain(unit, shift, "ア")
    with pytest.raises(Conflict):
        actions.explain(
            shift, gap, ground="ア", teller=unit.people["sato"], by=unit.as_actor("sato")
        )


def test_a_colleague_without_a_post_explains_nothing(unit: Cast) -> None:
    shift = three_pauses(unit)
    gap = queries.shift(shift).unexplained[0]
    with pytest.raises(Refusal) as no:
        actions.explain(shift, gap, ground="ア", teller=unit.people["ito"], by=unit.as_actor("ito"))
    assert no.value.clause == "police-6.2"


def test_what_was_said_of_the_whole_holds_for_its_parts(unit: Cast) -> None:
    shift = three_pauses(unit)
    explain(unit, shift, "ア")
    film(unit, "10:04", "10:06")
    assert [gap.begun for gap in queries.shift(shift).unexplained] == [at("11:00"), at("13:00")]


def test_facilities_that_consent_are_kept_as_a_list(unit: Cast) -> None:
    out(unit)
    piece = film(unit, "09:05", "16:50")
    shift = back(unit, "17:00")
    by = unit.as_actor("takahashi")
    row = actions.enter_premises(
        unit.station, premises="駅前百貨店", manager="南 太郎", since=DAY, by=by
    )
    passage = mark(unit, shift, piece, "open")
    said = {"standing": row.pk, "asked": "before", "outcome": "obtained"}
    browser(unit, "sato").post(f"/shifts/consent/{passage.pk}/", said)
    assert passage.consents.get().premises == "駅前百貨店"
    close(unit, shift)
    actions.end_premises(row, by=by)
    assert list(queries.standing("CHUO")) == []
    with pytest.raises(Conflict):
        actions.end_premises(row, by=by)
