"""A ward office and the outsiders who ask it for images: seed 000, clause ６."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.formats.package_checks import check_package
from hokanko.ledger import read
from hokanko.provision import columns
from hokanko.provision.consenting import Said, record_consent
from hokanko.provision.form import SHOW
from hokanko.provision.handover import show_at_desk
from hokanko.provision.models import Provision
from hokanko.provision.queries import register_rows, thing
from hokanko.provision.reprint import record_paper, request_paper
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.provision.outside import (
    DAY,
    STATED,
    WHY,
    choose,
    hand,
    judge,
    taken_down,
    taker,
)


def refused(here: Founded, provision: Provision, ground: str, **said: object) -> str | None:
    """The clause with which the manager's grant is refused."""
    stated = said.pop("stated", {})
    with pytest.raises(Refusal) as no:
        judge(here, "mori", provision, ground, stated, **said)  # type: ignore[arg-type]
    return no.value.clause


def ready(here: Founded, **changes: object) -> Provision:
    """Granted on ground イ and chosen, waiting at the desk."""
    footage = here.take_in("kishi")
    provision = taken_down(here, "kishi", **changes)
    judge(here, "mori", provision, "イ", STATED["inquiry"])
    choose(here, "kishi", provision, footage)
    return provision


def test_the_police_get_what_they_asked_for(ward: Founded, tmp_path: Path) -> None:
    provision = ready(ward)
    done = hand(ward, "kishi", provision, tmp_path / "package")
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    assert sorted(path.name for path in done.path.iterdir() if path.suffix == ".pdf") == [
        "provision.pdf"
    ]
    printed = words((done.path / "provision.pdf").read_bytes())
    for said in (
        "相手先",
        "青葉警察署刑事課",
        "佐川一郎",
        "目的・理由",
        "照会第34号",
        WHY,
        "警察手帳",
    ):
        assert said.replace(" ", "") in printed, said
    assert "映像ファイル提供依頼書" not in printed
    assert words(record_paper(provision)) == printed
    with pytest.raises(Exception, match="様式はありません"):
        request_paper(provision)


@pytest.mark.clause("ward-6.1-third", "ward-6.1-necessity")
def test_a_grant_wants_a_case_and_a_judgement_apart_from_the_reason(ward: Founded) -> None:
    provision = taken_down(ward, "kishi")
    assert refused(ward, provision, "", stated=STATED["inquiry"]) == "ward-6.1-third"
    lacking = refused(ward, provision, "イ", stated=STATED["inquiry"], necessity=" ")
    assert lacking == "ward-6.1-necessity"
    judge(ward, "kishi", provision, "イ", STATED["inquiry"])
    assert (provision.state, provision.necessity) == ("approved", WHY)
    assert provision.outline not in provision.necessity


@pytest.mark.clause("ward-6.1-a", "ward-6.1-b", "ward-6.1-c", "ward-6.1-e")
@pytest.mark.parametrize(
    ("ground", "told", "clause"),
    [
        ("ア", "law", "ward-6.1-a"),
        ("イ", "inquiry", "ward-6.1-b"),
        ("ウ", "urgent", "ward-6.1-c"),
        ("オ", "link", "ward-6.1-e"),
    ],
)
def test_each_case_wants_all_that_shows_it(
    ward: Founded, ground: str, told: str, clause: str
) -> None:
    provision, whole = taken_down(ward, "kishi"), STATED[told]
    for left_out in whole:
        some = {name: text for name, text in whole.items() if name != left_out}
        assert refused(ward, provision, ground, stated=some) == clause, left_out
        assert refused(ward, provision, ground, stated=whole | {left_out: "　"}) == clause
    judge(ward, "mori", provision, ground, whole)
    assert all(text in provision.ground_note for name, text in whole.items() if name != "matter")


@pytest.mark.clause("ward-6.1-b")
def test_an_accident_is_enough_but_a_neighbour_is_no_investigative_body(ward: Founded) -> None:
    stated = STATED["inquiry"] | {"matter": "accident"}
    neighbour = taken_down(ward, "kishi", recipient="隣の家の人", body_kind="other")
    assert refused(ward, neighbour, "イ", stated=stated) == "ward-6.1-b"
    judge(ward, "mori", taken_down(ward, "kishi"), "イ", stated)


@pytest.mark.clause("ward-6.1-d")
def test_everyone_who_can_be_made_out_consents_or_is_answered_for(ward: Founded) -> None:
    mori = ward.people["mori"]
    provision = taken_down(ward, "kishi", recipient="山本 健", body_kind="other")
    assert refused(ward, provision, "エ") == "ward-6.1-d"
    yes = Said("山本 健", given=True, on=DAY)
    record_consent(provision, yes, mori, by=ward.by("mori"))
    assert refused(ward, provision, "エ", shown=2) == "ward-6.1-d"
    answered = "もう一人の顔が写らない静止画だけにする。"
    judge(ward, "mori", provision, "エ", {}, shown=2, others=answered)  # type: ignore[arg-type]
    assert "山本 健（令和8年11月20日）" in provision.ground_note
    assert answered in provision.ground_note
    himself = taken_down(ward, "kishi", recipient="山本 健", body_kind="subject")
    judge(ward, "mori", himself, "エ", {})
    with pytest.raises(Conflict):
        record_consent(himself, yes, mori, by=ward.by("mori"))


@pytest.mark.clause("ward-6.1-d")
def test_who_asks_himself_is_counted_once(ward: Founded) -> None:
    mori = ward.people["mori"]
    provision = taken_down(ward, "kishi", recipient="山本 健", body_kind="subject")
    record_consent(provision, Said("山本　健", given=True, on=DAY), mori, by=ward.by("mori"))
    assert refused(ward, provision, "エ", shown=2) == "ward-6.1-d"
    judge(ward, "mori", provision, "エ", {}, shown=2, others="マスクをかける")  # type: ignore[arg-type]
    assert provision.state == "approved"


@pytest.mark.clause("ward-6.2")
def test_nobody_takes_or_sees_it_unidentified(ward: Founded, tmp_path: Path) -> None:
    provision, stranger = ready(ward), replace(taker(), identity=" ")
    with pytest.raises(Refusal) as no:
        hand(ward, "kishi", provision, tmp_path / "package", stranger)
    assert no.value.clause == "ward-6.2"
    assert not list(tmp_path.glob("package*"))
    looking = ready(ward, wants=[SHOW])
    with pytest.raises(Refusal) as no:
        show_at_desk(looking, ward.people["kishi"], stranger, by=ward.by("kishi"))
    assert no.value.clause == "ward-6.2"
    for another in (taker(recipient="緑警察署"), taker(name=" ")):
        with pytest.raises(Refusal) as no:
            hand(ward, "kishi", provision, tmp_path / "package", another)
        assert no.value.clause == "ward-6.2"


@pytest.mark.clause("ward-6.2-record")
def test_a_showing_is_recorded_like_a_provision(ward: Founded) -> None:
    for empty in ("recipient", "outline"):
        with pytest.raises(Refusal) as no:
            taken_down(ward, "kishi", **{empty: " "})
        assert no.value.clause == "ward-6.2-record"
    provision = ready(ward, wants=[SHOW])
    line = show_at_desk(provision, ward.people["kishi"], taker(), by=ward.by("kishi"))
    assert (provision.state, provision.medium, provision.handing_entry) == ("handed", "", line.id)
    assert read.about(thing(provision).name)[-1].kind == "provision.shown"
    (row,) = register_rows("AOBA", DAY, DAY)
    assert list(row) == columns.headings("AOBA")
    assert list(row)[2:] == ["日時", "相手先", "目的・理由", "画像の内容等"]
    assert (row["番号"], row["区分"]) == (provision.number, "閲覧")
    assert row["日時"].startswith("令和8年11月20日")
    for name, told in (
        ("相手先", "佐川 一郎"),
        ("目的・理由", "自転車の盗難の捜査"),
        ("画像の内容等", provision.files.get().footage.number),
    ):
        assert told in row[name]
    assert register_rows("AOBA", DAY + timedelta(days=1), DAY + timedelta(days=9)) == []
    assert "画像の閲覧の記録" in words(record_paper(provision))


@pytest.mark.clause("ward-5.2")
def test_no_copy_is_made_without_a_case_and_each_has_its_number(
    ward: Founded, tmp_path: Path
) -> None:
    provision = taken_down(ward, "kishi")
    with pytest.raises(Refusal) as no:
        hand(ward, "mori", provision, tmp_path / "package")
    assert no.value.clauses == ("ward-6.1-third", "ward-5.2")
    for medium in ("USB-1", "USB-2"):
        hand(ward, "kishi", ready(ward), tmp_path / medium, medium=medium)
    rows = register_rows("AOBA", clock.today(), clock.today())
    assert len({row["番号"] for row in rows}) == 2


def test_only_the_two_posts_take_it_down(ward: Founded) -> None:
    for login in ("hara", "aoki", "kanri"):
        with pytest.raises(Refusal) as no:
            taken_down(ward, login)
        assert no.value.clause == "ward-3.3-b"
