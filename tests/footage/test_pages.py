"""The list of footage and the life of one piece, and who may read them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.footage import search
from hokanko.footage.models import Footage
from hokanko.rehearsal.cast import Cast
from tests.fixtures import take_in
from tests.web.visitors import browser


def test_the_list_names_each_piece_and_its_last_day(cast: Cast, footage: Footage) -> None:
    page = browser(cast, "tanaka").get("/footage/").content.decode()
    assert footage.number in page
    assert "あと89日" in page  # the day of taking in was the first of its ninety


@pytest.mark.parametrize(
    ("left", "ja", "en"), [(14, "あと14日", "14 days left"), (0, "今日", "today")]
)
def test_the_days_left_are_those_after_today(
    cast: Cast, footage: Footage, left: int, ja: str, en: str
) -> None:
    footage.last_day = clock.today() + timedelta(days=left)
    footage.save()
    client = browser(cast, "tanaka")
    for language, told in (("ja", ja), ("en", en)):
        client.cookies["django_language"] = language
        for page in ("/footage/", f"/footage/{footage.pk}/"):
            assert re.search(rf'<span class="tag[^>]*>{told}<', client.get(page).content.decode())


def test_filters_narrow_the_list(cast: Cast, footage: Footage) -> None:
    footage.flags, footage.captured = ["no-wearer"], clock.now()
    footage.save()
    org = cast.station.pk
    today = clock.today()
    for wanted, count in (
        (search.Wanted(day=today), 1),
        (search.Wanted(day=today.replace(day=1)), 0),
        (search.Wanted(flag="no-wearer"), 1),
        (search.Wanted(flag="wearer"), 0),
        (search.Wanted(camera=footage.camera_id), 1),
        (search.Wanted(wearer=cast.people["sato"].pk), 0),
        (search.Wanted(state="erased"), 0),
    ):
        assert search.find(org, wanted).count() == count, wanted
    empty = browser(cast, "tanaka").get("/footage/?flag=damaged").content.decode()
    assert "この条件に合う映像はありません" in empty


def test_a_long_list_goes_on_where_it_ended(
    cast: Cast, footage: Footage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PAGE", 2)
    for number in range(2):
        take_in(cast, bytes([number]) * 100, name=f"{number}.MP4")
    every = search.find(cast.station.pk, search.Wanted())
    first, last = search.page(every, "")
    rest, end = search.page(every, last)
    assert [f.number[-4:] for f in [*first, *rest]] == ["0003", "0002", "0001"]
    assert end == ""


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    page = browser(cast, "tanaka").get("/footage/").content.decode()
    assert "まだ映像がありません" in page


def test_the_life_is_told_with_article_and_person(cast: Cast, footage: Footage) -> None:
    page = browser(cast, "suzuki").get(f"/footage/{footage.pk}/").content.decode()
    for word in ("映像ファイルを作成した", "田中 美咲", "police-7.1.1-output", footage.sha256):
        assert word in page


@pytest.mark.parametrize(("login", "status"), [("watanabe", 200), ("yamada", 403), ("sato", 403)])
def test_who_reads_the_list_and_the_life(
    cast: Cast, footage: Footage, login: str, status: int
) -> None:
    client = browser(cast, login)
    assert client.get(f"/footage/at/{cast.station.pk}/").status_code == status
    assert client.get(f"/footage/{footage.pk}/").status_code == status


def test_a_stranger_has_to_log_in(cast: Cast, footage: Footage, client: Client) -> None:
    assert client.get(f"/footage/{footage.pk}/").status_code == 302
