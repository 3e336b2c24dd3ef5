"""Appointments, oaths, training, reading the rules, leaving: what each book asks of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hokanko import clock
from hokanko.cameras.checkout import issue as take_out
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing as camera_thing
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people import actions as people
from hokanko.people import paperwork
from hokanko.people.appointing import appoint, dismiss
from hokanko.people.attach import Scan
from hokanko.people.models import Acknowledgement, Oath, Training
from hokanko.people.owed import printed_names_differ, reminders_due, unread_people
from hokanko.people.queries import actor
from hokanko.people.readying import swear, train
from hokanko.people.standing import unread, vacancies
from hokanko.rehearsal.cast import Cast
from hokanko.rules.models import Adoption
from hokanko.viewing.models import Viewing
from tests.clauses import offices
from tests.clauses.founded import Founded, camera, found
from tests.fixtures import NOON, PASSWORD, WORN
from tests.web.visitors import BACKEND, browser

WARD = {"org.name": "青葉区", "retention.days": "30", "posts.manager_name": "森 課長"}
SHOP = {"org.name": "みどり書店 本店", "retention.days": "30", "posts.manager_name": "緑川 店長"}
BOTH = "個人情報保護・情報漏洩防止"
LOOK = {"seat_enrolled": True}
SIGNED = b"\x89PNG\r\n\x1a\n the reminder as signed"


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """設置者 aoki, 管理責任者 mori, 操作担当者 kishi, all sworn; hara without a post."""
    del fresh_home, db
    here = offices.ward(WARD)
    camera(here, "mori")
    return here


@pytest.fixture
def shop(fresh_home: Home, db: None) -> Founded:
    """店長 oka; 管理責任者 midori and 管理副責任者 sakura, trained and sworn; 従業員 tsuji."""
    del fresh_home, db
    here = found("HONTEN", "みどり書店 本店", "shop", SHOP)
    here.register("kanri", "oka", "岡 店長", "店長")
    here.register("kanri", "midori", "緑川 葉", "管理責任者")
    here.register("kanri", "sakura", "桜井 実", "管理副責任者")
    for login in ("midori", "sakura"):
        train(here.people[login], BOTH, by=here.by("oka"))
        swear(here.people[login], by=here.by("oka"))
    here.register("midori", "tsuji", "辻 優", "従業員")
    camera(here, "midori")
    return here


def ended_yesterday(here: Founded, login: str) -> None:
    """A term that is over."""
    here.people[login].appointments.update(until=clock.now() - timedelta(days=1))


def enact(here: Founded, **changed: object) -> Adoption:
    """The next edition in force, as if two persons had signed it."""
    now = Adoption.objects.filter(org=here.org.pk).latest("id")
    return Adoption.objects.create(
        org=now.org,
        book=now.book,
        fingerprint=now.fingerprint,
        values=now.values | changed,
        number=now.number + 1,
        signed_at=clock.now(),
        since=clock.now(),
    )


def looking(here: Founded, login: str, footage: Footage) -> str | None:
    """The clause on which somebody opens a recording."""
    return here.permitted(login, "viewing.open", thing(footage), **LOOK)


# ── appointments and vacancies ────────────────────────────────────────────────


@pytest.mark.clause("ward-3")
def test_nothing_is_viewed_while_no_manager_is_in_office(ward: Founded) -> None:
    footage = ward.take_in("kishi")
    assert looking(ward, "kishi", footage) == "ward-4"
    assert vacancies(ward.org) == []
    ended_yesterday(ward, "mori")
    assert vacancies(ward.org) == ["管理責任者"]
    for login in ("mori", "kishi", "hara"):
        no = ward.refused(login, "viewing.open", thing(footage), **LOOK)
        assert (no.clause, no.article) == ("ward-3", "３")
    page = log_in(ward, "aoki").get("/people/").content.decode()
    assert "欠けている役職" in page
    kishi = log_in(ward, "kishi")
    kishi.post(f"/viewing/ask/?footage={footage.number}", {"purposes": ["防犯"], "note": ""})
    room = f"/viewing/{Viewing.objects.get().pk}/"
    before = kishi.get(room).content.decode()
    assert "[ward-3]" in before, "what bars it is told"
    assert "了解を待っています" not in before, "nobody's consent would cure a vacancy"
    assert kishi.post(f"{room}open/").status_code == 403
    appoint(ward.people["hara"], ward.org, "管理責任者", by=ward.by("aoki"))
    assert looking(ward, "kishi", footage) == "ward-4"
    assert "[ward-3]" not in kishi.get(room).content.decode()


@pytest.mark.clause("pref-manager")
def test_no_camera_runs_and_nothing_is_viewed_without_a_manager(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    here = found("KAN", "公民館", "pref", {"org.name": "公民館", "retention.days": "21"})
    here.register("kanri", "wakasa", "若狭 館長", "設置者")
    swear(here.people["wakasa"], by=here.by("wakasa"))
    camera(here, "wakasa")
    about = camera_thing(Camera.objects.get())
    no = here.refused("wakasa", "camera.activate", about, lacks=[])
    assert "pref-manager" in no.clauses
    here.register("wakasa", "otani", "大谷 主査", "管理責任者")
    assert here.permitted("wakasa", "camera.activate", about, lacks=[])


def test_one_person_may_hold_both_posts_of_the_ward(ward: Founded) -> None:
    appoint(ward.people["mori"], ward.org, "操作担当者", by=ward.by("aoki"))
    assert {post for _, post in ward.by("mori").holdings} == {"管理責任者", "操作担当者"}


@pytest.mark.clause("shop-mgmt-3")
def test_the_two_managers_of_a_shop_are_two_persons(shop: Founded) -> None:
    for login, post in (("midori", "管理副責任者"), ("sakura", "管理責任者")):
        with pytest.raises(Refusal) as no:
            appoint(shop.people[login], shop.org, post, by=shop.by("kanri"))
        assert no.value.clause == "shop-mgmt-3"
        assert "別の二人" in no.value.ja
    appoint(shop.people["midori"], shop.org, "店長", by=shop.by("kanri"))
    ended_yesterday(shop, "sakura")
    assert vacancies(shop.org) == ["管理副責任者"]
    appoint(shop.people["tsuji"], shop.org, "管理副責任者", by=shop.by("kanri"))
    assert vacancies(shop.org) == []


def test_the_posts_of_a_police_unit_are_kept_apart_by_default(cast: Cast) -> None:
    with pytest.raises(Refusal) as no:
        appoint(cast.people["tanaka"], cast.station, "運用主任者", by=cast.as_actor("suzuki"))
    assert no.value.clause is None  # no article says so: a software default


@pytest.mark.clause("police-3.2.1", "police-3.2.3")
@pytest.mark.parametrize(
    ("login", "clause"), [("suzuki", "police-3.2.1"), ("tanaka", "police-3.2.3")]
)
def test_no_camera_goes_out_while_a_post_is_vacant(cast: Cast, login: str, clause: str) -> None:
    cast.people[login].appointments.update(until=clock.now() - timedelta(days=1))
    assert len(vacancies(cast.station)) == 1
    with pytest.raises(Refusal) as no:
        take_out(cast.cameras["CHUO-1"], cast.people["sato"], WORN, by=cast.as_actor("takahashi"))
    assert clause in no.value.clauses


def test_a_term_begins_and_ends_on_its_days(ward: Founded) -> None:
    hara, by = ward.people["hara"], ward.by("aoki")
    begins, ends = NOON + timedelta(days=3), NOON + timedelta(days=10)
    made = appoint(hara, ward.org, "操作担当者", since=begins, until=ends, by=by)
    assert made.appointed_by == ward.people["aoki"]
    for day, holds in ((0, False), (4, True), (11, False)):
        clock.fix(NOON + timedelta(days=day))
        assert bool(ward.by("hara").holdings) is holds
    with pytest.raises(Conflict):
        appoint(hara, ward.org, "操作担当者", until=NOON, by=by)


@pytest.mark.clause("police-notice-4.2.a")
def test_both_posts_follow_the_position_on_the_day(cast: Cast) -> None:
    kanri, position = cast.as_actor("kanri"), "地域警察を所掌する部の長"
    new = cast.people["kobayashi"]
    for held in new.appointments.all():
        dismiss(held, by=kanri)
    day = clock.today() + timedelta(days=2)
    paperwork.succeed(cast.hq, position, new, day, by=kanri)
    both = {"総括運用管理者", "実施責任者"}
    assert {post for _, post in actor(cast.people["watanabe"]).holdings} == both
    assert not actor(new).holdings
    clock.fix(NOON + timedelta(days=2))
    assert {post for _, post in actor(new).holdings} == both
    assert not actor(cast.people["watanabe"]).holdings
    assert read.about(f"person:{new.pk}")[-1].kind == "post.succeeded"


def test_a_position_that_no_post_goes_with_is_told(cast: Cast) -> None:
    for position, day in (("会計課長", clock.today()), ("所属の長", clock.today())):
        with pytest.raises(Conflict):
            paperwork.succeed(
                cast.station,
                position,
                cast.people["ito"],
                day - timedelta(days=position == "所属の長"),
                by=cast.as_actor("kanri"),
            )
    with pytest.raises(Refusal):
        paperwork.succeed(
            cast.station, "所属の長", cast.people["ito"], clock.today(), by=cast.as_actor("suzuki")
        )


@pytest.mark.clause("ward-3.1")
def test_a_change_of_manager_makes_the_printed_edition_outdated(ward: Founded) -> None:
    assert printed_names_differ(ward.org) == []
    clock.fix(NOON + timedelta(days=1))
    (held,) = ward.people["mori"].appointments.all()
    dismiss(held, by=ward.by("aoki"))
    appoint(ward.people["hara"], ward.org, "管理責任者", by=ward.by("aoki"))
    (late,) = printed_names_differ(ward.org)
    assert (late.post, late.printed, late.holders) == ("管理責任者", "森 課長", ("原 主事",))
    page = log_in(ward, "aoki").get("/people/").content.decode()
    assert "刷り直してください" in page
    clock.fix(NOON + timedelta(days=2))
    enact(ward, **{"posts.manager_name": "原 主事"})
    assert printed_names_differ(ward.org) == []


# ── oath ──────────────────────────────────────────────────────────────────────


@pytest.mark.clause("ward-3.4-after")
def test_leaving_ends_logins_asks_for_a_reminder_and_keeps_the_oath(ward: Founded) -> None:
    kishi, client = ward.people["kishi"], log_in(ward, "kishi")
    assert client.get("/me/").status_code == 200
    (held,) = kishi.appointments.all()
    dismiss(held, by=ward.by("aoki"))
    assert client.get("/me/").headers["Location"].startswith("/login/")
    assert not ward.by("kishi").holdings
    assert reminders_due(ward.org) == [kishi]
    assert "離任後の守秘" in log_in(ward, "aoki").get(f"/people/{kishi.pk}/").content.decode()
    paperwork.remind(kishi, by=ward.by("aoki"))
    assert reminders_due(ward.org) == []
    (oath,) = Oath.objects.filter(person=kishi)
    assert oath.reminded_at == clock.now()
    assert read.about(f"person:{kishi.pk}")[-1].clause == "ward-3.4-after"


@pytest.mark.clause("ward-3.4-after")
def test_the_signed_reminder_is_filed_sealed_and_shown_on_the_persons_page(ward: Founded) -> None:
    kishi, aoki = ward.people["kishi"], log_in(ward, "aoki")
    dismiss(kishi.appointments.get(), by=ward.by("aoki"))
    page, url = f"/people/{kishi.pk}/", f"/people/{kishi.pk}/remind/"
    assert aoki.post(url).status_code == 302
    assert "署名した書面は、まだ綴じられていません" in aoki.get(page).content.decode()
    assert aoki.post(url).status_code == 409, "told already, and nothing to file"
    scan = SimpleUploadedFile("署名.png", SIGNED, "text/html")
    assert aoki.post(url, {"scan": scan}).status_code == 302
    (told,) = kishi.reminders.all()
    assert SIGNED not in bytes(told.file or b"")
    assert read.about(f"person:{kishi.pk}")[-1].facts["sha256"] == told.file_sha256
    shown = aoki.get(page).content.decode()
    assert f"/people/reminders/{told.pk}/" in shown
    assert "綴じられていません" not in shown
    for login, status in (("aoki", 200), ("kishi", 200), ("hara", 403)):
        answer = log_in(ward, login).get(f"/people/reminders/{told.pk}/")
        assert answer.status_code == status
        assert (answer.content == SIGNED) == (status == 200)


def test_what_is_no_paper_is_not_filed_with_a_reminder(ward: Founded) -> None:
    kishi = ward.people["kishi"]
    dismiss(kishi.appointments.get(), by=ward.by("aoki"))
    with pytest.raises(Conflict):
        paperwork.remind(kishi, scan=Scan(b"<html>", "x"), by=ward.by("aoki"))
    assert reminders_due(ward.org) == [kishi]


def test_a_retired_person_is_out_at_once(ward: Founded) -> None:
    client = log_in(ward, "kishi")
    people.retire(ward.people["kishi"], by=ward.by("mori"))
    assert client.get("/me/").headers["Location"].startswith("/login/")


@pytest.mark.clause("shop-ops-8")
def test_an_oath_or_the_article_of_the_work_rules_comes_first(shop: Founded) -> None:
    footage, midori = shop.take_in("midori"), shop.people["midori"]
    Oath.objects.filter(person=midori).delete()
    no = shop.refused("midori", "viewing.open", thing(footage), purposes=["盗難防止"], **LOOK)
    assert no.clause == "shop-ops-8"
    with pytest.raises(Conflict):
        swear(midori, form="work-rules", by=shop.by("oka"))
    swear(midori, form="work-rules", article="就業規則 第12条", by=shop.by("oka"))
    assert shop.permitted("midori", "viewing.open", thing(footage), **OPENING) == "shop-mgmt-5"
    line = read.about(f"person:{midori.pk}")[-1]
    assert (line.kind, line.facts["article"]) == ("oath.signed", "就業規則 第12条")


def test_work_rules_do_not_serve_where_the_document_wants_an_oath(ward: Founded) -> None:
    with pytest.raises(Conflict):
        swear(ward.people["hara"], form="work-rules", article="第12条", by=ward.by("aoki"))


# ── training ──────────────────────────────────────────────────────────────────

OPENING: Mapping[str, object] = {"purposes": ["盗難防止"], **LOOK}


@pytest.mark.clause("shop-ops-3")
def test_both_trainings_and_their_validity_carry_the_powers_of_a_manager(shop: Founded) -> None:
    footage, midori = shop.take_in("midori"), shop.people["midori"]
    assert shop.permitted("midori", "viewing.open", thing(footage), **OPENING) == "shop-mgmt-5"
    Training.objects.filter(person=midori).update(valid_until=clock.today() - timedelta(days=1))
    assert shop.refused("midori", "viewing.open", thing(footage), **OPENING).clause == "shop-ops-3"
    train(midori, "個人情報保護", by=shop.by("oka"))
    assert shop.refused("midori", "viewing.open", thing(footage), **OPENING).clause == "shop-ops-3"
    train(
        midori,
        "組織における情報漏洩防止",
        valid_until=clock.today(),
        trainer="県警察 防犯設備士",
        by=shop.by("oka"),
    )
    assert shop.permitted("midori", "viewing.open", thing(footage), **OPENING) == "shop-mgmt-5"
    clock.fix(NOON + timedelta(days=1))
    assert shop.refused("midori", "viewing.open", thing(footage), **OPENING).clause == "shop-ops-3"


@pytest.mark.clause("shop-ops-3")
def test_the_training_held_last_says_how_long_it_is_good_for(shop: Founded) -> None:
    midori, client = shop.people["midori"], browser(shop, "midori")
    assert client.get("/footage/").status_code == 200, "trained for good"
    told = {"topic": BOTH, "valid_until": str(clock.today() + timedelta(days=3))}
    page, boss = f"/people/{midori.pk}/train/", browser(shop, "oka")
    assert boss.post(page, told).status_code == 302
    clock.fix(NOON + timedelta(days=3))
    assert client.get("/footage/").status_code == 200
    clock.fix(NOON + timedelta(days=4))
    answer = client.get("/footage/")
    assert (answer.status_code, "[shop-ops-3]" in answer.content.decode()) == (403, True)
    assert boss.post(page, {"topic": "個人情報保護"}).status_code == 302
    assert client.get("/footage/").status_code == 403, "the other topic is over still"
    assert boss.post(page, {"topic": "情報漏洩防止"}).status_code == 302
    assert client.get("/footage/").status_code == 200


def test_nobody_is_his_own_teacher(shop: Founded) -> None:
    midori = shop.people["midori"]
    with pytest.raises(Refusal) as no:
        train(midori, BOTH, by=shop.by("midori"))
    assert "自分の教育" in no.value.ja
    with pytest.raises(Refusal):
        train(midori, BOTH, trainer="緑川 葉", by=shop.by("oka"))


def test_training_is_not_in_the_future(shop: Founded) -> None:
    for held, until in ((1, None), (0, -1)):
        with pytest.raises(Conflict):
            train(
                shop.people["midori"],
                BOTH,
                held_on=clock.today() + timedelta(days=held),
                valid_until=None if until is None else clock.today() + timedelta(days=until),
                by=shop.by("oka"),
            )


# ── reading the edition in force ──────────────────────────────────────────────


@pytest.mark.clause("shop-rule-notify")
def test_an_enacted_edition_is_read_before_footage_is_handled(shop: Founded) -> None:
    footage = shop.take_in("midori")
    assert unread_people(shop.org) == [], "a provisional edition asks for nothing"
    enact(shop)
    no = shop.refused("midori", "viewing.open", thing(footage), **OPENING)
    assert no.clause == "shop-rule-notify"
    assert shop.people["tsuji"] in unread_people(shop.org)
    client = Client()
    answer = client.post("/login/", {"login": "midori", "password": PASSWORD})
    assert answer.headers["Location"] == "/people/read/"
    assert client.get("/footage/").status_code == 403
    page = client.get("/people/read/").content.decode()
    assert "記録を持っておく期間は、おおむね30日とし" in page
    assert client.post("/people/read/").headers["Location"] == "/"
    assert shop.permitted("midori", "viewing.open", thing(footage), **OPENING) == "shop-mgmt-5"
    roster = client.get("/people/").content.decode()
    assert "制定された版をまだ読んでいない人" in roster
    assert "辻 優" in roster
    assert Acknowledgement.objects.get().person == shop.people["midori"]


def test_another_edition_is_read_anew_and_nothing_twice(shop: Founded) -> None:
    enact(shop)
    midori = shop.people["midori"]
    assert paperwork.acknowledge(midori, by=shop.by("midori")) is not None
    assert paperwork.acknowledge(midori, by=shop.by("midori")) is None
    clock.fix(NOON + timedelta(hours=1))
    enact(shop, **{"retention.days": 20})
    assert unread(midori) is not None


def test_the_other_books_ask_only_where_the_adopter_says_so(ward: Founded) -> None:
    footage = ward.take_in("kishi")
    enact(ward)
    assert looking(ward, "kishi", footage) == "ward-4"
    clock.fix(NOON + timedelta(hours=1))
    enact(ward, **{"rules.acknowledge": True})
    assert ward.refused("kishi", "viewing.open", thing(footage), **LOOK).clause is None


# ── review ────────────────────────────────────────────────────────────────────


def test_a_review_is_written_with_the_list_as_it_stood(cast: Cast) -> None:
    client = browser(cast, "suzuki")
    assert "点検したと記す" in client.get("/people/").content.decode()
    assert client.post("/people/at/CHUO/review/").status_code == 302
    (line,) = [act for act in read.about("org:CHUO") if act.kind == "person.reviewed"]
    assert line.clause == "police-5.1.2"
    assert line.facts["count"] == 5
    assert "田中 美咲" in line.private["list"]
    for login in ("tanaka", "ito", "yamada"):
        assert browser(cast, login).post("/people/at/CHUO/review/").status_code == 403


def log_in(here: Founded, login: str) -> Client:
    """A browser with somebody logged in."""
    client = Client()
    client.force_login(type(here.people[login]).objects.get(login=login), backend=BACKEND)
    return client
