"""Clauses of seed 002 at work: a camera at somebody's home, and the one person who keeps it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Missing, Refusal
from hokanko.footage.queries import thing
from hokanko.home import Home
from hokanko.people.queries import thing_of_org
from hokanko.retention.actions import mark
from hokanko.retention.early import erase_by_hand
from hokanko.retention.models import Erasure
from hokanko.rules import book as books
from hokanko.rules.actions import adopt
from hokanko.rules.actor import Thing, machine
from hokanko.rules.decide import adoption, parameter
from hokanko.rules.text import markdown
from hokanko.vault import cabinet
from hokanko.vault.store import shelf
from hokanko.viewing import actions as viewing
from tests.clauses.founded import FILM, Founded, camera, found

BOOK = books.load("home")
VALUES = {
    "org.name": "熊谷 一郎",
    "camera.places": "玄関の軒下（門の向き。道路は映さない）",
    "storage.places": "書斎の鍵のかかる棚",
}
REQUEST = Thing("Provision", "1", "IE")


@pytest.fixture
def house(fresh_home: Home, db: None) -> Founded:
    """設置者 kumagai with his camera, and musume, who lives there and holds no post."""
    del fresh_home, db
    here = found("IE", "熊谷家", "home", VALUES)
    here.register("kanri", "kumagai", "熊谷 一郎", "設置者")
    here.register("kumagai", "musume", "熊谷 花")
    camera(here, "kumagai")
    return here


def adopted(house: Founded, **values: str) -> str:
    """Adopt the rules again with other values, as the installer; the document they make."""
    told = VALUES | {name.replace("_", ".", 1): value for name, value in values.items()}
    adopt(thing_of_org(house.org), "home", told, by=house.by("kumagai"))
    now = adoption(house.org.pk)
    assert now is not None
    return markdown(BOOK, now.values)


@pytest.mark.clause("home-1.1")
def test_a_refusal_tells_what_the_city_asks(house: Founded) -> None:
    no = house.refused("musume", "viewing.open", thing(house.take_in("kumagai")))
    assert "熊谷市ガイドライン" in no.ja
    assert "お願いしています" in no.ja
    assert parameter("IE", "doc.force") == "request"
    assert "このガイドラインを遵守するようお願いします。" in markdown(BOOK, {})


@pytest.mark.clause("home-2.1-limit")
def test_a_look_has_the_purpose_or_one_of_three_cases(house: Founded) -> None:
    footage, installer = house.take_in("kumagai"), house.people["kumagai"]
    for chosen in (["近所の様子"], []):
        with pytest.raises(Refusal) as no:
            viewing.ask(footage, installer, chosen, "", by=house.by("kumagai"))
        assert no.value.clause == "home-2.1-limit"
    assert viewing.ask(footage, installer, ["防犯"], "", by=house.by("kumagai")).purposes == [
        "防犯"
    ]


def test_no_byte_of_a_recording_lies_open_on_the_disk(house: Founded, fresh_home: Home) -> None:
    house.take_in("kumagai")
    files = [path for path in fresh_home.path.rglob("*") if path.is_file()]
    assert list(shelf().names())
    assert not [path.name for path in files if FILM[:17] in path.read_bytes()]
    unit = thing_of_org(house.org)
    assert house.refused("musume", "footage.list", unit).clause == "home-2.4"


def test_the_cameras_copy_stays_until_the_sealed_one_is_verified(house: Founded) -> None:
    about = thing(house.take_in("kumagai"))
    assert house.permitted("kumagai", "intake.release", about) == "home-2.5"
    assert house.refused("kumagai", "intake.release", about, verified=False).clause == "home-2.5"


@pytest.mark.clause("home-2.5-a")
def test_more_than_a_fortnight_is_adopted_only_with_a_written_reason(house: Founded) -> None:
    with pytest.raises(Refusal) as no:
        adopted(house, retention_days="40")
    assert (no.value.clause, no.value.article) == ("home-2.5-a", "２⑸ア")
    assert parameter("IE", "retention.days") == 14
    printed = adopted(house, retention_days="40", retention_reason="長く家を空けるため")
    assert "設置者が定める保存期間：40日間（理由：長く家を空けるため）" in printed


@pytest.mark.clause("home-2.5-a-unneeded")
def test_what_nobody_asked_for_ends_by_itself_and_is_not_kept_longer(house: Founded) -> None:
    footage = house.take_in("kumagai")
    assert footage.last_day == clock.today() + timedelta(days=14)
    for login in house.people:
        no = house.refused(login, "retention.extend", thing(footage))
        assert (no.clause, no.article) == (None, "ソフトウェアの既定")
    clock.fix(clock.now() + timedelta(days=15))
    with pytest.raises(Missing), cabinet.opened(cabinet.original(str(footage.pk))):
        pass
    ending = mark(house.org, footage.last_day, by=machine("sweep", "IE", via="schedule"))
    assert [row["id"] for row in ending.footage] == [str(footage.pk)]


def test_fourteen_days_are_offered_as_the_citys_own_and_bind_nobody() -> None:
    days = BOOK.parameter("retention.days")
    assert (days.value, days.status) == (14, "blank")
    assert "市の街頭の防犯カメラ" in days.ja
    assert "市が街頭に設置している防犯カメラは保存期間（原則14日間）" in markdown(BOOK, {})


@pytest.mark.clause("home-2.5-b")
def test_what_is_read_back_is_what_was_filmed(house: Founded) -> None:
    footage = house.take_in("kumagai")
    with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
        assert reader.read_at(0, len(FILM)) == FILM


@pytest.mark.clause("home-2.5-b-process")
def test_nobody_processes_video_for_any_reason(house: Founded) -> None:
    about = thing(house.take_in("kumagai"))
    for login in house.people:
        no = house.refused(login, "derive.edit", about, reason_missing=False)
        assert (no.clause, no.who_may) == ("home-2.5-b-process", ())
    assert parameter("IE", "derivative.mask") is False


def test_the_installer_erases_by_hand_and_nobody_else_does(house: Founded) -> None:
    footage = house.take_in("kumagai")
    for login in ("musume", "kanri"):
        with pytest.raises(Refusal) as no:
            erase_by_hand(footage, "写り込み", house.people[login], by=house.by(login))
        assert no.value.article == "ソフトウェアの既定"
    erase_by_hand(footage, "写り込み", house.people["kumagai"], by=house.by("kumagai"))
    assert Erasure.objects.get(single=footage).org == house.org
    footage.state = "erased"
    again = house.refused("kumagai", "retention.erase_by_hand", thing(footage))
    assert again.clause == "home-2.5-d"


def test_nothing_leaves_without_one_of_the_three_cases(house: Founded) -> None:
    no = house.refused("kumagai", "provision.hand_over", REQUEST, decided=False)
    assert no.clause == "home-2.6"
    consent = house.refused("kumagai", "provision.decide", REQUEST, ground_missing=True)
    assert consent.clause == "home-2.6"
    assert "本人の同意は、その中にありません" in consent.ja
    assert house.permitted("kumagai", "provision.decide", REQUEST) == "home-2.6"


def test_an_export_for_another_purpose_is_refused(house: Founded) -> None:
    told = {"purposes": ["動画の投稿"], "unknown_purpose": True}
    no = house.refused("kumagai", "provision.ask", thing_of_org(house.org), **told)
    assert no.clause == "home-2.6-use"


@pytest.mark.parametrize(
    ("case", "clause"), [("ア", "home-2.6-a"), ("イ", "home-2.6-b"), ("ウ", "home-2.6-c")]
)
def test_each_case_wants_what_shows_that_it_applies(house: Founded, case: str, clause: str) -> None:
    told = {"purposes": [case], "note_missing": True}
    unit = thing_of_org(house.org)
    assert house.refused("kumagai", "provision.ask", unit, **told).clause == clause
    assert house.permitted("kumagai", "provision.ask", unit, **told | {"note_missing": False})


def test_a_provision_is_recorded_whole(house: Founded) -> None:
    unit = thing_of_org(house.org)
    for told in ({"empty_fields": ["recipient"]}, {"nothing_wanted": True}):
        assert house.refused("kumagai", "provision.ask", unit, **told).clause == "home-2.6-record"
    unrecorded = house.refused("kumagai", "provision.hand_over", REQUEST, entered=False)
    assert unrecorded.clause == "home-2.6-record"


@pytest.mark.clause("home-2.9")
def test_the_sheet_names_the_act() -> None:
    assert "「個人情報の保護に関する法律」を遵守し" in markdown(BOOK, {})


def test_the_issuing_office_is_printed() -> None:
    assert "熊谷市市民部安心安全課" in markdown(BOOK, {})
