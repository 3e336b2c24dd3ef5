"""Files that are others than those adopted: told in words, enforced by nobody, drafted anew."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from hokanko.editions.queries import editions, state, to_sign
from hokanko.keyring import keys
from hokanko.rehearsal.cast import Cast
from hokanko.rules.decide import adoption, is_enacted
from hokanko.rules.models import Adoption
from tests.editions.test_pages import FORM
from tests.web.visitors import browser

ALTERED = "規程のファイルが、採択したあとに変わっています"


@pytest.fixture
def altered(cast: Cast) -> Cast:
    """The cast, whose station adopted other files than those that lie there now."""
    Adoption.objects.filter(org="CHUO").update(fingerprint="0" * 64)
    return cast


def test_the_list_says_so_in_words_and_offers_a_new_draft(altered: Cast) -> None:
    for login in ("suzuki", "watanabe"):
        page = browser(altered, login).get("/editions/at/CHUO/")
        assert page.status_code == 200
        assert ALTERED in page.content.decode()
        assert "いまのファイルで案を作り直す" in page.content.decode()
        assert "執行していない（ファイルが違う）" in page.content.decode()
        assert ">施行中<" not in page.content.decode()
    wrong = browser(altered, "sato").get("/editions/at/CHUO/")
    assert (wrong.status_code, ALTERED in wrong.content.decode()) == (200, True)
    assert "いまのファイルで案を作り直す" not in wrong.content.decode()


def test_the_files_as_they_are_are_drafted_and_signed_on_the_pages(altered: Cast) -> None:
    client = browser(altered, "suzuki")
    form = client.get("/editions/at/CHUO/draft/")
    assert form.status_code == 200
    assert ALTERED in form.content.decode()
    made = client.post("/editions/at/CHUO/draft/", FORM)
    assert made.status_code == 302, made.content.decode()
    row = to_sign("CHUO")
    assert row is not None
    page = client.get(f"/editions/{row.pk}/").content.decode()
    assert "元の版のファイルはもうない" in page
    assert not_enforced(altered)
    signed = browser(altered, "watanabe").post(f"/editions/{row.pk}/sign/")
    assert signed.status_code == 302, signed.content.decode()
    assert [state(each) for each in editions("CHUO")] == ["running", "past"]
    assert is_enacted("CHUO") is False  # the notice has expired; the rules themselves stand
    now = adoption("CHUO")
    assert now is not None
    assert now.number == 2
    assert browser(altered, "suzuki").get("/footage/").status_code == 200


def not_enforced(cast: Cast) -> bool:
    """Whether a page that needs the rules says that they are not enforced."""
    page = browser(cast, "tanaka").get("/footage/at/CHUO/")
    return page.status_code == 404 and "採択していない規程は執行しません" in page.content.decode()


@pytest.mark.parametrize("login", ["sato", "ito", "yamada"])
def test_who_may_not_draft_is_refused_with_the_article(altered: Cast, login: str) -> None:
    answer = browser(altered, login).post("/editions/at/CHUO/draft/", FORM)
    assert answer.status_code == 403


def test_every_other_page_leads_to_the_editions(altered: Cast) -> None:
    page = browser(altered, "suzuki").get("/footage/at/CHUO/").content.decode()
    assert 'href="/editions/"' in page
    assert "画面「規程の版」" in page


def check(*words: str) -> str:
    """What `hokanko rulebook check` prints."""
    out = StringIO()
    call_command("rulebook", *words, stdout=out)
    return out.getvalue()


def test_the_check_of_sound_files_says_who_adopted_others(altered: Cast) -> None:
    assert "注意" not in check("check", "police")  # outside a home there is nobody to ask
    (keys.home().path / "hokanko.toml").touch()  # by which a home is known
    told = check("check", "police", "ward")
    assert "police: 誤りはありません\n  注意: CHUO が採択したあとに" in told
    assert "hokanko org adopt --code CHUO" in told
    assert "the files have changed since CHUO adopted them" in told
    assert told.count("注意") == 1
    found = json.loads(check("--json", "check"))["rulebooks"]
    changed = {row["code"]: row["adopted_before"] for row in found if row["adopted_before"]}
    assert changed == {"police": ["CHUO"]}


def test_the_check_is_silent_where_the_files_are_those_adopted(cast: Cast) -> None:
    (keys.home().path / "hokanko.toml").touch()
    assert "注意" not in check("check")
    assert "Warning" not in check("check")
