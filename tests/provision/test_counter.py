"""The pages for requests from outside, as a ward office, a shop and an outsider meet them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import FileResponse
from django.test import Client

from hokanko.home import Home
from hokanko.provision import envelope
from hokanko.provision.actions import grant
from hokanko.provision.judging import Judged
from hokanko.provision.models import Provision
from tests.clauses.founded import Founded
from tests.provision.outside import POLICE, STATED, WHY, choose, judge, taken_down
from tests.provision.outside import shop as found_shop

ASKED = {
    "recipient": POLICE,
    "body_kind": "investigative",
    "contact": "03-0000-0110",
    "purpose": ["防犯"],
    "outline": "自転車の盗難の捜査",
    "from": "2026-11-20T11:50",
    "until": "2026-11-20T12:10",
    "content": ["medium"],
}
AT_DESK = {
    "taker": "佐川 一郎",
    "identity": "document",
    "document": "警察手帳",
    "medium": "USB-1",
    "delivering": ["medium"],
}


def at(client: Client, here: Founded, login: str) -> Client:
    """The browser with somebody before it."""
    client.force_login(here.people[login])
    return client


def taken(client: Client) -> str:
    """The address of the newest request, taken down on the screen."""
    assert client.post("/provision/ask/", ASKED).status_code == 302
    return f"/provision/{Provision.objects.order_by('-submitted_at')[0].number}/"


def test_from_the_asking_to_the_package(client: Client, ward: Founded) -> None:
    footage = ward.take_in("kishi")
    at(client, ward, "kishi")
    form = client.get("/provision/ask/").content.decode()
    order = ["相手先", "相手の種類", "目的", "理由", "関連する部分", "閲覧・提供の別"]
    assert [form.index(word) for word in order] == sorted(form.index(word) for word in order)
    assert "カメラ装着警察官" not in form
    here = taken(client)
    assert "カメラ装着警察官" not in client.get(here).content.decode()
    picked = client.get(here, {"ground": "イ"}).content.decode()
    assert "照会書の番号" in picked
    assert "緊急である理由" not in picked
    told = {f"ask-{name}": text for name, text in STATED["inquiry"].items()}
    grant = told | {"decision": "grant", "ground": "イ", "necessity": ""}
    refused = client.post(here + "decide/", grant)
    assert (refused.status_code, "ward-6.1-necessity" in refused.content.decode()) == (403, True)
    assert "照会第34号" in refused.content.decode()
    assert client.post(here + "decide/", grant | {"necessity": WHY}).status_code == 302
    assert footage.number in client.get(here).content.decode()
    chosen = {f"pick-{footage.pk}": "on", "extent": "whole"}
    unreasoned = client.post(here + "enter/", chosen)
    assert (unreasoned.status_code, "ward-6.1-minimum" in unreasoned.content.decode()) == (
        403,
        True,
    )
    chosen["breadth"] = "前後の動きを続けて見る必要があるため"
    assert client.post(here + "enter/", chosen).status_code == 302
    vague = client.post(here + "hand-over/", AT_DESK | {"identity": "other", "document": " "})
    assert "どのように確かめたか" in vague.content.decode()
    unknown = client.post(here + "hand-over/", AT_DESK | {"identity": ""})
    assert (unknown.status_code, "ward-6.2" in unknown.content.decode()) == (403, True)
    if not envelope.MEMORY.is_dir():
        pytest.skip("no /dev/shm: the package for the browser was not made")
    sent = client.post(here + "hand-over/", AT_DESK)
    assert isinstance(sent, FileResponse)
    names = ZipFile(BytesIO(b"".join(sent))).namelist()
    assert [name for name in names if name.endswith(".pdf")] == ["provision.pdf"]
    page = client.get(here).content.decode()
    assert "身分証明書の提示：警察手帳" in page
    assert client.get(here + "record.pdf")["Content-Type"] == "application/pdf"
    assert client.get(here + "request.pdf").status_code == 404


def test_a_showing_and_the_register_of_the_month(client: Client, ward: Founded) -> None:
    footage = ward.take_in("kishi")
    at(client, ward, "kishi")
    assert "ありません" in client.get("/provision/register/").content.decode()
    assert client.post("/provision/ask/", ASKED | {"content": ["show"]}).status_code == 302
    here = f"/provision/{Provision.objects.get().number}/"
    told = {f"ask-{name}": text for name, text in STATED["link"].items()}
    client.post(here + "decide/", told | {"decision": "grant", "ground": "オ", "necessity": WHY})
    client.post(here + "enter/", {"numbers": footage.number})
    desk = client.get(here).content.decode()
    assert "見せたことを記録する" in desk
    assert "記録媒体の番号" not in desk
    assert client.post(here + "hand-over/", AT_DESK).status_code == 302
    assert "閲覧済み" in client.get(here).content.decode()
    for query, there in (({}, True), ({"month": "2026-11"}, True), ({"month": "2026-10"}, False)):
        page = client.get("/provision/register/", query).content.decode()
        assert (POLICE in page) == there
    assert client.get("/provision/register/", {"month": "nonsense"}).status_code == 200


def test_a_refusal_of_consent_ends_the_request(client: Client, fresh_home: Home, db: None) -> None:
    del fresh_home, db
    shop = found_shop()
    provision = taken_down(shop, "midori", purposes=["盗難防止"], body_kind="other")
    here = f"/provision/{provision.number}/"
    at(client, shop, "midori")
    assert "まだ記録がありません" in client.get(here).content.decode()
    unread = client.post(here + "consent/", {"person": "山本 健"})
    assert unread.status_code == 200
    said = {"person": "山本 健", "given": "no", "on": "2026-11-20"}
    assert client.post(here + "consent/", said).status_code == 302
    provision.refresh_from_db()
    assert provision.state == "declined"
    assert client.post(here + "consent/", said).status_code == 409


def test_wrong_posts_stay_outside(client: Client, ward: Founded) -> None:
    provision = taken_down(ward, "kishi")
    here = f"/provision/{provision.number}/"
    for login in ("hara", "aoki", "kanri"):
        at(client, ward, login)
        assert client.get(here).status_code == 403
        assert client.get("/provision/register/").status_code == 403
        assert client.post(here + "consent/", {}).status_code == 403
        if login != "kanri":  # he belongs to the installation, which has no form of the ward's
            refused = client.post("/provision/ask/", ASKED)
            assert (refused.status_code, "ward-3.3-b" in refused.content.decode()) == (403, True)


def test_whoever_may_not_take_a_request_down_is_told_before_he_writes(
    client: Client, ward: Founded
) -> None:
    at(client, ward, "hara")
    assert "/provision/ask/" not in client.get("/provision/").content.decode()
    page = client.get("/provision/ask/")
    assert page.status_code == 403
    assert "操作担当者" in page.content.decode()
    at(client, ward, "kishi")
    assert "/provision/ask/" in client.get("/provision/").content.decode()
    assert client.get("/provision/ask/").status_code == 200


def test_the_filmed_person_takes_his_own_images_himself(client: Client, ward: Founded) -> None:
    footage = ward.take_in("kishi")
    provision = taken_down(ward, "kishi", recipient="客野 次郎", body_kind="subject")
    others = "ほかの人は、マスクをかけて渡す"
    judged = Judged({}, WHY, shown=2, others=others)
    grant(provision, ward.people["mori"], "エ", judged=judged, by=ward.by("mori"))
    choose(ward, "kishi", provision, footage)
    at(client, ward, "kishi")
    here = f"/provision/{provision.number}/"
    page = client.get(here).content.decode()
    assert "求めた客野 次郎さん本人だけです" in page
    assert 'value="客野 次郎"' in page
    assert others in page
    assert "マスクをかけていない映像があります" in page
    safe = AT_DESK | {"is_protected": "on", "protected": "ほかの人の写らない部分だけを選んだ"}
    somebody_else = client.post(here + "hand-over/", safe | {"taker": "別野 花子"})
    assert somebody_else.status_code == 403
    assert "ward-6.2" in somebody_else.content.decode()
    given = client.post(here + "hand-over/", safe | {"taker": "客野　次郎"})
    assert isinstance(given, FileResponse)
    assert b"".join(given)
    given.close()


def test_the_desk_asks_who_takes_it(client: Client, ward: Founded) -> None:
    footage = ward.take_in("kishi")
    provision = taken_down(ward, "kishi")
    judge(ward, "mori", provision, "イ", STATED["inquiry"])
    choose(ward, "kishi", provision, footage)
    at(client, ward, "kishi")
    page = client.post(f"/provision/{provision.number}/hand-over/", AT_DESK | {"taker": ""})
    assert page.status_code == 200
    provision.refresh_from_db()
    assert provision.state == "entered"
