"""今日の仕事 shows each post its own work, and says what to do when there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.rehearsal.cast import Cast
from hokanko.viewing.models import Viewing
from tests.cameras import standing
from tests.fixtures import NOON
from tests.web.visitors import browser


def words(client: Client, url: str = "/") -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_supervisor_sees_a_viewing_that_waits(cast: Cast, footage: Footage) -> None:
    Viewing.objects.create(
        footage=footage, org=cast.station, viewer=cast.people["ito"], purposes=["ア"], asked_at=NOON
    )
    assert "承認を待っている閲覧" in words(browser(cast, "takahashi"))
    for other in ("tanaka", "sato", "nakamura", "kanri"):
        assert "承認を待っている閲覧" not in words(browser(cast, other))


def test_the_clerk_sees_footage_to_settle(cast: Cast, footage: Footage) -> None:
    Footage.objects.filter(pk=footage.pk).update(flags=["no-wearer"])
    assert "撮影情報を確定する映像" in words(browser(cast, "tanaka"))
    assert "撮影情報を確定する映像" not in words(browser(cast, "yamada"))
    Footage.objects.filter(pk=footage.pk).update(flags=["no-audio"])  # nothing anybody can state
    assert "撮影情報を確定する映像" not in words(browser(cast, "tanaka"))


def test_what_dies_within_seven_days(cast: Cast, footage: Footage) -> None:
    assert "7日以内に消える映像" not in words(browser(cast, "suzuki"))
    clock.fix(NOON + timedelta(days=85))
    assert "7日以内に消える映像" in words(browser(cast, "suzuki"))
    assert "7日以内に消える映像" in words(browser(cast, "watanabe")), "headquarters sees its units"
    assert "7日以内に消える映像" not in words(browser(cast, "yamada"))


def test_nothing_to_do_says_what_to_do_next(cast: Cast) -> None:
    assert "映像ファイル提供依頼書を出してください" in words(browser(cast, "ito"))
    assert "充電器に戻すと" in words(browser(cast, "sato"))


@pytest.mark.usefixtures("fresh_home", "db")
def test_who_may_ask_for_no_footage_is_not_sent_to_the_form() -> None:
    here = standing.ward()
    page = words(browser(here, "hara"))
    assert "待っている仕事はありません" in page
    assert "依頼書" not in page.partition("<main")[2]
    assert browser(here, "hara").get("/provision/ask/").status_code == 403


@pytest.mark.parametrize(
    ("login", "open_to", "closed_to"),
    [
        ("suzuki", ["/people/", "/cameras/", "/ledger/", "/terminals/"], []),
        ("ito", ["/rules/"], ["/people/", "/cameras/", "/ledger/", "/terminals/"]),
        ("kanri", ["/people/", "/ledger/"], ["/cameras/"]),
    ],
)
def test_navigation_shows_what_the_posts_may_open(
    cast: Cast, login: str, open_to: list[str], closed_to: list[str]
) -> None:
    page = words(browser(cast, login))
    assert [url for url in open_to if f'<a href="{url}"' not in page] == []
    assert [url for url in closed_to if f'<a href="{url}"' in page] == []


def test_the_frame_tells_who_where_and_in_which_language(cast: Cast) -> None:
    client = browser(cast, "kobayashi")
    page = words(client)
    assert "小林 恵" in page
    assert "県警察本部" in page
    assert "この端末は登録されていません" in page
    answer = client.post("/language/", {"language": "en", "next": "/"})
    assert answer.status_code == 302
    page = words(client)
    assert '<html lang="en">' in page
    assert "deputy general operations manager" in page
    assert "Nothing is waiting." in page


def test_only_a_rehearsal_says_so(cast: Cast) -> None:
    assert "練習用" not in words(browser(cast, "suzuki"))
