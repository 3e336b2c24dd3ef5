"""The notice page: what each document asks for is on it, and nothing else is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from hokanko import clock
from hokanko.cameras.checkout import issue
from hokanko.cameras.models import Camera, Site
from hokanko.cameras.queries import thing
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.people import actions as people
from hokanko.people.appointing import appoint
from hokanko.people.models import Organisation
from hokanko.public.actions import consult, publish, withdraw
from hokanko.public.models import Notice
from hokanko.rehearsal.cast import BLANKS, Cast
from tests.cases.bodies import body, received, with_camera
from tests.clauses.founded import Founded
from tests.fixtures import WORN

CONTACT = "総務課 03-0000-0000"
FACE = {
    "face_enabled": "true",
    "joint_enabled": "true",
    "joint_parties": "みどり書店,あおば薬局",
    "joint_items": "画像,事案の日",
    "joint_responsible": "株式会社みどり書店、東京都千代田区、代表取締役 緑川",
}
DAY = timedelta(days=1)
SENTENCE = "あおば薬局と共同で利用します。"


def at_the_door(here: Founded, contact: str = CONTACT, **told: str) -> Any:
    """The page of a site there, published by its boss and read by a passer-by."""
    site = Site.objects.create(
        org=here.org, name="正面入口", address="緑町1-1", notice_code="abc", opened_at=clock.now()
    )
    publish(
        here.org,
        site,
        contact=contact,
        words=told.pop("words", ""),
        **told,
        publisher=here.people["boss"],
        by=here.by("boss"),
    )
    return Client().get("/notice/abc/")


def words(answer: Any) -> str:
    """What the page says."""
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("rulebook", "said"),
    [
        ("ward", ("青葉区", "管理責任者", "地域の防犯力向上", "30日以内", "正面入口")),
        ("pref", ("若桜通商店街振興組合", "犯罪の防止", "30日以内")),
        ("home", ("この家の設置者", "犯罪の防止", "14日以内")),
        ("shop", ("みどり書店 本店", "安全管理", "盗難防止", "おおむね30日間", "使っていません")),
    ],
)
def test_a_passer_by_reads_who_why_how_long_and_where_to_turn(
    fresh_home: Home, db: None, rulebook: str, said: tuple[str, ...]
) -> None:
    del fresh_home, db
    answer = at_the_door(body(rulebook))
    assert answer.status_code == 200
    for each in (*said, CONTACT):
        assert each in words(answer), each


def test_a_household_is_not_named(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    page = words(at_the_door(body("home")))
    for each in ("熊谷 一郎", "一郎", "緑町", "玄関の軒下", "書斎"):
        assert each not in page


def test_the_rules_are_shown_without_names_and_without_the_place_of_the_recorder(
    fresh_home: Home, db: None
) -> None:
    del fresh_home, db
    page = words(at_the_door(body("ward", posts_manager_name="森 課長")))
    assert "保存期間は30日間とする" in page
    for each in ("森 課長", "防災課の保管庫"):
        assert each not in page


def test_no_cookie_no_login_and_strict_headers(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    answer = at_the_door(body("ward"))
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "csrf" not in words(answer)


def test_an_unknown_code_is_a_plain_404(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    answer = Client().get("/notice/nothing/")
    assert answer.status_code == 404
    assert not answer.cookies
    assert "お知らせはありません" in words(answer)


def test_the_language_is_chosen_by_a_link(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    at_the_door(body("shop"))
    page = words(Client().get("/notice/abc/?lang=en"))
    assert '<html lang="en">' in page
    for each in ("About the cameras here", "safety", "Not used."):
        assert each in page


def test_what_is_withdrawn_is_gone(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    ward = body("ward")
    at_the_door(ward)
    withdraw(Site.objects.get(), by=ward.by("boss"))
    assert Client().get("/notice/abc/").status_code == 404
    with pytest.raises(Conflict):
        withdraw(Site.objects.get(), by=ward.by("boss"))


@pytest.mark.parametrize("slip", ["森 課長まで", "森課長まで", "BODY-20261120-0001 の件"])
def test_no_person_and_no_file_is_named(fresh_home: Home, db: None, slip: str) -> None:
    del fresh_home, db
    ward = body("ward")
    with pytest.raises(Conflict):
        at_the_door(ward, words=slip)
    assert not Notice.objects.exists()


def test_last_years_numbers_are_the_ledgers(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    ward = body("ward")
    for _ in range(3):
        received(ward)
    at_the_door(ward)
    clock.fix(datetime(2027, 3, 1, 12, tzinfo=clock.TOKYO))
    page = words(Client().get("/notice/abc/"))
    assert "2026年の件数" in page
    assert "<dt>苦情</dt><dd>3</dd>" in page
    assert "<dt>提供</dt><dd>0</dd>" in page


@pytest.mark.clause("shop-qa-1-11-items")
def test_face_recognition_shows_its_four_items(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    page = words(at_the_door(body("shop", **FACE), statement=SENTENCE))
    for item in (
        "みどり書店 本店",  # who takes the images
        "そこから作る顔のデータ",  # what they show
        "万引防止",  # what for
        CONTACT,  # where to turn
        "顔認証を使っています",
    ):
        assert item in page


@pytest.mark.clause("shop-qa-1-11-conventional")
def test_without_recognition_a_camera_runs_before_any_page(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    shop = with_camera("shop")
    one = thing(Camera.objects.get())
    assert not Notice.objects.exists()
    assert shop.permitted("boss", "camera.activate", one) is not None


@pytest.mark.clause("shop-qa-1-11-items")
def test_a_page_without_one_of_the_four_is_not_published(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    with pytest.raises(Refusal) as no:
        at_the_door(body("shop"), contact=" ")
    assert no.value.clause == "shop-qa-1-11-items"


@pytest.mark.clause("shop-joint-1", "shop-joint-5")
def test_joint_use_shows_its_five_matters(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    page = words(at_the_door(body("shop", **FACE), statement=SENTENCE))
    for matter in (SENTENCE, "事案の日", "あおば薬局", "万引防止", "代表取締役 緑川"):
        assert matter in page


@pytest.mark.clause("shop-joint-1")
def test_joint_use_without_its_sentence_is_not_published(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    with pytest.raises(Refusal) as no:
        at_the_door(body("shop", **FACE), statement="")
    assert no.value.clause == "shop-joint-1"


@pytest.mark.clause("shop-joint-5")
def test_joint_use_without_who_is_responsible_is_not_published(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    nobody = {name: text for name, text in FACE.items() if name != "joint_responsible"}
    with pytest.raises(Refusal) as no:
        at_the_door(body("shop", **nobody), statement=SENTENCE)
    assert no.value.clause == "shop-joint-5"


@pytest.fixture
def before(in_validity: None, cast: Cast) -> Cast:
    """The cast before anything was announced: the ledger's line of it is withdrawn."""
    del in_validity
    withdraw(Site.objects.get(), by=cast.as_actor("watanabe"))
    return cast


def announce(cast: Cast, org: Organisation | None = None) -> Notice:
    """Publish for the whole headquarters."""
    return publish(
        org or cast.hq,
        contact=CONTACT,
        words="",
        publisher=cast.people["watanabe"],
        by=cast.as_actor("watanabe"),
    )


@pytest.mark.clause("police-notice-6")
def test_no_camera_is_used_before_it_was_announced(before: Cast) -> None:
    camera, by = before.cameras["CHUO-1"], before.as_actor("tanaka")
    with pytest.raises(Refusal) as no:
        issue(camera, before.people["sato"], WORN, by=by)
    assert no.value.clause == "police-notice-6"
    announce(before)
    issue(camera, before.people["sato"], WORN, by=by)


@pytest.mark.clause("police-notice-6-items")
def test_the_publicity_has_its_four_items(before: Cast) -> None:
    notice = announce(before)
    page = words(Client().get(f"/notice/{notice.site.notice_code}/"))
    for item in (
        "職務執行",
        "中央警察署",
        "港警察署",
        "令和7年8月1日",
        "3か月間",
        "従う規程の全文",
    ):
        assert item in page


@pytest.mark.clause("police-notice-6-items")
def test_a_page_without_the_units_is_refused_by_name(before: Cast) -> None:
    Organisation.objects.filter(parent=before.hq).update(parent=None)
    with pytest.raises(Refusal) as no:
        announce(before)
    assert no.value.clause == "police-notice-6-items"
    assert "実施所属" in no.value.ja


@pytest.mark.clause("police-notice-6-consult")
def test_nothing_is_published_without_a_consultation(cast: Cast) -> None:
    by = cast.as_actor("watanabe")
    org = people.add_organisation(
        "NISHI",
        "西県警察本部",
        kind="hq",
        parent=None,
        rulebook="police",
        values=BLANKS | {"org.name": "西県警察本部"},
        by=cast.as_actor("kanri"),
    )
    Organisation.objects.filter(pk=cast.other.pk).update(parent=org)
    appoint(cast.people["watanabe"], org, "実施責任者", by=cast.as_actor("kanri"))
    by = cast.as_actor("watanabe")
    with pytest.raises(Refusal) as no:
        announce(cast, org)
    assert no.value.clause == "police-notice-6-consult"
    with pytest.raises(Conflict):
        consult(org, on=clock.today() + DAY, counterpart="総括責任者", outcome="了", by=by)
    consult(org, on=clock.today() - DAY, counterpart="総括責任者", outcome="了", by=by)
    assert announce(cast, org).withdrawn_at is None


def test_only_who_leads_the_project_publishes(cast: Cast, footage: Footage) -> None:
    del footage
    with pytest.raises(Refusal) as no:
        publish(
            cast.hq,
            contact=CONTACT,
            words="",
            publisher=cast.people["suzuki"],
            by=cast.as_actor("suzuki"),
        )
    assert no.value.clause is not None
