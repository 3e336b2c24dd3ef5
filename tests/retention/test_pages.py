"""The pages of retention: the calendar, the certificates, the requests for erasure."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.rehearsal.cast import Cast
from hokanko.retention.erase import erase_due
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.queries import Ending, endings, months
from hokanko.rules.actor import machine


def test_the_calendar_has_every_asked_day_once() -> None:
    start = date(2026, 11, 20)
    days = [Ending(start + timedelta(days=offset)) for offset in range(90)]
    sheets = months(days)
    assert [sheet.first.month for sheet in sheets] == [11, 12, 1, 2]
    shown = [end for sheet in sheets for week in sheet.weeks for end in week if end]
    assert shown == days
    assert all(len(week) == 7 for sheet in sheets for week in sheet.weeks)
    assert sheets[0].weeks[0][4] == days[0]  # a Friday


@pytest.mark.clause("police-7.1.2")
def test_what_ends_when(client: Client, cast: Cast, footage: Footage) -> None:
    client.force_login(cast.people["tanaka"])
    page = client.get("/retention/").content.decode()
    assert "令和9年2月17日" in page
    assert "第7 1(2)" in page
    assert "延長も、手での消去もありません" in page
    clock.fix(clock.now() + timedelta(days=89))
    assert "きょう限り：" in client.get("/retention/").content.decode()
    assert endings("CHUO", footage.last_day)[0] == Ending(footage.last_day, 1, footage.bytes)


def test_certificates_are_listed_and_given_out(
    client: Client, cast: Cast, footage: Footage
) -> None:
    client.force_login(cast.people["watanabe"])
    assert "まだ消去した映像はありません" in client.get("/retention/certificates/").content.decode()
    clock.fix(clock.now() + timedelta(days=90))
    (erasure,) = erase_due(by=machine("sweep", "CHUO"))
    here = f"/retention/certificates/{erasure.pk}"
    assert here in client.get("/retention/certificates/at/CHUO/").content.decode()
    original = client.get(here + ".json")
    assert json.loads(original.content)["certificate"]["count"] == 1
    assert client.get(here + ".pdf").content.startswith(b"%PDF")
    assert client.get(here + ".txt").status_code == 404
    client.force_login(cast.people["yamada"])
    assert client.get(here + ".json").status_code == 403
    assert client.get("/retention/certificates/at/CHUO/").status_code == 403


@pytest.mark.clause("police-7.2.6-exception", "police-7.2.6-both")
def test_asked_by_the_unit_and_granted_by_headquarters(
    client: Client, cast: Cast, footage: Footage
) -> None:
    client.force_login(cast.people["suzuki"])
    said = {
        "number": footage.number,
        "limb": "departed",
        "asked_by_subject": "写っている本人",
        "subject_asked_on": clock.today().isoformat(),
        "identified": "運転免許証",
        "needs": "ない",
    }
    refused = client.post("/retention/cases/ask/", said)
    assert refused.status_code == 403
    assert "police-7.2.6-both" in refused.content.decode()
    assert "第6の1及び2によらずに撮影した区間" in refused.content.decode()
    begun = (footage.captured or footage.created).astimezone(clock.TOKYO)
    said |= {"departs": "police-6.1", "departed": "居宅内の撮影"}
    said |= {"begun": f"{begun:%Y-%m-%dT%H:%M:%S}"}
    said |= {"ended": f"{begun + timedelta(seconds=1):%Y-%m-%dT%H:%M:%S}"}
    assert client.post("/retention/cases/ask/", said).status_code == 302
    here = f"/retention/cases/{ErasureCase.objects.get().pk}/"
    assert "確かめたと記録する" not in client.get(here).content.decode()  # it is who asked
    client.force_login(cast.people["takahashi"])
    assert here in client.get("/retention/cases/").content.decode()
    assert client.post(here + "second/", {"text": "勤務表を見た"}).status_code == 302
    assert "消去を認める" not in client.get(here).content.decode()
    assert client.post(here + "decide/", {"decision": "grant"}).status_code == 403
    client.force_login(cast.people["watanabe"])
    assert here in client.get("/retention/cases/at/CHUO/").content.decode()
    page = client.get(here).content.decode()
    assert "消去を認める" in page
    assert "<video" not in page
    assert "/stream/" not in page
    half = {"decision": "grant", "departure_found": "on", "reason": "居宅内と認める"}
    refused = client.post(here + "decide/", half)
    assert refused.status_code == 403
    assert "要請があったことの、両方を認める" in refused.content.decode()
    assert client.post(here + "decide/", half | {"request_found": "on"}).status_code == 302
    assert "消去証明書（PDF）" in client.get(here).content.decode()
    listed = client.get("/retention/cases/").content.decode()  # the headquarters' own list
    assert footage.number in listed
    assert "中央警察署" in listed
    assert Erasure.objects.get().stage == "certified"


def test_outsiders_and_strangers(client: Client, cast: Cast, footage: Footage) -> None:
    assert client.get("/retention/").status_code == 302
    for login in ("yamada", "ito", "sato"):
        client.force_login(cast.people[login])
        assert client.get("/retention/at/CHUO/").status_code == 403
        assert client.get("/retention/cases/at/CHUO/").status_code == 403
    client.force_login(cast.people["yamada"])
    said = {"number": footage.number, "limb": "special"}
    said |= {"circumstances": "特別な事情", "needs": "ない"}
    told = client.post("/retention/cases/ask/", said).content.decode()
    assert f"映像ファイル「{footage.number}」はありません" in told  # as if it did not exist
    assert not ErasureCase.objects.exists()
    assert client.get("/retention/at/NOWHERE/").status_code == 404


def test_the_form_is_kept_from_who_could_not_send_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.people["suzuki"])
    assert client.get("/retention/cases/ask/").status_code == 200
    assert "/retention/cases/ask/" in client.get("/retention/cases/").content.decode()
    for login in ("tanaka", "watanabe"):  # an operations clerk; the headquarters
        client.force_login(cast.people[login])
        told = client.get("/retention/cases/ask/")
        assert (told.status_code, "police-7.2.6-exception" in told.content.decode()) == (403, True)
        assert "/retention/cases/ask/" not in client.get("/retention/cases/").content.decode()
