"""A household from nothing: five questions answered once, and the installer can begin."""

from __future__ import annotations

import pytest
from django.test import Client

from hokanko import clock
from hokanko.audit.board import Row, rows
from hokanko.cameras.models import Camera, Site
from hokanko.ledger.models import Entry
from hokanko.people.actions import found_home
from hokanko.people.models import Appointment, Organisation, Person
from hokanko.people.owed import owed_by
from hokanko.people.queries import organisation
from hokanko.people.standing import vacancies
from hokanko.rules.actor import HOME, machine
from hokanko.rules.decide import adoption, is_enacted, rules_at
from tests.web.visitors import BACKEND, kinds_written

pytestmark = pytest.mark.usefixtures("fresh_home", "db")

MEASURE = "home-2.5-c"
ANSWERS = {
    "name": "井上 薫",
    "address": "熊谷市若葉台三丁目8",
    "rulebook": "home",
    "storage": "書斎の鍵のかかる棚",
    "days": "14",
    "reason": "",
    "contact": "この家の設置者",
    "form-TOTAL_FORMS": "4",
    "form-INITIAL_FORMS": "0",
    "form-0-place": "玄関の軒下、東の柱",
    "form-0-sees": "玄関から門まで",
    "form-0-facing_deg": "180",
    **{f"form-{n}-{field}": "" for n in (1, 2, 3) for field in ("place", "sees", "facing_deg")},
}


@pytest.fixture
def owner() -> Client:
    """A browser of whoever has just installed the program for himself."""
    made = found_home(
        login="admin",
        name="システム管理者",
        password="とても長い合言葉-2026",
        rehearsal=False,
        vkey="x",
        by=machine("init", HOME, via="cli"),
    )
    client = Client()
    client.force_login(made, backend=BACKEND)
    return client


def test_five_answers_found_a_household_with_its_guideline_in_force(owner: Client) -> None:
    assert "/setup/household/" in owner.get("/").content.decode()
    made = owner.post("/setup/household/", ANSWERS)
    assert (made.status_code, made["Location"]) == (302, "/cameras/at/IE/coming/")
    org, person = organisation("IE"), Person.objects.get(login="admin")
    assert (org.name, org.kind, person.org_id, person.name) == (
        "井上 薫",
        "household",
        "IE",
        "井上 薫",
    )
    now = adoption("IE")
    assert now is not None
    assert (is_enacted("IE"), now.number, now.signed_by) == (True, 1, str(person.pk))
    settled = rules_at("IE").book.effective(now.values)
    assert settled["retention.days"] == 14
    assert settled["camera.places"] == ["玄関の軒下・東の柱（玄関から門まで）"]
    camera, site = Camera.objects.get(), Site.objects.get()
    assert (camera.site_id, camera.facing_deg, camera.mount) == (site.pk, 180, "own")
    assert camera.purpose == "犯罪の防止"
    assert "org.settled" in kinds_written()


def test_the_installer_owes_nothing_that_the_guideline_does_not_ask(owner: Client) -> None:
    owner.post("/setup/household/", ANSWERS)
    org, person = organisation("IE"), Person.objects.get(login="admin")
    assert list(vacancies(org)) == []
    assert owed_by(person) == []
    owed = {each.clause.id for each in rows(org) if each.owed}
    assert owed == {MEASURE}  # how the recorder is protected, with its photograph
    held = set(Appointment.objects.filter(person=person).values_list("org", "post"))
    assert ("IE", "設置者") in held


def board_row(clause: str) -> Row:
    return next(each for each in rows(organisation("IE")) if each.clause.id == clause)


@pytest.mark.clause("home-2.5-c")
def test_what_is_asked_for_before_use_is_not_late_before_a_camera_runs(owner: Client) -> None:
    owner.post("/setup/household/", ANSWERS)
    late, first = "期限切れ", "使う前に"
    assert (board_row(MEASURE).state, board_row(MEASURE).label) == ("overdue", "before")
    for page in ("/board/", "/board/calendar/", f"/board/at/IE/{MEASURE}/"):
        seen = owner.get(page).content.decode()
        assert (first in seen, late in seen) == (True, False), page
    home = owner.get("/").content.decode()
    assert "使い始める前に済ませること" in home
    assert "期限を過ぎた点検・証拠" not in home
    Camera.objects.update(activated_at=clock.now())
    assert board_row(MEASURE).label == "overdue"
    assert late in owner.get("/board/calendar/").content.decode()
    assert "期限を過ぎた点検・証拠" in owner.get("/").content.decode()


def test_what_hands_have_to_do_is_told_with_the_way_to_it(owner: Client) -> None:
    owner.post("/setup/household/", ANSWERS)
    page = owner.get("/cameras/at/IE/coming/").content.decode()
    camera, site = Camera.objects.get(), Site.objects.get()
    assert f"/cameras/{camera.pk}/connect/" in page
    assert f"/sites/{site.pk}/sign-a4.pdf" in page
    assert f'<a href="/cameras/{camera.pk}/site/">取り付けた様子の写真がある</a>' in page
    assert f'<a href="/cameras/{camera.pk}/frame/">撮影範囲が確認されている</a>' in page
    assert "設置場所が決まっている" not in page  # that is done
    home = owner.get("/").content.decode()
    assert "まだ動いていない固定カメラ" in home
    assert 'href="/terminals/"' not in home
    camera.activated_at = clock.now()
    camera.save()
    assert "すべてのカメラが動いています" in owner.get("/cameras/at/IE/coming/").content.decode()


@pytest.mark.clause("home-2.5-a")
def test_more_than_a_fortnight_asks_for_a_reason_and_nothing_is_founded(owner: Client) -> None:
    asked = owner.post("/setup/household/", ANSWERS | {"days": "20"})
    assert "14日を超えて残す理由" in asked.content.decode()
    assert not Organisation.objects.exclude(pk=HOME).exists()
    told = {"days": "20", "reason": "旅行で家を空けることが多いため"}
    assert owner.post("/setup/household/", ANSWERS | told).status_code == 302


def test_a_household_without_a_camera_is_asked_again(owner: Client) -> None:
    bare = ANSWERS | {"form-0-place": "", "form-0-sees": "", "form-0-facing_deg": ""}
    assert owner.post("/setup/household/", bare).status_code == 200
    assert not Organisation.objects.exclude(pk=HOME).exists()


def test_who_belongs_to_a_household_founds_no_second(owner: Client) -> None:
    owner.post("/setup/household/", ANSWERS)
    again = owner.post("/setup/household/", ANSWERS | {"name": "別宅"})
    assert again.status_code == 409
    assert "もうほかの所属の人です" in again.content.decode()
    assert Organisation.objects.exclude(pk=HOME).count() == 1
    assert not Entry.objects.filter(org="IE-2").exists()


@pytest.mark.clause("home-2.5-a-ref")
def test_the_fortnight_is_filled_in_and_told_to_be_the_city_s_own(owner: Client) -> None:
    page = owner.get("/setup/household/").content.decode()
    assert 'name="days" value="14"' in page
    assert "市が街頭の防犯カメラに定めている日数です（参考。義務ではありません）" in page


def test_a_household_is_not_told_of_a_second_person(owner: Client) -> None:
    owner.post("/setup/household/", ANSWERS)
    assert "署名する人は別の人です" not in owner.get("/editions/").content.decode()
    draft = owner.get("/editions/at/IE/draft/").content.decode()
    assert "別の人が署名するまで" not in draft
    assert "署名するまで効きません" in draft
    assert "登録しなくても映像を閲覧できます" in owner.get("/terminals/").content.decode()


@pytest.mark.clause("home-1.1")
def test_a_refusal_is_the_request_of_the_city_that_the_household_took_on(owner: Client) -> None:
    owner.post("/setup/household/", ANSWERS)
    refused = owner.post(f"/cameras/{Camera.objects.get().pk}/activate/").content.decode()
    assert "熊谷市ガイドラインは、" in refused
    assert "お願いしています" in refused
    assert "この世帯が守ると決めて採択した、協力のお願いです" in refused
    assert "足りないことを整えてから" in refused, "he holds the post himself"
    assert "上の役職の者に申し出て" not in refused


def test_the_contact_is_filled_in_as_the_page_speaks_and_kept_as_the_guideline_does(
    owner: Client,
) -> None:
    filled = 'name="contact" value="{}"'
    page = owner.get("/setup/household/").content.decode()
    assert filled.format("この家の設置者") in page
    owner.cookies["django_language"] = "en"
    page = owner.get("/setup/household/").content.decode()
    told = "the household that put up the camera"
    assert filled.format(told) in page
    assert "この家の設置者" not in page
    owner.post("/setup/household/", ANSWERS | {"contact": told})
    assert rules_at("IE").values["org.contact"] == "この家の設置者"
