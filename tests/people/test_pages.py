"""The roster through a browser: registering, appointing, training, cards; and who may not."""

from __future__ import annotations

import pytest

from hokanko.people.models import Appointment, Card, Person
from hokanko.people.queries import actor
from hokanko.rehearsal.cast import Cast
from tests.fixtures import PASSWORD
from tests.web.visitors import browser, kinds_written

NEW = {
    "login": "kimura",
    "name": "木村 直",
    "section": "地域第三係",
    "telephone": "2-1104",
    "post": "カメラ装着警察官",
    "password": PASSWORD,
}


def test_the_roster_shows_people_and_posts(cast: Cast) -> None:
    page = browser(cast, "suzuki").get("/people/").content.decode()
    for words in ("田中 美咲", "運用担当者", "伊藤 玲", "役職なし", "令和8年11月20日"):
        assert words in page
    assert "中村 隆" not in page
    assert "欠けている役職" not in page


def test_a_vacant_post_is_shown(cast: Cast) -> None:
    page = browser(cast, "yamada").get("/people/").content.decode()
    assert "欠けている役職" in page
    assert '<span class="tag warn">運用担当者</span>' in page


def test_an_empty_organisation_says_what_to_do(cast: Cast) -> None:
    Appointment.objects.filter(org=cast.other).delete()
    Person.objects.filter(org=cast.other).update(org=cast.hq)
    page = browser(cast, "kanri").get("/people/at/MINATO/").content.decode()
    assert "まだ誰も登録されていません" in page


def test_the_manager_registers_a_wearer(cast: Cast) -> None:
    client = browser(cast, "suzuki")
    assert client.get("/people/at/CHUO/register/").status_code == 200
    answer = client.post("/people/at/CHUO/register/", NEW)
    person = Person.objects.get(login="kimura")
    assert answer.headers["Location"] == f"/people/{person.pk}/"
    assert actor(person).holdings == {("CHUO", "カメラ装着警察官")}
    assert kinds_written()[-2:] == ["person.registered", "post.appointed"]


def test_a_short_password_is_sent_back(cast: Cast) -> None:
    answer = browser(cast, "suzuki").post("/people/at/CHUO/register/", NEW | {"password": "short"})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Person.objects.filter(login="kimura").exists()


def test_a_login_is_given_once(cast: Cast) -> None:
    answer = browser(cast, "suzuki").post("/people/at/CHUO/register/", NEW | {"login": "sato"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "ログイン名「sato」はもう使われています。" in page
    assert 'value="木村 直"' in page, "what was typed stays"


def test_heads_are_registered_by_the_technical_administrator(cast: Cast) -> None:
    head = NEW | {"post": "運用管理者"}
    assert browser(cast, "suzuki").post("/people/at/CHUO/register/", head).status_code == 403
    assert browser(cast, "kanri").post("/people/at/CHUO/register/", head).status_code == 302


def test_appointing_and_dismissing(cast: Cast) -> None:
    client, ito = browser(cast, "suzuki"), cast.people["ito"]
    client.post(f"/people/{ito.pk}/appoint/", {"post": "運用担当者"})
    held = Appointment.objects.get(person=ito, until=None)
    assert held.post == "運用担当者"
    client.post(f"/people/posts/{held.pk}/dismiss/")
    assert not actor(ito).holdings
    assert client.post(f"/people/posts/{held.pk}/dismiss/").status_code == 404


@pytest.mark.parametrize(
    ("deed", "said", "words"),
    [
        ("appoint", {"post": "署長"}, "署長"),
        ("appoint", {}, "このフィールドは必須です。"),
        ("train", {"topic": "長" * 81}, "長" * 81),
        ("train", {"topic": ""}, "このフィールドは必須です。"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(
    cast: Cast, deed: str, said: dict[str, str], words: str
) -> None:
    before = kinds_written()
    answer = browser(cast, "suzuki").post(f"/people/{cast.people['sato'].pk}/{deed}/", said)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "errorlist" in page
    assert words in page
    assert kinds_written() == before


def test_a_post_that_is_held_already_is_told_on_the_form(cast: Cast) -> None:
    address = f"/people/{cast.people['tanaka'].pk}/appoint/"
    answer = browser(cast, "suzuki").post(address, {"post": "運用担当者"})
    assert answer.status_code == 409
    assert "田中 美咲さんは、もう運用担当者です。" in answer.content.decode()


@pytest.mark.parametrize("login", ["ito", "yamada"])
def test_a_wrong_form_shows_nothing_to_others(cast: Cast, login: str) -> None:
    visitor, sato = browser(cast, login), cast.people["sato"]
    for address in (f"/people/{sato.pk}/appoint/", f"/people/{sato.pk}/train/"):
        assert visitor.post(address, {}).status_code == 403
    assert visitor.post("/people/at/CHUO/register/", {}).status_code == 403


def test_training_and_oath(cast: Cast) -> None:
    client, ito = browser(cast, "suzuki"), cast.people["ito"]
    client.post(f"/people/{ito.pk}/train/", {"topic": "撮影・映像・機器の管理"})
    client.post(f"/people/{ito.pk}/swear/")
    assert actor(ito).trained
    assert actor(ito).sworn
    assert kinds_written()[-2:] == ["training.held", "oath.signed"]


def test_a_card_is_issued_and_printed(cast: Cast) -> None:
    client, sato = browser(cast, "suzuki"), cast.people["sato"]
    assert client.get(f"/people/{sato.pk}/card.pdf").status_code == 404
    for _ in range(2):
        client.post(f"/people/{sato.pk}/card/")
    assert Card.objects.filter(person=sato, revoked_at=None).count() == 1
    answer = client.get(f"/people/{sato.pk}/card.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"


def test_ones_own_page(cast: Cast) -> None:
    page = browser(cast, "sato").get("/me/").content.decode()
    assert "カメラ装着警察官" in page
    assert "撮影・映像・機器の管理" in page
    assert "抹消する" not in page
    assert "カードを発行する" not in page


@pytest.mark.parametrize("deed", ["appoint", "train", "swear", "retire", "card"])
@pytest.mark.parametrize("login", ["tanaka", "ito", "yamada"])
def test_others_change_nothing(cast: Cast, login: str, deed: str) -> None:
    said = {"post": "運用主任者", "topic": "撮影"}
    answer = browser(cast, login).post(f"/people/{cast.people['sato'].pk}/{deed}/", said)
    assert answer.status_code == 403
    assert kinds_written()[-1] == "refused"
    assert "police-" in answer.content.decode()


@pytest.mark.parametrize("page", ["at/CHUO/", "at/CHUO/register/", "{sato}/", "{sato}/card.pdf"])
def test_an_outsider_sees_nothing(cast: Cast, page: str) -> None:
    address = "/people/" + page.format(sato=cast.people["sato"].pk)
    answer = browser(cast, "yamada").get(address)
    assert answer.status_code == 403
    assert "佐藤" not in answer.content.decode()
    assert kinds_written()[-1] == "refused"


def test_an_outsider_cannot_dismiss(cast: Cast) -> None:
    held = Appointment.objects.get(person=cast.people["tanaka"], until=None)
    assert browser(cast, "yamada").post(f"/people/posts/{held.pk}/dismiss/").status_code == 403
