"""The board and the registers through a browser: entering, refusing, looking; and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hokanko import clock
from hokanko.audit.arising import counted
from hokanko.audit.models import Evidence
from hokanko.people.models import Appointment, Person
from hokanko.rehearsal.cast import Cast
from tests.audit.desk import PHOTO, give, row, settled
from tests.clauses.founded import Founded
from tests.media.test_page import paper
from tests.media.test_redraw import picture
from tests.web.visitors import BACKEND, browser, kinds_written

STOCK = "/registers/at/HERE/stock/enter/"
CABINET = "ward-5.1-cabinet"


@pytest.fixture
def ward(fresh_home: object, db: None) -> Founded:
    """A ward with its manager mori, sworn."""
    del fresh_home, db
    here, now = settled("ward"), clock.now()
    mori = Person.objects.create(login="mori", name="森 課長", org=here.org, registered_at=now)
    Appointment.objects.create(org=here.org, post="管理責任者", person=mori, since=now)
    mori.oaths.create(signed_at=now)
    here.people["mori"] = mori
    return here


@pytest.fixture
def mori(ward: Founded) -> Client:
    client = Client()
    client.force_login(ward.people["mori"], backend=BACKEND)
    return client


def sent(**differs: object) -> dict[str, object]:
    """A stock-take as the page sends it."""
    return {"on": str(clock.today()), "clauses": [CABINET], "counted": "HDD 1"} | differs


def test_the_board_says_what_is_owed_first(ward: Founded, mori: Client) -> None:
    page = mori.get("/board/").content.decode()
    assert page.index("求められていること") < page.index("すべての条")
    assert "記録媒体の棚卸し" in page
    assert "期限切れ" in page
    assert "%" not in page.partition("<main")[2].partition("</main")[0]
    assert page.count('<tr id="ward-') == 61


def test_the_board_is_narrowed(ward: Founded, mori: Client) -> None:
    page = mori.get("/board/?state=printed").content.decode()
    assert 'id="ward-2.1-map"' in page
    assert 'id="ward-5.1-cabinet"' not in page
    page = mori.get("/board/?who=操作担当者").content.decode()
    assert 'id="ward-7.1"' in page
    assert 'id="ward-5.1-cabinet"' not in page


def test_the_board_as_json(ward: Founded, mori: Client) -> None:
    give(ward, "stock", [CABINET])
    said = mori.get("/board/at/HERE.json").json()
    found = next(each for each in said["clauses"] if each["id"] == CABINET)
    assert said["org"] == "HERE"
    assert found["state"] == "evidenced"
    assert found["evidence"][0]["name"] == "棚卸し記録 第1号"


def test_a_photograph_is_entered_and_shown(ward: Founded, mori: Client) -> None:
    photo = SimpleUploadedFile("錠.png", PHOTO, content_type="text/html")
    answer = mori.post(f"{STOCK}?clause={CABINET}", sent(file=photo))
    row = Evidence.objects.get()
    assert answer.headers["Location"] == f"/evidence/{row.pk}/"
    assert kinds_written()[-1] == "evidence.entered"
    page = mori.get(f"/evidence/{row.pk}/").content.decode()
    assert "棚卸し記録 第1号" in page
    assert "森 課長" in page
    shown = mori.get(f"/evidence/{row.pk}/picture/")
    assert (shown.content, shown.headers["Content-Type"]) == (PHOTO, "image/png")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_picture_is_only_downloaded(ward: Founded, mori: Client) -> None:
    page = SimpleUploadedFile("x.png", b"<script>1</script>", content_type="image/png")
    mori.post(STOCK, sent(file=page))
    row = Evidence.objects.get()
    assert mori.get(f"/evidence/{row.pk}/picture/").status_code == 404
    kept = mori.get(f"/evidence/{row.pk}/download/")
    assert kept.headers["Content-Type"] == "application/octet-stream"
    assert kept.headers["Content-Disposition"].startswith("attachment;")


def test_a_file_too_large_is_not_taken(ward: Founded, mori: Client) -> None:
    large = SimpleUploadedFile("x.png", PHOTO + bytes(11 << 20), content_type="image/png")
    assert mori.post(STOCK, sent(file=large)).status_code == 409
    assert not Evidence.objects.exists()


def test_a_refusal_stays_on_the_page_with_its_article(ward: Founded, mori: Client) -> None:
    answer = mori.post(
        "/registers/at/HERE/takeout/enter/",
        {"on": str(clock.today()), "what": "HDD", "bearer": "岸", "purpose": "家"},
    )
    assert answer.status_code == 403
    assert "[ward-5.1-carry]" in answer.content.decode()
    assert kinds_written()[-1] == "refused"
    page = mori.get("/board/at/HERE/ward-5.1-carry/").content.decode()
    assert "今月の拒否 1 件" in page
    assert "今月、この条により認めなかったこと" in page


def test_a_withdrawn_entry_is_struck_through(ward: Founded, mori: Client) -> None:
    row = give(ward, "stock", [CABINET])
    answer = mori.post(f"/evidence/{row.pk}/withdraw/", {"reason": "数え間違い"})
    assert answer.status_code == 302
    assert "<s>1</s>" in mori.get("/registers/at/HERE/stock/").content.decode()
    assert mori.post(f"/evidence/{row.pk}/withdraw/", {"reason": ""}).status_code != 302


def test_the_owner_is_reminded_on_the_home_page(ward: Founded, mori: Client) -> None:
    assert "期限を過ぎた点検・証拠" in mori.get("/").content.decode()
    soon = clock.today() + timedelta(days=13)
    for clause in (CABINET, "ward-5.1-carry"):
        give(ward, "stock", [clause], expires_on=soon)
    assert "14日以内に期限が来る点検・証拠" in mori.get("/").content.decode()


def test_a_printed_clause_leads_into_the_document(ward: Founded, mori: Client) -> None:
    board = mori.get("/board/?state=printed").content.decode()
    assert 'href="/rules/text/#ward-2.1-map"' in board
    assert 'id="ward-2.1-map"' in mori.get("/rules/text/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/board/at/CHUO/",
        "/board/at/CHUO.json",
        "/board/at/CHUO/police-4.1/",
        "/registers/at/CHUO/",
        "/registers/at/CHUO/stock/",
        "/registers/at/CHUO/stock/enter/",
    ],
)
@pytest.mark.parametrize("login", ["yamada", "sato", "ito"])
def test_outsiders_and_wrong_posts_see_nothing(cast: Cast, path: str, login: str) -> None:
    assert browser(cast, login).get(path).status_code == 403
    assert browser(cast, "suzuki").get(path).status_code == 200


def test_an_outsider_opens_no_entry(cast: Cast) -> None:
    seen = [thing.name for thing in counted(cast.station, clock.today())]
    stock = {"on": str(clock.today()), "clauses": ["police-4.1"], "counted": "13台", "seen": seen}
    browser(cast, "suzuki").post("/registers/at/CHUO/stock/enter/", stock)
    row = Evidence.objects.get()
    outsider = browser(cast, "yamada")
    for page in ("", "picture/", "download/"):
        assert outsider.get(f"/evidence/{row.pk}/{page}").status_code == 403
    withdrawn = outsider.post(f"/evidence/{row.pk}/withdraw/", {"reason": "x"})
    assert withdrawn.status_code == 403
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_what_is_not_there_is_said(ward: Founded, mori: Client) -> None:
    assert mori.get("/registers/at/HERE/diary/").status_code == 404
    assert mori.get("/board/at/HERE/ward-99/").status_code == 404
    row = give(ward, "stock", [CABINET], photo=False)
    assert mori.get(f"/evidence/{row.pk}/download/").status_code == 404


def test_evidence_that_is_a_photograph_comes_with_one(fresh_home: object, db: None) -> None:
    here, now = settled("shop"), clock.now()
    person = Person.objects.create(login="mori", name="店長", org=here.org, registered_at=now)
    Appointment.objects.create(org=here.org, post="管理責任者", person=person, since=now)
    person.oaths.create(signed_at=now)
    here.people["mori"] = person
    client, clause = browser(here, "mori"), "shop-mgmt-10"
    page = f"/registers/at/HERE/measure/enter/?clause={clause}"
    assert "写真の入ったPDFを必ず添えます" in client.get(page).content.decode()
    told = {"on": str(clock.today()), "clauses": [clause], "what": "録画装置", "measure": "施錠"}
    late = row(here.org, clause).owed
    for picked in ([clause], []):  # nothing picked speaks for all of the register
        answer = client.post(page, told | {"clauses": picked})
        assert answer.status_code == 403
        assert "[shop-" in answer.content.decode()
    assert "録画装置の置き場所と施錠の写真" in client.post(page, told).content.decode()
    assert row(here.org, clause).owed == late != ()
    words = SimpleUploadedFile("錠.pdf", paper("(a lock) Tj"))
    answer = client.post(page, told | {"file": words})
    assert answer.status_code == 403
    assert "写真の入ったPDFを添えてください" in answer.content.decode()
    assert row(here.org, clause).owed == late
    shown = SimpleUploadedFile("錠.pdf", picture("PDF"))
    assert client.post(page, told | {"file": shown}).status_code == 302
    assert row(here.org, clause).owed == ()


def test_a_fault_found_at_an_inspection_is_described(ward: Founded, mori: Client) -> None:
    page = "/registers/at/HERE/inspection/enter/"
    assert "「異常あり」のときは、必ず書きます" in mori.get(page).content.decode()
    told = {"on": str(clock.today()), "inspector": "中田電気", "result": "fault"}
    answer = mori.post(page, told)
    assert answer.status_code == 403
    assert "備考" in answer.content.decode().partition("書いてください：")[2][:20]
    photo = SimpleUploadedFile("a.png", PHOTO)
    assert mori.post(page, told | {"remark": "レンズにひび", "file": photo}).status_code == 302
