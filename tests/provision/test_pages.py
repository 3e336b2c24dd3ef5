"""The pages of provision, as 伊藤, 鈴木, 田中 and an outsider meet them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client

from hokanko.footage.models import Footage
from hokanko.provision import envelope
from hokanko.provision.models import Provision
from hokanko.rehearsal.cast import Cast
from tests.fixtures import PASSWORD
from tests.provision.requests import asked, entered, granted

MOMENT = {"year": 8, "month": 11, "day": 20, "half": "午後"}


def filled(cast: Cast, **changes: object) -> dict[str, object]:
    """The posted form."""
    whole = {
        "outline": "接触事案",
        "wearer": str(cast.people["sato"].pk),
        "wants": ["medium"],
        "purposes": ["ウ"],
        "telephone": "2-3456",
        **{f"from_{part}": value for part, value in {**MOMENT, "hour": 2, "minute": 5}.items()},
        **{f"until_{part}": value for part, value in {**MOMENT, "hour": 2, "minute": 30}.items()},
    }
    return whole | changes


def enter_as(client: Client, cast: Cast, login: str) -> Client:
    """The same browser with somebody else before it."""
    client.force_login(cast.people[login])
    return client


@pytest.mark.clause("police-form-time", "police-form-date", "police-form-to")
def test_the_form_on_the_screen(client: Client, cast: Cast) -> None:
    enter_as(client, cast, "ito")
    page = client.get("/provision/ask/").content.decode()
    assert "中央警察署長" in page
    sheet = page.partition("該当するものにチェックすること。")[2]
    order = ["事案概要", "事案取扱日時", "カメラ装着警察官", "依頼内容", "利用目的", "依頼者"]
    places = [sheet.index(word) for word in [*order, "警電", "参考事項"]]
    assert places == sorted(places)
    assert "令和8年11月20日" in page
    assert len(re.findall(r'name="purposes"', page)) == 3
    assert client.post("/provision/ask/", filled(cast)).status_code == 302
    provision = Provision.objects.get()
    assert provision.happened_from.isoformat() == "2026-11-20T05:05:00+00:00"
    shown = client.get(f"/provision/{provision.number}/")
    assert "決裁待ち" in shown.content.decode()
    paper = client.get(f"/provision/{provision.number}/request.pdf")
    assert paper["Content-Type"] == "application/pdf"


def test_what_is_refused_stays_on_the_screen(client: Client, cast: Cast) -> None:
    enter_as(client, cast, "ito")
    answer = client.post("/provision/ask/", filled(cast, telephone=""))
    assert answer.status_code == 403
    assert "police-form-requester" in answer.content.decode()
    assert "接触事案" in answer.content.decode()
    answer = client.post("/provision/ask/", filled(cast, from_month=2, from_day=31))
    assert "暦にない日です。" in answer.content.decode()
    assert not Provision.objects.exists()


def test_decided_and_entered_by_the_right_hands(
    client: Client, cast: Cast, footage: Footage
) -> None:
    provision = asked(cast)
    here = f"/provision/{provision.number}/"
    for login in ("suzuki", "tanaka"):
        page = enter_as(client, cast, login).get(here).content.decode()
        assert ("提供を認める" in page) == (login == "suzuki")
    enter_as(client, cast, "suzuki")
    assert client.post(here + "decide/", {"decision": "grant"}).status_code == 403
    said = {"decision": "grant", "ground": "ウ"}
    assert client.post(here + "decide/", said).status_code == 302
    enter_as(client, cast, "tanaka")
    wrong = client.post(here + "enter/", {"numbers": "MINATO-20261120-0001"})
    assert "この所属にありません" in wrong.content.decode()
    assert client.post(here + "enter/", {"numbers": footage.number}).status_code == 302
    provision.refresh_from_db()
    assert provision.state == "entered"


@pytest.mark.clause("police-7.2.4")
def test_the_requester_signs_and_the_package_goes_out(
    client: Client, cast: Cast, footage: Footage
) -> None:
    provision = entered(cast, footage)
    desk = f"/provision/{provision.number}/hand-over/"
    enter_as(client, cast, "tanaka")

    def signed(login: str, password: str = PASSWORD) -> HttpResponse:
        told = {"login": login, "password": password, "medium": "USB-1", "delivering": ["medium"]}
        return client.post(desk, told)  # type: ignore[return-value]

    assert "ログイン名かパスワードが違います。" in signed("ito", "wrong").content.decode()
    colleague = signed("sato")
    assert colleague.status_code == 403
    assert "police-7.2.4" in colleague.content.decode()
    if not envelope.MEMORY.is_dir():
        pytest.skip("no /dev/shm: the package for the browser was not made")
    sent = signed("ito")
    assert sent["Content-Disposition"] == f'attachment; filename="{provision.number}.zip"'
    names = ZipFile(BytesIO(b"".join(sent))).namelist()
    assert any(name.endswith("provision.pdf") for name in names)
    assert not list(envelope.MEMORY.glob(f"hokanko-*/{provision.number}*"))
    record = client.get(f"/provision/{provision.number}/record.pdf")
    assert record["Content-Type"] == "application/pdf"


def test_without_memory_nothing_is_handed_over(
    client: Client, cast: Cast, footage: Footage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelope, "ROOM_FOR_PAPERS", 1 << 60)
    provision = entered(cast, footage)
    enter_as(client, cast, "tanaka")
    told = {"login": "ito", "password": PASSWORD, "medium": "USB-1", "delivering": ["medium"]}
    answer = client.post(f"/provision/{provision.number}/hand-over/", told)
    assert answer.status_code == 503
    assert "hokanko export" in answer.content.decode()
    provision.refresh_from_db()
    assert provision.state == "entered"


def test_outsiders_strangers_and_wrong_posts_stay_outside(client: Client, cast: Cast) -> None:
    provision = granted(cast)
    here = f"/provision/{provision.number}/"
    assert client.get(here).status_code == 302  # to the login
    for login in ("yamada", "nakamura", "sato", "kanri"):
        enter_as(client, cast, login)
        for path in (here, here + "request.pdf", here + "state.json"):
            assert client.get(path).status_code == 403, (login, path)
    enter_as(client, cast, "ito")
    assert client.post(here + "enter/", {"numbers": ""}).status_code in {403, 409}
    assert client.get("/provision/CHUO-R-2026-9999/").status_code == 404
    assert client.get(here + "other.pdf").status_code == 404
    assert client.get(here + "decide/").status_code == 405
