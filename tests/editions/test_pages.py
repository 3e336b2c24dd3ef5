"""The wizard on screen: the list, the draft, the comparison, the signature, the table of powers."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from hokanko import clock
from hokanko.editions.queries import editions, state, to_sign
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.rehearsal.cast import Cast
from hokanko.rules.decide import parameter
from hokanko.rules.models import Adoption
from hokanko.rules.verbs import VERBS
from tests.web.visitors import browser

FORM = {
    "org.name": "中央警察署",
    "org.kind": "station",
    "org.hq": "県警察本部",
    "project.start": "2025-08-01",
    "night_duty.hours": "18:00-08:00",
    "reason": "当直の時刻が変わるため",
}


def drafted(cast: Cast) -> Adoption:
    answer = browser(cast, "suzuki").post("/editions/at/CHUO/draft/", FORM)
    assert answer.status_code == 302, answer.content.decode()
    row = to_sign("CHUO")
    assert row is not None
    return row


def test_the_list_shows_every_edition_with_its_state(cast: Cast) -> None:
    page = browser(cast, "ito").get("/editions/").content.decode()
    assert "第1版" in page
    assert "施行中" in page
    assert "渡辺 総一" in page
    assert "次の版の案を作る" not in page
    assert "次の版の案を作る" in browser(cast, "suzuki").get("/editions/").content.decode()
    assert "有効期間は令和8年3月31日" in page


def test_the_frame_of_a_rehearsal_keeps_its_own_words(cast: Cast, fresh_home: Home) -> None:
    (fresh_home.path / clock.REHEARSAL_FILE).touch()
    for url in ("/editions/", "/editions/at/CHUO/matrix/"):
        page = browser(cast, "ito").get(url).content.decode()
        assert "練習用：時計は動かせます" in page
        assert "役職なし" in page


def test_the_draft_offers_every_blank_with_its_article(cast: Cast) -> None:
    page = browser(cast, "suzuki").get("/editions/at/CHUO/draft/").content.decode()
    assert 'name="night_duty.hours"' in page
    assert 'value="17:15-08:30"' in page
    assert "第7 2(3)" in page
    assert 'name="retention.days"' not in page  # the document fixes it
    assert 'name="amend.quiet_days"' in page


def test_a_draft_is_compared_and_signed_by_another(cast: Cast) -> None:
    row = drafted(cast)
    page = browser(cast, "suzuki").get(f"/editions/{row.pk}/").content.decode()
    assert "午後5時15分から午前8時30分まで" in page
    assert "午後6時0分から午前8時0分まで" in page
    assert "当直の時刻が変わるため" in page
    assert "要領は、実施責任者の署名により制定します" in page
    assert browser(cast, "suzuki").post(f"/editions/{row.pk}/sign/").status_code == 403
    client = browser(cast, "watanabe")
    assert "第2版に署名する" in client.get(f"/editions/{row.pk}/").content.decode()
    assert client.post(f"/editions/{row.pk}/sign/").status_code == 302
    assert parameter("CHUO", "night_duty.hours") == "18:00-08:00"
    assert [state(each) for each in editions("CHUO")] == ["running", "past"]
    assert client.post(f"/editions/{row.pk}/sign/").status_code == 409


def test_what_cannot_be_read_is_told_on_the_form(cast: Cast) -> None:
    bad = FORM | {"night_duty.hours": "夜"}
    answer = browser(cast, "suzuki").post("/editions/at/CHUO/draft/", bad)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "17:15-08:30 の形" in page
    assert 'value="夜"' in page


def test_open_blanks_stand_on_the_page_of_the_draft(cast: Cast) -> None:
    browser(cast, "suzuki").post("/editions/at/CHUO/draft/", FORM | {"org.hq": ""})
    row = to_sign("CHUO")
    assert row is not None
    client = browser(cast, "watanabe")
    page = client.get(f"/editions/{row.pk}/").content.decode()
    assert "埋めていない空欄" in page
    assert "org.hq" in page
    assert "第2版に署名する" not in page
    answer = client.post(f"/editions/{row.pk}/sign/")
    assert answer.status_code == 403
    assert "police-notice-5" in answer.content.decode()


def test_the_matrix_asks_every_post_about_every_verb(cast: Cast) -> None:
    page = browser(cast, "ito").get("/editions/at/CHUO/matrix/").content.decode()
    assert [name for name in VERBS if name not in page] == []
    assert [verb.ja for verb in VERBS.values() if escape(verb.ja) not in page] == []
    one = browser(cast, "ito").get("/editions/at/CHUO/matrix/", {"post": "総括運用管理者"})
    text = one.content.decode()
    assert "この役職に映像を閲覧する権限はありません" in text
    few = browser(cast, "ito").get("/editions/at/CHUO/matrix/", {"post": "*", "about": "viewing"})
    assert "camera.issue" not in few.content.decode()
    assert "viewing.open" in few.content.decode()


@pytest.mark.parametrize("login", ["yamada", "nakamura"])
def test_nobody_reaches_the_editions_of_another_unit(cast: Cast, login: str) -> None:
    client, row = browser(cast, login), drafted(cast)
    for url in (
        "/editions/at/CHUO/",
        "/editions/at/CHUO/draft/",
        "/editions/at/CHUO/matrix/",
        f"/editions/{row.pk}/",
    ):
        assert client.get(url).status_code == 403, url
    assert client.post("/editions/at/CHUO/draft/", FORM).status_code == 403
    assert client.post(f"/editions/{row.pk}/sign/").status_code == 403


@pytest.mark.parametrize("login", ["ito", "tanaka", "sato"])
def test_the_wrong_post_neither_drafts_nor_signs(cast: Cast, login: str) -> None:
    row = drafted(cast)
    client = browser(cast, login)
    assert client.get("/editions/at/CHUO/draft/").status_code == 403
    assert client.post("/editions/at/CHUO/draft/", FORM).status_code == 403
    assert client.post(f"/editions/{row.pk}/sign/").status_code == 403
    assert client.get("/editions/999999/").status_code == 404


def test_the_home_page_of_the_signer_tells_what_waits(cast: Cast) -> None:
    drafted(cast)
    assert "署名を待っている規程の版" in browser(cast, "watanabe").get("/").content.decode()
    assert "署名を待っている規程の版" not in browser(cast, "tanaka").get("/").content.decode()


@pytest.mark.clause("police-1")
def test_a_files_details_show_its_edition(cast: Cast, footage: Footage) -> None:
    page = browser(cast, "tanaka").get(f"/footage/{footage.pk}/").content.decode()
    assert "取り込んだときの規程の版" in page
    assert "運用及び管理要領　第1版（令和8年11月20日（2026年）から）" in page
    assert footage.edition in page
