"""Oath and training: what each book asks, what is filed, when it lapses, what one still owes."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.queries import thing
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people.attach import MOST_BYTES, Scan, unsealed
from hokanko.people.models import Oath, Training
from hokanko.people.owed import owed_by
from hokanko.people.readying import swear, train
from hokanko.rehearsal.cast import Cast
from hokanko.rules.book import load
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.papers.samples import words
from tests.people.test_paperwork import BOTH, OPENING, enact, log_in, shop
from tests.web.visitors import browser

__all__ = ["shop"]

SIGNED = b"\x89PNG\r\n\x1a\n the oath as signed"


@pytest.mark.clause("shop-ops-2-celebrity")
def test_oath_and_sheet_of_questions_name_the_well_known_visitor(shop: Founded) -> None:
    client, tsuji = log_in(shop, "midori"), shop.people["tsuji"]
    oath = words(client.get(f"/people/{tsuji.pk}/oath.pdf").content)
    assert "名の知られた人が店に来たことも、書かず、話しません。" in oath
    quiz = words(client.get(f"/people/{tsuji.pk}/quiz.pdf").content)
    (asked,) = [q for q in load("shop").questions if q.clause == "shop-ops-2-celebrity"]
    for said in ("名の知られた人が店に来たことも", asked.ja, asked.why_ja, "注意書き"):
        assert said.replace(" ", "") in quiz, said
    assert not asked.right


def test_the_sheet_is_for_whoever_teaches(shop: Founded) -> None:
    tsuji = shop.people["tsuji"]
    assert log_in(shop, "tsuji").get(f"/people/{tsuji.pk}/quiz.pdf").status_code == 403


def test_a_book_without_questions_has_no_sheet(cast: Cast) -> None:
    page = browser(cast, "suzuki").get(f"/people/{cast.people['sato'].pk}/quiz.pdf")
    assert page.status_code == 404


def test_training_is_told_with_content_day_validity_and_the_sheet(shop: Founded) -> None:
    client, tsuji = log_in(shop, "oka"), shop.people["tsuji"]
    page = client.get(f"/people/{tsuji.pk}/").content.decode()
    assert 'value="個人情報保護・情報漏洩防止"' in page, "the topics come from the book"
    assert "確認票を印刷する" in page
    said = {
        "topic": BOTH,
        "content": "店の手引き、30分",
        "quizzed": "on",
        "valid_until": "2027-11-20",
        "trainer": "県警察 防犯設備士",
    }
    assert client.post(f"/people/{tsuji.pk}/train/", said).status_code == 302
    page = client.get(f"/people/{tsuji.pk}/").content.decode()
    for word in (BOTH, "店の手引き、30分", "令和9年11月20日", "県警察 防犯設備士", "確認票：済み"):
        assert word in page
    told = read.about(f"person:{tsuji.pk}")[-1].facts
    assert (told["content"], told["quizzed"]) == ("店の手引き、30分", True)
    assert (told["on"], told["valid_until"]) == ("2026-11-20", "2027-11-20")


def test_no_topic_is_guessed_where_the_book_asks_for_none(cast: Cast) -> None:
    train(cast.people["ito"], by=cast.as_actor("suzuki"))
    assert cast.people["ito"].trainings.get().topic == "撮影・映像・機器の管理"
    assert load("ward").parameter("training.topics").value == ()


def test_the_day_after_it_lapsed_the_training_is_named_and_what_to_do(shop: Founded) -> None:
    footage, midori = shop.take_in("midori"), shop.people["midori"]
    Training.objects.filter(person=midori).update(valid_until=clock.today())
    assert shop.permitted("midori", "viewing.open", thing(footage), **OPENING) == "shop-mgmt-5"
    clock.fix(NOON + timedelta(days=1))
    no = shop.refused("midori", "viewing.open", thing(footage), **OPENING)
    assert "有効な教育の記録がありません" in no.ja
    assert "有効期限が過ぎています" in no.ja
    (owed,) = owed_by(midori)
    assert (owed.what, owed.lacking) == ("train", ("個人情報保護", "情報漏洩防止"))
    assert "店長" in owed.who
    page = log_in(shop, "midori").get("/me/").content.decode()
    assert "令和8年11月20日（2026年）で期限切れ" in page
    assert "期限が切れているか" in page


def test_who_must_read_the_rules_is_given_the_button(shop: Founded) -> None:
    enact(shop)
    client = log_in(shop, "tsuji")
    page = client.get("/me/").content.decode()
    assert "読み終えたので、読んだと記す" in page
    assert [owed.what for owed in owed_by(shop.people["tsuji"])] == ["read", "swear", "train"]
    answer = client.post("/people/read/")
    assert answer.headers["Location"] == "/me/", "there is more to do"
    page = client.get("/me/").content.decode()
    assert "読み終えたので" not in page
    assert "第2版" in page
    for login, name in (("oka", "店長"), ("tsuji", "従業員")):
        assert name in log_in(shop, login).get("/me/").content.decode()


def test_ones_own_page_says_when_nothing_is_owed(shop: Founded) -> None:
    page = log_in(shop, "midori").get("/me/").content.decode()
    assert "書類で足りないものはありません。" in page
    assert "解く" not in page
    midori = shop.people["midori"]
    assert log_in(shop, "midori").get(f"/people/{midori.pk}/oath.pdf").status_code == 200
    tsuji = shop.people["tsuji"]
    assert log_in(shop, "tsuji").get(f"/people/{midori.pk}/oath.pdf").status_code == 403
    assert log_in(shop, "tsuji").get(f"/people/{tsuji.pk}/oath.pdf").status_code == 200


# ── the signed paper ──────────────────────────────────────────────────────────


def test_a_signed_oath_is_filed_sealed_and_its_hash_is_on_the_ledger(
    shop: Founded, fresh_home: Home
) -> None:
    client, tsuji = log_in(shop, "midori"), shop.people["tsuji"]
    scan = SimpleUploadedFile("誓約.png", SIGNED, "text/html")
    sent = {"form": "oath", "scan": scan}
    assert client.post(f"/people/{tsuji.pk}/swear/", sent).status_code == 302
    oath = Oath.objects.get(person=tsuji)
    assert SIGNED not in bytes(oath.file or b"")
    assert unsealed(oath) == SIGNED
    told = read.about(f"person:{tsuji.pk}")[-1].facts
    assert told["sha256"] == hashlib.sha256(SIGNED).hexdigest()
    for path in fresh_home.path.rglob("*"):
        assert not path.is_file() or SIGNED not in path.read_bytes()
    for login, status in (("midori", 200), ("tsuji", 200), ("sakura", 200)):
        answer = log_in(shop, login).get(f"/people/oaths/{oath.pk}/")
        assert (answer.status_code, answer.content) == (status, SIGNED)
        assert answer.headers["Content-Type"] == "image/png", "not what the browser said"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert f"/people/oaths/{oath.pk}/" in client.get(f"/people/{tsuji.pk}/").content.decode()
    kishi = shop.people["sakura"]
    own = swear(kishi, scan=Scan(b"%PDF-1.7", "x.pdf"), by=shop.by("oka"))
    assert log_in(shop, "tsuji").get(f"/people/oaths/{own.pk}/").status_code == 403


@pytest.mark.parametrize(
    "content", [b"<html>", b"%PDF" + b"x" * MOST_BYTES], ids=["no paper", "large"]
)
def test_what_is_no_paper_is_not_filed(shop: Founded, content: bytes) -> None:
    before = Oath.objects.count()
    with pytest.raises(Conflict):
        swear(shop.people["tsuji"], scan=Scan(content, "x"), by=shop.by("oka"))
    assert Oath.objects.count() == before


def test_an_oath_without_a_scan_has_none_to_show(shop: Founded, client: Client) -> None:
    client.force_login(shop.people["midori"])
    oath = Oath.objects.filter(person=shop.people["midori"]).latest("id")
    assert client.get(f"/people/oaths/{oath.pk}/").status_code == 404
    assert client.get("/people/oaths/9999/").status_code == 404
