"""The pages of those who publish, and a year in numbers."""

from __future__ import annotations

import csv
import io
import json

from django.test import Client

from hokanko.cameras.models import Site
from hokanko.footage.models import Footage
from hokanko.people.models import Person
from hokanko.public.models import Notice
from hokanko.public.queries import numbers
from hokanko.rehearsal.cast import Cast
from tests.fixtures import take_in
from tests.web.visitors import browser

SAID = {"contact": "地域企画係 000-000-0000", "words": "ご理解をお願いします。"}


def test_a_page_is_previewed_published_and_withdrawn(cast: Cast) -> None:
    leader, site = browser(cast, "watanabe"), Site.objects.get()
    assert "公表中" in leader.get("/notices/").content.decode()
    answer = leader.post("/notices/at/HONBU/publish/", SAID)
    assert answer.status_code == 302
    public = f"/notice/{site.notice_code}/"
    assert SAID["words"] in Client().get(public).content.decode()
    preview = leader.get(f"/notices/{site.pk}/preview/").content.decode()
    assert "下見" in preview
    leader.post(f"/notices/{site.pk}/withdraw/")
    assert Client().get(public).status_code == 404
    assert Notice.objects.count() == 2  # none is altered, none is lost


def test_what_is_refused_stays_on_the_screen(cast: Cast) -> None:
    answer = browser(cast, "watanabe").post("/notices/at/HONBU/publish/", {"words": "案"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "police-notice-6-items" in page
    assert "問い合わせ先" in page


def test_outsiders_publish_nothing(cast: Cast) -> None:
    site = Site.objects.get()
    for login in ("suzuki", "tanaka", "ito", "yamada"):
        client = browser(cast, login)
        for url in ("/notices/at/HONBU/", f"/notices/{site.pk}/", f"/notices/{site.pk}/preview/"):
            assert client.get(url).status_code == 403, (login, url)
        assert client.post(f"/notices/{site.pk}/withdraw/").status_code == 403
        assert client.post("/notices/at/HONBU/consult/", {}).status_code == 403


def test_a_years_numbers_agree_with_the_ledger_everywhere(cast: Cast, footage: Footage) -> None:
    client = browser(cast, "suzuki")
    page = client.get("/numbers/at/CHUO/2026/").content.decode()
    counted = json.loads(client.get("/numbers/at/CHUO/2026.json").content)["numbers"]
    assert counted == numbers(("CHUO",), 2026).as_json()
    assert counted["recordings"] == 1
    sheet = client.get("/numbers/at/CHUO/2026.csv").content.decode("utf-8-sig")
    table = dict(list(csv.reader(io.StringIO(sheet)))[1:])
    assert table["作成した映像ファイル"] == "1"
    names = Person.objects.values_list("name", flat=True)
    for text in (sheet, json.dumps(counted), page.partition("<main")[2].partition("</main>")[0]):
        assert footage.number not in text
        assert not [name for name in names if name in text]


def test_a_year_without_lines_is_all_zeros(cast: Cast) -> None:
    del cast
    assert set(numbers(("CHUO",), 2020).as_json().values()) == {0}


def test_a_year_still_running_counts_on(cast: Cast) -> None:
    before = numbers(("CHUO",), 2026).recordings
    take_in(cast, b"one more" * 100, name="MOV_0002.MP4")
    assert numbers(("CHUO",), 2026).recordings == before + 1


def test_another_units_numbers_are_not_shown(cast: Cast) -> None:
    outsider = browser(cast, "yamada")
    for url in ("/numbers/at/CHUO/2026/", "/numbers/at/CHUO/2026.csv"):
        assert outsider.get(url).status_code == 403
    for nowhere in ("2026.xml", "1.csv", "1/", "9999/"):
        assert browser(cast, "suzuki").get(f"/numbers/at/CHUO/{nowhere}").status_code == 404
