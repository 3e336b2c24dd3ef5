"""The pages of cases, for those who answer, for those who only receive, and for outsiders."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.rehearsal.cast import Cast
from tests.cases.bodies import STORY, body, received
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.web.visitors import browser

SAID = {"asks": "conduct", "received_on": "2026-11-20", "name": "北野 春", "story": STORY}


@pytest.fixture
def shop(fresh_home: Home, db: None) -> Founded:
    """A shop."""
    del fresh_home, db
    return body("shop")


def test_a_complaint_goes_its_way_on_the_pages(shop: Founded) -> None:
    client = browser(shop, "boss")
    assert "受け付けたものはありません" in client.get("/cases/").content.decode()
    page = client.post("/cases/open/complaint/", SAID, follow=True).content.decode()
    case = Case.objects.get()
    assert STORY in page
    assert "北野 春" in page
    refused = client.post(f"/cases/{case.pk}/close/", {"outcome": "none"})
    assert refused.status_code == 403
    assert "[shop-mgmt-8]" in refused.content.decode()
    assert "[shop-mgmt-8-measure]" in refused.content.decode()
    client.post(f"/cases/{case.pk}/act/", {"step": "looked", "text": "録画を見た。"})
    client.post(f"/cases/{case.pk}/act/", {"step": "answered", "text": "電話した。"})
    said = {"outcome": "measure", "measures": "店員に伝えた。"}
    page = client.post(f"/cases/{case.pk}/close/", said, follow=True).content.decode()
    assert "店員に伝えた" in page
    assert "対応を記録する" not in page
    assert Case.objects.get().state == "closed"


def test_a_camera_that_was_named_is_not_lost_where_no_footage_is_found(shop: Founded) -> None:
    said = SAID | {"camera": "7", "filmed_at": "2026-11-20T09:30"}
    page = browser(shop, "boss").post("/cases/open/complaint/", said, follow=True).content.decode()
    assert "カメラ番号：7" in page
    assert "写っていた日時：令和8年11月20日 午前9時30分" in page


def test_what_is_late_is_said_in_words(shop: Founded) -> None:
    received(shop)
    clock.fix(NOON + timedelta(days=10))
    assert "期限を3日過ぎています" in browser(shop, "boss").get("/cases/").content.decode()


def test_the_open_one_with_the_nearest_day_stands_first(shop: Founded) -> None:
    later = received(shop, kind="subject", asks="disclose")
    sooner = received(shop)
    page = browser(shop, "boss").get("/cases/").content.decode()
    assert page.index(sooner.number) < page.index(later.number)


def test_who_may_not_read_still_gets_a_number(shop: Founded) -> None:
    client = browser(shop, "hara")
    page = client.post("/cases/open/complaint/", SAID).content.decode()
    assert Case.objects.get().number in page
    assert client.get("/cases/").status_code == 403
    assert client.get(f"/cases/{Case.objects.get().pk}/").status_code == 403


def test_the_record_is_a_paper(shop: Founded) -> None:
    case = received(shop)
    answer = browser(shop, "boss").get(f"/cases/{case.pk}.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"


def test_a_shop_knows_no_objections_on_patrol(shop: Founded) -> None:
    assert browser(shop, "boss").get("/cases/open/objection/").status_code == 404


def test_another_units_cases_are_closed_to_outsiders(cast: Cast) -> None:
    browser(cast, "tanaka").post("/cases/open/complaint/", SAID)
    case = Case.objects.get()
    outsider = browser(cast, "yamada")
    for url in ("/cases/at/CHUO/", f"/cases/{case.pk}/", f"/cases/{case.pk}.pdf"):
        assert outsider.get(url).status_code == 403, url
    for step in ("act", "link", "close"):
        answer = outsider.post(f"/cases/{case.pk}/{step}/", {"step": "looked", "text": "x"})
        assert answer.status_code == 403, step
    assert browser(cast, "watanabe").get("/cases/at/CHUO/").status_code == 200


def test_the_pages_speak_english_too(shop: Founded) -> None:
    case = received(shop)
    client = browser(shop, "boss")
    client.cookies["django_language"] = "en"
    page = client.get(f"/cases/{case.pk}/").content.decode()
    for words in ("Answer due", "What was done", "Close the case"):
        assert words in page


def test_a_strangers_footage_is_as_if_it_did_not_exist(cast: Cast, footage: Footage) -> None:
    client = browser(cast, "yamada")
    words = f"映像ファイル「{footage.number}」はありません"
    said = SAID | {"number": footage.number}
    assert words in client.post("/cases/open/complaint/", said).content.decode()
    assert not Case.objects.exists()
    client.post("/cases/open/complaint/", SAID)
    case = Case.objects.get()
    address = f"/cases/{case.pk}/link/"
    assert words in client.post(address, {"number": footage.number}).content.decode()
    none = client.post(address, {"number": "CHUO-20990101-0001"}).content.decode()
    assert "映像ファイル「CHUO-20990101-0001」はありません" in none
    case.refresh_from_db()
    assert case.footage_id is None
