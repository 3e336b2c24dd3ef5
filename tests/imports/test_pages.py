"""The pages of imports: stating one, sending its files, its photograph, its end."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hokanko import home
from hokanko.footage.models import Footage
from hokanko.formats.manifest import read_manifest
from hokanko.formats.package_checks import check_package
from hokanko.imports.models import Import
from hokanko.intake.jobs import examine
from hokanko.provision.reprint import record_paper
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.fixtures import NOON
from tests.imports.folder import JPEG, SLOW, begun, come, film, named
from tests.papers.samples import words
from tests.provision.outside import STATED, choose, hand, judge, taken_down
from tests.web.visitors import BACKEND

TOLD = {
    "kind": "recorder",
    "device": "商店街の録画装置",
    "taken_by": "港電機の担当者",
    "taken_at": "2026-11-20T11:50:00",
    "cameras": "1",
    "marks": "",
    "shown": "2026-11-20T11:53:12",
    "true": "2026-11-20T11:50:00",
    "oldest": "",
}


@pytest.fixture
def here(fresh_home: home.Home, db: None) -> Founded:
    del fresh_home, db
    made = standing.ward()
    standing.running(made)
    return made


@pytest.fixture
def clerk(here: Founded, client: Client) -> Client:
    client.force_login(here.people["kishi"], backend=BACKEND)
    return client


def send(client: Client, number: str, path: str, content: bytes) -> tuple[int, dict[str, str]]:
    """As upload.js sends one file of a folder."""
    answer = client.put(
        f"/imports/{number}/",
        content,
        content_type="video/mp4",
        headers={
            "Accept": "application/json",
            "X-Hokanko-Camera": "",
            "X-Hokanko-Name": quote(path),
            "X-Hokanko-Modified": "2026-11-20T01:00:00.000Z",
        },
    )
    return answer.status_code, answer.json()


def test_a_clerk_brings_a_folder(clerk: Client) -> None:
    photo = SimpleUploadedFile("画面.jpg", JPEG)
    assert clerk.post("/imports/new/", TOLD | {"photo": photo}).status_code == 302
    lot = Import.objects.get()
    assert (lot.number, lot.offset_s, lot.cameras) == ("AOBA-I-2026-0001", 192, {"1": ""})
    page = clerk.get(f"/imports/{lot.number}/").content.decode()
    assert "3分12秒進んでいた" in page
    assert "webkitdirectory" in page
    name = named(NOON.replace(hour=10))
    status, told = send(clerk, lot.number, f"export/{name}", film())
    footage = Footage.objects.get()
    assert (status, told["state"]) == (201, "taken")
    assert footage.number in told["number"]
    assert (footage.source, footage.origin["path"]) == (name, f"export/{name}")
    assert send(clerk, lot.number, f"export/{name}", film())[1]["state"] == "taken"  # sent again
    assert send(clerk, lot.number, "export/player.exe", b"MZ")[0] == 200
    examine(str(footage.pk))
    page = clerk.get(f"/imports/{lot.number}/").content.decode()
    for said in (
        footage.number,
        "取り込んだ 1",
        "対象外（取り込まない） 1",
        f"export/{name}",
    ):
        assert said in page
    assert Footage.objects.count() == 1
    assert clerk.get(f"/imports/{lot.number}/photo/").content == JPEG
    assert lot.number in clerk.get("/imports/").content.decode()
    assert clerk.post(f"/imports/{lot.number}/end/").status_code == 302
    status, told = send(clerk, lot.number, "late.mp4", film(1))
    assert (status, Footage.objects.count()) == (409, 1)


def test_both_times_stand_on_the_page_of_the_footage(here: Founded, client: Client) -> None:
    lot = begun(here)
    footage = come(here, lot, named(NOON.replace(hour=10)), film()).footage
    assert footage is not None
    client.force_login(here.people["mori"], backend=BACKEND)
    page = client.get(f"/footage/{footage.pk}/").content.decode()
    for said in ("09:56:48", "10:00:00", "3分12秒進んでいた", "持込み：ファイル名の時刻"):
        assert said in page, said


@pytest.mark.parametrize(
    ("but", "told"),
    [
        ({"cameras": []}, "必須"),
        ({"marks": "1"}, "読めません"),
        ({"marks": "7＝ch7"}, "読めません"),
        ({"true": ""}, "両方書くか"),
        ({"taken_at": "2026-11-20T13:00:00"}, "いまより先"),
    ],
)
def test_what_is_stated_wrongly_comes_back(
    clerk: Client, but: dict[str, object], told: str
) -> None:
    page = clerk.post("/imports/new/", TOLD | but).content.decode()
    assert told in page
    assert "港電機の担当者" in page
    assert not Import.objects.exists()


def test_the_clock_is_stated_again_on_the_page(clerk: Client, here: Founded) -> None:
    lot = begun(here)
    footage = come(here, lot, named(NOON.replace(hour=10)), film()).footage
    told = {
        "cameras": "1",
        "marks": "1＝ch01",
        "shown": "2026-11-20T12:00",
        "true": "2026-11-20T12:00",
    }
    assert clerk.post(f"/imports/{lot.number}/state/", told).status_code == 302
    assert footage is not None
    footage.refresh_from_db()
    assert footage.captured == NOON.replace(hour=10)
    lot.refresh_from_db()
    assert (lot.offset_s, lot.cameras) == (0, {"1": "ch01"})


def test_who_may_not_is_told_so(here: Founded, client: Client) -> None:
    lot = begun(here)
    client.force_login(here.people["hara"], backend=BACKEND)
    for path in (
        "/imports/",
        "/imports/new/",
        f"/imports/{lot.number}/",
        f"/imports/{lot.number}/photo/",
    ):
        assert client.get(path).status_code == 403, path
    assert client.post("/imports/new/", TOLD).status_code == 403
    assert client.post(f"/imports/{lot.number}/end/").status_code == 403
    assert send(client, lot.number, named(NOON), film())[0] == 403
    assert not lot.files.exists()


def test_the_package_and_its_paper_carry_both_times(here: Founded, tmp_path: Path) -> None:
    lot = begun(here)
    footage = come(here, lot, named(NOON.replace(hour=10)), film()).footage
    assert footage is not None
    provision = taken_down(here, "kishi")
    judge(here, "mori", provision, "イ", STATED["inquiry"])
    choose(here, "kishi", provision, footage)
    done = hand(here, "kishi", provision, tmp_path / "package")
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    manifest = read_manifest((done.path / "manifest.json").read_bytes())
    (file,) = manifest.files
    assert file.clock is not None
    assert file.captured is not None
    assert (file.clock.offset_s, file.clock.shown - file.captured) == (192, SLOW)
    printed = words((done.path / "provision.pdf").read_bytes())
    for said in (
        "装置の時刻令和8年11月20日10:00:00",
        "3分12秒進んでいた",
        "正しい時刻令和8年11月20日09:56:48",
    ):
        assert said in printed, said
    assert words(record_paper(provision)) == printed
