"""A refusal reads like one: what, which article in its own words, who may, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from hokanko.errors import Conflict, HokankoError, Missing, Refusal, Unavailable, Unsound
from hokanko.ledger.models import Entry
from hokanko.rehearsal.cast import Cast
from hokanko.rules.decide import adopted_book
from hokanko.rules.models import Adoption
from hokanko.web.faults import barred, broken, garbled, stale
from hokanko.web.middleware import page_of, trouble_of
from tests.web.visitors import browser, kinds_written


def test_a_refusal_shows_its_article_and_who_may(cast: Cast) -> None:
    person = cast.people["tanaka"]
    answer = browser(cast, "tanaka").post(f"/people/{person.pk}/card/")
    page = answer.content.decode()
    clause = adopted_book("CHUO").clause("police-5.2.1")
    assert answer.status_code == 403
    assert "二次元コードを付与することは認められません" in page
    assert clause.id in page
    assert clause.article in page
    assert clause.ja in page
    assert '<span class="tag">運用管理者</span>' in page
    assert '<span class="tag bad">要領による</span>' in page
    assert "ソフトウェアの既定" not in page
    assert "台帳に記しました" in page


@pytest.mark.parametrize(
    ("clause", "ja", "en"),
    [
        ("ward-4", "要領による", "By the rules"),
        ("pref-use", "指針による", "By the guideline"),
        ("home-2.6", "ガイドラインによる", "By the guideline"),
        ("shop-mgmt-5", "規定による", "By the rules"),
    ],
)
@pytest.mark.usefixtures("db")
def test_a_refusal_says_what_kind_of_document_refuses(
    rf: RequestFactory, clause: str, ja: str, en: str
) -> None:
    refused = Refusal("だめです。", "No.", clauses=[clause], article="第1")
    for language, words in (("ja", ja), ("en", en)):
        with translation.override(language):
            page = page_of(rf.get("/"), refused).content.decode()
        assert f'<span class="tag bad">{words}</span>' in page


def test_a_refusal_is_on_the_ledger_once(cast: Cast) -> None:
    browser(cast, "tanaka").post(f"/people/{cast.people['tanaka'].pk}/card/")
    browser(cast, "ito").get("/people/")
    refused = Entry.objects.filter(kind="refused", org="CHUO")
    assert refused.count() == 2
    assert kinds_written()[-1] == "refused"


def test_a_software_default_is_not_dressed_as_an_article(cast: Cast) -> None:
    page = browser(cast, "ito").get("/people/").content.decode()
    assert "ソフトウェアの既定" in page
    assert "条文ではありません" in page
    assert "police-" not in page


def test_a_refusal_in_english(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.post(f"/people/{cast.people['tanaka'].pk}/card/").content.decode()
    assert "Not allowed to issue a 2D-code card." in page
    assert "unit operations manager" in page
    assert adopted_book("CHUO").clause("police-5.2.1").en in page


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> Iterator[HttpRequest]:
    """A request that no middleware has seen, so that its language is not chosen yet."""
    with translation.override("ja"):
        yield rf.get("/")


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (Conflict("もうあります。", "It exists."), "いまの状態ではできません"),
        (Missing("ありません。", "There is none."), "見つかりません"),
        (Unsound("違います。", "It differs."), "改変または破損が見つかりました"),
        (Unavailable("混んでいます。", "Busy."), "いまは使えません"),
        (Refusal("だめです。", "No."), "認められません"),
    ],
)
def test_each_kind_of_error_has_its_own_look(
    db: None, request_of_nobody: HttpRequest, error: HokankoError, title: str
) -> None:
    answer = page_of(request_of_nobody, error)
    page = answer.content.decode()
    assert answer.status_code == error.status
    assert f"<h1>{title}" in page.replace("\n", "")
    assert error.ja in page
    assert "どうすればよいか" in page


def test_what_to_do_is_said_by_the_error_itself(db: None, request_of_nobody: HttpRequest) -> None:
    error = Conflict("だめ。", "No.", mend_ja="充電してください。", mend_en="Charge it.")
    assert "充電してください。" in page_of(request_of_nobody, error).content.decode()


def test_the_last_pages_ask_no_database(request_of_nobody: HttpRequest) -> None:
    fault = ValueError("x")
    for answer, status in (
        (broken(request_of_nobody), 500),
        (garbled(request_of_nobody, fault), 400),
        (barred(request_of_nobody, fault), 403),
        (stale(request_of_nobody), 403),
    ):
        assert answer.status_code == status
        assert "できませんでした" in answer.content.decode()


def test_a_script_gets_the_refusal_as_json(cast: Cast) -> None:
    answer = browser(cast, "ito").get("/people/", headers={"Accept": "application/json"})
    assert answer.json()["refused"]["who_may"]


def test_nobody_reads_without_logging_in(cast: Cast) -> None:
    answer = Client().get("/ledger/")
    assert answer.headers["Location"] == "/login/?next=/ledger/"


def test_a_button_opened_as_a_page_says_so(cast: Cast) -> None:
    answer = browser(cast, "suzuki").get(f"/people/{cast.people['sato'].pk}/appoint/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "ボタンを押したときだけ" in answer.content.decode()


def test_a_script_is_told_in_the_readers_language(cast: Cast) -> None:
    client = browser(cast, "ito")
    asked = {"Accept": "application/json"}
    assert client.get("/cameras/", headers=asked).json()["words"].startswith("第4 1 [police-4.1]")
    client.post("/language/", {"language": "en", "next": "/"})
    assert (
        "Not allowed to see the camera rack."
        in client.get("/cameras/", headers=asked).json()["words"]
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("database or disk is full", "空きがない"),
        ("database is locked", "混み合っています"),
        ("could not extend file: No space left on device", "空きがない"),
        ("unable to open database file", "届かないか、壊れています"),
    ],
)
def test_what_ails_the_database_is_told_apart(said: str, expected: str) -> None:
    trouble = trouble_of(OperationalError(said))
    assert trouble is not None
    assert expected in trouble.ja
    assert trouble.mend_ja
    assert trouble.mend_en


def test_an_altered_rulebook_is_a_page_and_no_crash(cast: Cast) -> None:
    """The frame of the page must not ask the rulebook that the page complains of (I10)."""
    Adoption.objects.filter(org="CHUO").update(fingerprint="0" * 64)
    answer = browser(cast, "tanaka").get("/footage/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "採択した規程" in page
    assert "ログアウト" in page
