"""Where showing and a copy are asked for at once, the desk tells what was done of it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import FileResponse
from django.test import Client

from hokanko.provision.queries import register_rows
from hokanko.provision.reprint import record_paper
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.provision.outside import DAY, STATED, choose, judge, taken_down
from tests.provision.test_counter import AT_DESK, at

pytestmark = pytest.mark.usefixtures("one_connection")


@pytest.mark.clause("ward-6.2-record")
def test_what_was_also_shown_is_on_record_beside_what_was_handed_over(
    client: Client, ward: Founded
) -> None:
    footage = ward.take_in("kishi")
    provision = taken_down(ward, "kishi", wants=["show", "medium"])
    judge(ward, "mori", provision, "イ", STATED["inquiry"])
    choose(ward, "kishi", provision, footage)
    at(client, ward, "kishi")
    here = f"/provision/{provision.number}/"
    assert "渡すもの・閲覧に供したもの" in client.get(here).content.decode()
    without = client.post(here + "hand-over/", AT_DESK | {"medium": ""})
    assert "記録媒体の番号を書いてください" in without.content.decode()
    sent = client.post(here + "hand-over/", AT_DESK | {"delivering": ["show", "medium"]})
    assert isinstance(sent, FileResponse)
    with ZipFile(BytesIO(b"".join(sent))) as package:
        printed = words(package.read("provision.pdf"))
    sent.close()
    assert "画像の閲覧・提供の記録" in printed
    provision.refresh_from_db()
    assert words(record_paper(provision)) == printed
    (row,) = register_rows("AOBA", DAY, DAY)
    assert row["区分"] == "閲覧・提供"
    assert "閲覧・提供" in client.get("/provision/register/").content.decode()


@pytest.mark.clause("ward-6.2-record")
def test_of_what_was_asked_for_it_may_be_shown_alone(client: Client, ward: Founded) -> None:
    provision = taken_down(ward, "kishi", wants=["show", "medium"])
    judge(ward, "mori", provision, "イ", STATED["inquiry"])
    choose(ward, "kishi", provision, ward.take_in("kishi"))
    at(client, ward, "kishi")
    here = f"/provision/{provision.number}/hand-over/"
    told = AT_DESK | {"delivering": ["show"], "medium": ""}
    assert client.post(here, told).status_code == 302
    (row,) = register_rows("AOBA", DAY, DAY)
    assert row["区分"] == "閲覧"
