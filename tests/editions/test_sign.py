"""Editions: founded by one, drafted by one and signed by another; what stands against it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.editions.actions import draft, sign
from hokanko.editions.queries import editions, openings, rules_of, state, to_sign
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.people import actions as people
from hokanko.people.queries import HOME_THING, thing_of_org
from hokanko.rules import book as books
from hokanko.rules.actions import adopt
from hokanko.rules.actor import HOME, Actor, machine
from hokanko.rules.decide import adoption, is_enacted, is_signed, parameter, require
from hokanko.rules.models import Adoption
from hokanko.rules.text import markdown
from tests.clauses.founded import Founded, found
from tests.editions.offices import VALUES, amended, office, signed
from tests.rules.matrix import question


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    del fresh_home, db
    return office()


def provisional(here: Founded) -> Adoption:
    now = adoption(here.org.pk)
    assert now is not None
    return now


def last(kind: str) -> read.Act:
    return read.acts(Entry.objects.filter(kind=kind).order_by("-id")[:1])[0]


def test_an_organisation_begins_under_a_provisional_edition(ward: Founded) -> None:
    now = provisional(ward)
    assert (now.number, now.signed_at, state(now)) == (1, None, "provisional")
    assert parameter("AOBA", "retention.days") == 20
    assert not is_enacted("AOBA")
    assert to_sign("AOBA") == now


def test_the_second_person_enacts_the_founding_edition(ward: Founded) -> None:
    edition = signed(ward, provisional(ward))
    assert state(edition) == "running"
    assert is_enacted("AOBA")
    line = last("rulebook.signed")
    assert line.posts == ("設置者@AOBA",)
    assert line.clause == "ward-1-date"
    assert line.facts["fingerprint"] == edition.fingerprint
    assert line.facts["values"]["retention.days"] == 20
    assert to_sign("AOBA") is None


def test_who_drafted_it_does_not_sign_it(ward: Founded) -> None:
    edition = amended(ward, by="kucho", camera_count="13")
    with pytest.raises(Refusal, match="案を作った本人は署名できません") as no:
        signed(ward, edition, by="kucho")
    assert no.value.clause is None
    assert last("refused").facts["verb"] == "rulebook.sign"
    for login in ("kacho", "hara", "kanri"):
        with pytest.raises(Refusal) as no:
            signed(ward, edition, by=login)
        assert no.value.clause == "ward-1-date"
    assert not is_signed("AOBA")


def test_a_draft_changes_nothing_until_it_is_signed(ward: Founded) -> None:
    edition = amended(ward, camera_count="13")
    assert (state(edition), edition.number) == ("draft", 2)
    assert parameter("AOBA", "camera.count") == 12
    signed(ward, edition)
    assert parameter("AOBA", "camera.count") == 13
    assert parameter("AOBA", "org.name") == "青葉区"  # what the draft did not name stays
    assert [state(row) for row in editions("AOBA")] == ["running", "past"]


def test_only_the_newest_draft_is_signed_and_only_once(ward: Founded) -> None:
    old, new = amended(ward, camera_count="13"), amended(ward, camera_count="14")
    assert (state(old), state(new), new.number) == ("void", "draft", 2)
    with pytest.raises(Conflict, match="署名を待っている版ではありません"):
        signed(ward, old)
    signed(ward, new)
    with pytest.raises(Conflict):
        signed(ward, new)
    with pytest.raises(Missing):
        sign(ward.org, 10_000, by=ward.by("kucho"))


def test_nobody_without_the_post_drafts(ward: Founded) -> None:
    with pytest.raises(Refusal) as no:
        amended(ward, by="hara")
    assert no.value.clause == "ward-1-date"
    assert "設置者" in no.value.who_may


def test_a_signed_organisation_is_not_founded_again(ward: Founded) -> None:
    signed(ward, provisional(ward))
    with pytest.raises(Conflict, match="署名された版があります"):
        adopt(thing_of_org(ward.org), "ward", VALUES, by=ward.by("kucho"))
    with pytest.raises(Conflict, match="別の文書には替えられません"):
        draft(ward.org, "home", {}, "", by=ward.by("kucho"))
    with pytest.raises(Conflict, match="規程「nowhere」はありません"):
        draft(ward.org, "nowhere", {}, "", by=ward.by("kucho"))


def test_what_the_document_fixes_no_draft_changes(ward: Founded) -> None:
    with pytest.raises(Conflict, match="文書が定めており"):
        draft(ward.org, "ward", {"disposal.min_persons": "1"}, "", by=ward.by("kacho"))


def test_a_folder_altered_after_the_draft_is_not_signed(ward: Founded) -> None:
    edition = amended(ward)
    Adoption.objects.filter(pk=edition.pk).update(fingerprint="0" * 64)
    with pytest.raises(Conflict, match="ファイルが変わりました"):
        signed(ward, edition)


def test_an_altered_rulebook_says_what_to_do_and_a_draft_mends_it(ward: Founded) -> None:
    signed(ward, provisional(ward))
    Adoption.objects.filter(org="AOBA").update(fingerprint="0" * 64)
    with pytest.raises(Missing) as gone:
        require(ward.by("kacho"), "footage.list", thing_of_org(ward.org))
    assert "誰も採択していない規程は執行しません" in gone.value.ja
    assert "hokanko org sign" in gone.value.mend_ja
    signed(ward, amended(ward))
    require(ward.by("kacho"), "footage.list", thing_of_org(ward.org))


@pytest.mark.clause("ward-1-date")
def test_open_blanks_are_listed_and_nothing_is_enacted(fresh_home: Home, db: None) -> None:
    here = office({name: text for name, text in VALUES.items() if name != "doc.effective_from"})
    with pytest.raises(Refusal) as no:
        signed(here, provisional(here))
    assert (no.value.clause, no.value.article) == ("ward-1-date", "標題・日付欄")
    assert "制定年月日（doc.effective_from）" in no.value.mend_ja
    assert not is_enacted("AOBA")
    filled = amended(here, doc_effective_from="2026-04-01")
    signed(here, filled)
    assert is_enacted("AOBA")


@pytest.mark.clause("ward-3-combine")
def test_the_operators_may_stay_blank_where_the_manager_doubles(fresh_home: Home, db: None) -> None:
    here = office({name: text for name, text in VALUES.items() if name != "posts.operator_names"})
    before = rules_of(provisional(here))
    assert openings(here.org, before).blanks == ("posts.operator_names",)
    assert "操作担当者は「　　　」とする。" in markdown(before.book, before.values)
    signed(here, amended(here, posts_doubled="true"))
    now = rules_of(provisional(here))
    assert "操作担当者は" not in markdown(now.book, now.values)
    assert is_enacted("AOBA")  # the want of an operator stands against nothing


@pytest.mark.clause("ward-5.3")
def test_more_than_a_month_is_signed_only_with_its_reason(ward: Founded) -> None:
    bare = amended(ward, retention_days="30")
    bad = bare.values | {"retention.days": 40, "retention.reason": ""}
    Adoption.objects.filter(pk=bare.pk).update(values=bad)
    with pytest.raises(Refusal) as no:
        signed(ward, bare)
    assert no.value.clause == "ward-5.3"
    assert "retention.days" in no.value.mend_ja
    signed(ward, amended(ward, retention_days="40", retention_reason="届出が遅いため"))
    assert parameter("AOBA", "retention.days") == 40


def test_an_edition_waits_for_its_day_even_when_the_clock_is_set_back(ward: Founded) -> None:
    now = provisional(ward)
    Adoption.objects.filter(pk=now.pk).update(since=clock.now() + timedelta(days=3))
    assert adoption("AOBA") == now  # the first edition: nobody is lawless
    later = signed(ward, amended(ward, camera_count="13"))
    Adoption.objects.filter(pk=later.pk).update(since=clock.now() + timedelta(days=4))
    assert adoption("AOBA") == now


def test_a_household_signs_what_it_drafted_itself(fresh_home: Home, db: None) -> None:
    here = found("IE", "熊谷家", "home", {"org.name": "熊谷 一郎"})
    here.register("kanri", "kumagai", "熊谷 一郎", "設置者")
    told = {"camera.places": "玄関", "storage.places": "書斎"}
    edition = draft(here.org, "home", told, "", by=here.by("kumagai"))
    sign(here.org, edition.pk, by=here.by("kumagai"))
    assert is_enacted("IE")


@pytest.mark.clause("shop-mgmt-3")
def test_a_shop_needs_two_managers_before_its_rules_are_adopted(fresh_home: Home, db: None) -> None:
    here = found("MISE", "みどり書店", "shop", SHOP)
    here.register("kanri", "tencho", "店 長一", "店長")
    here.register("kanri", "seki", "責任 任子", "管理責任者")
    with pytest.raises(Refusal) as no:
        sign(here.org, provisional(here).pk, by=here.by("tencho"))
    assert no.value.clause == "shop-mgmt-3"
    here.register("kanri", "fuku", "副 二郎", "管理副責任者")
    sign(here.org, provisional(here).pk, by=here.by("tencho"))
    assert is_enacted("MISE")


def test_one_person_in_both_posts_is_not_two_managers(fresh_home: Home, db: None) -> None:
    here = found("MISE", "みどり書店", "shop", SHOP)
    here.register("kanri", "tencho", "店 長一", "店長")
    here.register("kanri", "seki", "責任 任子", "管理責任者")
    here.register("kanri", "fuku", "副 二郎", "管理副責任者")
    held = here.people["fuku"].appointments.get()
    held.person = here.people["seki"]
    held.save()
    with pytest.raises(Refusal) as no:
        sign(here.org, provisional(here).pk, by=here.by("tencho"))
    assert no.value.clause == "shop-mgmt-3"
    assert "責任 任子（管理責任者・管理副責任者）" in no.value.mend_ja


SHOP = {
    "org.name": "みどり書店 本店",
    "org.contact": "03-0000-0000",
    "posts.manager_name": "責任 任子",
    "posts.deputy_name": "副 二郎",
    "retention.days": "30",
    "retention.tolerance_days": "2",
    "disposal.methods": "破砕",
    "inspection.months": "12",
}


@pytest.mark.clause("shop-qa-1-11")
def test_rules_without_a_purpose_are_not_adopted(
    fresh_home: Home, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(books.ROOT, tmp_path / "rulebooks")
    text = tmp_path / "rulebooks" / "shop" / "book.toml"
    text.write_text(text.read_text().replace('value = ["安全管理", "盗難防止"]', "value = []", 1))
    monkeypatch.setattr(books, "ROOT", tmp_path / "rulebooks")
    here = found("MISE", "みどり書店", "shop", SHOP)
    here.register("kanri", "tencho", "店 長一", "店長")
    here.register("kanri", "seki", "責任 任子", "管理責任者")
    here.register("kanri", "fuku", "副 二郎", "管理副責任者")
    with pytest.raises(Refusal) as no:
        sign(here.org, provisional(here).pk, by=here.by("tencho"))
    assert no.value.clause == "shop-qa-1-11"
    assert not is_enacted("MISE")


def test_founding_is_judged_by_the_rulebook_itself_and_the_home_cites_no_document(
    fresh_home: Home, db: None
) -> None:
    here = found("AOBA", "青葉区", "ward", VALUES)
    here.register("kanri", "kucho", "青葉 区長", "設置者")
    assert last("rulebook.adopted").clause == "ward-1-date"
    nobody = Actor("p", "誰か", "AOBA", frozenset({("AOBA", "設置者")}))
    for verb in ("org.add", "backup.make", "fsck.mend"):
        in_order = question(verb, {})
        with pytest.raises(Refusal) as no:
            require(nobody, verb, HOME_THING, **in_order)
        assert (no.value.clause, no.value.article) == (None, "ソフトウェアの既定")
        assert require(here.by("kanri"), verb, HOME_THING, **in_order).clause is None
    require(machine("begin", HOME), "fsck.mend", HOME_THING)
    with pytest.raises(Refusal):
        people.found_home(
            login="x", name="x", password="x" * 12, rehearsal=False, vkey="", by=nobody
        )
