"""Consents on record: what a use may rest on, and what is refused, at the page and at the verb."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.consenting import Given, record, withdraw
from hokanko.footage.models import Footage, PersonConsent
from hokanko.home import Home
from hokanko.ledger.models import Entry
from hokanko.provision.models import Provision
from hokanko.timekeeping.actions import correct
from hokanko.viewing.actions import ask as ask_to_view
from hokanko.viewing.actions import open_room
from hokanko.viewing.models import Viewing
from tests.clauses.founded import Founded
from tests.provision.outside import DAY, choose, hand, judge, taken_down, taker
from tests.provision.outside import shop as found_shop
from tests.provision.outside import ward as found_ward

USE = "店の案内への掲載"
FORM = {
    "person": "山本 健",
    "purpose": USE,
    "on": "2026-11-20",
    "how": "同意書に署名",
    "camera": "",
    "since": "",
    "until": "",
}


@pytest.fixture
def shop(fresh_home: Home, db: None) -> Founded:
    """みどり書店, with its manager midori."""
    del fresh_home, db
    return found_shop()


def agreed(here: Founded, login: str, piece: Footage, **changes: object) -> PersonConsent:
    """A consent of today to the use, for this piece."""
    given = Given("山本 健", USE, DAY, "同意書に署名", footage=piece)
    return record(here.org, replace(given, **changes), here.people[login], by=here.by(login))  # type: ignore[arg-type]


def viewed(here: Founded, footage: Footage, *consents: PersonConsent, note: str = USE) -> Viewing:
    """The manager asks to view for another use, resting on these."""
    me, by = here.people["midori"], here.by("midori")
    return ask_to_view(footage, me, ["同意"], note, consents=consents, by=by)


def refusal(here: Founded, footage: Footage, *consents: PersonConsent, note: str = USE) -> Refusal:
    """How that is refused."""
    with pytest.raises(Refusal) as no:
        viewed(here, footage, *consents, note=note)
    return no.value


def asked(here: Founded, *consents: PersonConsent, **changes: object) -> Provision:
    """An advertising firm asks for it, for the same use."""
    told = {
        "purposes": ["同意"],
        "purpose_note": USE,
        "recipient": "みなと広告",
        "body_kind": "other",
    }
    return taken_down(here, "midori", consents=consents, **(told | changes))


@pytest.mark.clause("shop-intro-consent")
def test_a_manager_records_a_consent_and_views_for_it(client: Client, shop: Founded) -> None:
    footage = shop.take_in("midori")
    client.force_login(shop.people["midori"])
    room = f"/viewing/ask/?footage={footage.number}"
    told = {"purposes": ["同意"], "note": USE}
    assert "選べる同意の記録は、まだありません。" in client.get(room).content.decode()
    refused = client.post(room, told)
    assert (refused.status_code, "shop-intro-consent" in refused.content.decode()) == (403, True)
    scan = SimpleUploadedFile("同意書.pdf", b"%PDF-1.7")
    sent = FORM | {"footage": footage.number, "paper": scan}
    page = client.post("/footage/consents/", sent, follow=True).content.decode()
    (given,) = PersonConsent.objects.all()
    assert all(word in page for word in ("山本 健", USE, footage.number, "同意書.pdf"))
    assert client.get(f"/footage/consents/{given.pk}/paper/").content == b"%PDF-1.7"
    assert given.number in client.get(room).content.decode()
    granted = client.post(room, {"purposes": ["同意"], "note": "", "consents": [given.pk]})
    viewing = Viewing.objects.get()
    assert (granted.status_code, viewing.note) == (302, USE)
    assert list(viewing.rests_on.all()) == [given]
    withdrawn = {"on": "2026-11-20", "how": "電話で申出"}
    page = client.post(f"/footage/consents/{given.pk}/", withdrawn, follow=True).content.decode()
    assert "電話で申出" in page
    assert given.number not in client.get(room).content.decode()
    again = client.post(room, told | {"consents": [given.pk]})
    assert (again.status_code, "撤回" in again.content.decode()) == (403, True)
    with pytest.raises(Refusal) as no:
        open_room(viewing, by=shop.by("midori"))
    assert no.value.clause == "shop-intro-consent"
    kinds = Entry.objects.filter(kind__startswith="consent.").order_by("id")
    assert [line.kind for line in kinds] == ["consent.recorded", "consent.withdrawn"]


@pytest.mark.clause("shop-intro-consent", "shop-qa-1-12")
def test_a_consent_counts_for_its_use_its_footage_and_from_its_day(shop: Founded) -> None:
    footage, other = shop.take_in("midori"), shop.take_in("midori", b"another")
    good = agreed(shop, "midori", footage)
    now = clock.now()
    clock.fix(now + timedelta(days=1))  # it ran ahead, and was put right
    late = agreed(shop, "midori", footage, on=DAY + timedelta(days=1))
    clock.fix(now)
    correct(shop.org, "日付が一日進んでいた", by=shop.by("midori"))
    assert "撤回" not in str(refusal(shop, footage).ja)
    assert "使う日より後" in refusal(shop, footage, good, late).ja
    assert "別の目的" in refusal(shop, footage, good, note="来店者の分析").ja
    assert "別の目的" in refusal(shop, footage, good, note=f"{USE}\n来店者の分析").ja
    assert "この映像" in refusal(shop, other, good).ja
    assert {refusal(shop, other, each).clause for each in (good, late)} == {"shop-intro-consent"}
    camera = {"footage": None, "camera": footage.camera, "since": DAY, "until": DAY}
    yesterday = DAY - timedelta(days=1)
    spoken_of = agreed(shop, "midori", footage, **camera)
    elsewhere = agreed(
        shop, "midori", footage, **(camera | {"since": yesterday, "until": yesterday})
    )
    assert "この映像" in refusal(shop, other, elsewhere).ja
    assert viewed(shop, other, spoken_of).state == "asked"
    assert viewed(shop, footage, good, note=f" {USE} ").state == "asked"


@pytest.mark.clause("shop-intro-consent")
def test_a_provision_rests_on_it_until_it_is_handed_over(shop: Founded, tmp_path: Path) -> None:
    footage, other = shop.take_in("midori"), shop.take_in("midori", b"another")
    with pytest.raises(Refusal) as no:
        asked(shop)
    assert no.value.clause == "shop-intro-consent"
    given = agreed(shop, "midori", footage)
    provision, by = asked(shop, given), shop.by("midori")
    judge(shop, "midori", provision, "同意", {})
    assert "同意：山本 健（令和8年11月20日）" in provision.ground_note
    with pytest.raises(Refusal) as no:
        choose(shop, "midori", provision, other)
    assert "この映像" in no.value.ja
    choose(shop, "midori", provision, footage)
    withdraw(given, DAY, "窓口で申出", by=by)
    at_desk = taker(name="港 太郎", recipient="みなと広告", undertaking_on=None)
    with pytest.raises(Refusal) as no:
        hand(shop, "midori", provision, tmp_path / "package", at_desk)
    assert (no.value.clause, "撤回" in no.value.ja) == ("shop-intro-consent", True)
    late = asked(shop, agreed(shop, "midori", footage))
    withdraw(late.rests_on.get(), DAY, "窓口で申出", by=by)
    with pytest.raises(Refusal) as no:
        judge(shop, "midori", late, "同意", {})
    assert no.value.clause == "shop-mgmt-6"


def test_a_ground_of_a_ward_rests_on_the_same(fresh_home: Home, db: None, tmp_path: Path) -> None:
    del fresh_home, db
    ward = found_ward()
    footage = ward.take_in("kishi")
    given = agreed(ward, "mori", footage)
    provision = taken_down(ward, "kishi", body_kind="other", consents=[given])
    judge(ward, "mori", provision, "エ", {})
    choose(ward, "kishi", provision, footage)
    withdraw(given, DAY, "窓口で申出", by=ward.by("mori"))
    with pytest.raises(Refusal) as no:
        hand(ward, "mori", provision, tmp_path / "package")
    assert no.value.clause == "ward-6.1-d"


def test_what_says_too_little_is_not_recorded(shop: Founded) -> None:
    footage = shop.take_in("midori")
    for odd in ({"person": " "}, {"how": ""}, {"footage": None}):
        with pytest.raises(Conflict):
            agreed(shop, "midori", footage, **odd)
    given = agreed(shop, "midori", footage)
    for day in (DAY + timedelta(days=1), DAY - timedelta(days=1)):
        with pytest.raises(Conflict):
            withdraw(given, day, "電話", by=shop.by("midori"))
    withdraw(given, DAY, "電話", by=shop.by("midori"))
    with pytest.raises(Conflict):
        withdraw(given, DAY, "電話", by=shop.by("midori"))


@pytest.mark.clause("shop-qa-1-12")
def test_a_consent_dated_after_the_use_stays_on_the_screen_refused(
    shop: Founded, client: Client
) -> None:
    footage = shop.take_in("midori")
    client.force_login(shop.people["midori"])
    late = FORM | {"footage": footage.number, "on": "2026-11-21"}
    answer = client.post("/footage/consents/", late)
    page = answer.content.decode()
    assert (answer.status_code, "[shop-qa-1-12]" in page, 'value="山本 健"' in page) == (
        403,
        True,
        True,
    )
    assert Entry.objects.filter(kind="refused").count() == 1
    assert not PersonConsent.objects.exists()
    assert client.post("/footage/consents/", late | {"on": "2026-11-20"}).status_code == 302


def test_a_ward_takes_no_consent_of_a_day_to_come_either(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    ward = found_ward()
    with pytest.raises(Conflict, match="今日より後"):
        agreed(ward, "mori", ward.take_in("kishi"), on=DAY + timedelta(days=1))


def test_they_are_kept_by_the_posts_only(fresh_home: Home, db: None, client: Client) -> None:
    del fresh_home, db
    ward = found_ward()
    client.force_login(ward.people["hara"])
    assert client.get("/footage/consents/").status_code == 403
    client.force_login(ward.people["mori"])
    assert client.get("/footage/consents/").status_code == 200
