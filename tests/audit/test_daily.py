"""The daily check: what the machine finds stands in the entry; a person says what only he sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from hokanko import clock
from hokanko.audit.actions import enter
from hokanko.audit.daily import facts
from hokanko.audit.models import Evidence
from hokanko.audit.queries import opened
from hokanko.audit.seen import coded, worded
from hokanko.cameras.models import Camera, Hearing, Silence
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.footage.pieces import NOW, START, connected, piece, silence
from tests.web.visitors import BACKEND

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PAGE = "/registers/at/AOBA/daily/enter/"


@pytest.fixture
def here() -> Founded:
    return standing.ward()


@pytest.fixture
def camera(here: Founded) -> Camera:
    return connected(here)


@pytest.fixture
def client(here: Founded) -> Client:
    browser = Client()
    browser.force_login(here.people["kishi"], backend=BACKEND)
    return browser


def told(**but: str) -> dict[str, str]:
    """The form of a day on which a person saw nothing amiss."""
    fine = {"lens": "normal", "aim": "normal", "sign": "normal", "result": "normal"}
    return {"on": str(clock.today()), "clauses": "ward-7.1"} | fine | but


def entered() -> dict[str, str]:
    (entry,) = opened(Evidence.objects.all())
    return entry.fields


def test_a_day_without_anything_amiss(camera: Camera, client: Client) -> None:
    piece(camera, START, NOW - 10 * MINUTE)
    page = client.get(PAGE).content.decode()
    assert "録画中" in page
    assert "異常のあるところがあります" not in page
    assert client.post(PAGE, told()).status_code == 302
    found = entered()
    assert "カメラ 1：録画中" in found["facts"]
    assert "録画のない時間 0件" in found["facts"]
    assert "保存期間を守れる" in found["facts"]
    shown = client.get(f"/evidence/{Evidence.objects.get().pk}/").content.decode()
    assert "汚れ・曇りがない" in shown


@pytest.mark.clause("ward-7.1")
def test_a_gap_is_shown_and_is_not_normal_without_a_remark(camera: Camera, client: Client) -> None:
    piece(camera, START, NOW - 3 * HOUR)
    piece(camera, NOW - 2 * HOUR, NOW - 10 * MINUTE)
    page = client.get(PAGE).content.decode()
    assert "1件" in page
    assert "異常のあるところがあります" in page
    refused = client.post(PAGE, told())
    assert refused.status_code == 403
    assert "ward-7.1" in refused.content.decode()
    assert client.post(PAGE, told(remark="停電を確認")).status_code == 302
    assert "録画のない時間 1件（理由がまだ 1件）" in entered()["facts"]


@pytest.mark.parametrize("seen", ["lens", "aim", "sign"])
def test_what_a_person_saw_amiss_is_not_normal(camera: Camera, client: Client, seen: str) -> None:
    piece(camera, START, NOW - 10 * MINUTE)
    assert client.post(PAGE, told(**{seen: "fault"})).status_code == 403
    with_words = client.post(PAGE, told(**{seen: "fault"}, remark="蜘蛛の巣"))
    assert with_words.status_code == 409
    assert "「異常なし」とは記せません" in with_words.content.decode()
    assert not Evidence.objects.exists()
    told_all = told(**{seen: "fault"}, result="fault", remark="蜘蛛の巣")
    assert client.post(PAGE, told_all).status_code == 302


def test_a_camera_that_the_recorder_hears_is_not_silent(camera: Camera, client: Client) -> None:
    silent = "この1時間、映像が届いていない"
    assert silent in client.get(PAGE).content.decode()
    heard = Hearing.objects.create(camera=camera, seen_at=NOW, heard_at=NOW - HOUR - MINUTE)
    assert silent in client.get(PAGE).content.decode()
    heard.heard_at = NOW - MINUTE
    heard.save()
    assert silent not in client.get(PAGE).content.decode()


def test_a_fault_found_is_described(camera: Camera, client: Client) -> None:
    piece(camera, START, NOW - 10 * MINUTE)
    assert "「異常あり」のときは、必ず書きます" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, told(result="fault"))
    assert answer.status_code == 403
    assert "備考" in answer.content.decode().partition("書いてください：")[2][:20]
    assert not Evidence.objects.exists()
    assert client.post(PAGE, told(result="fault", remark="録画機の音が大きい")).status_code == 302


def test_a_person_is_asked_for_what_only_a_person_sees(camera: Camera, client: Client) -> None:
    piece(camera, START, NOW - 10 * MINUTE)
    client.post(PAGE, told(lens=""))
    assert not Evidence.objects.exists()


def test_facts_are_not_typed(here: Founded, camera: Camera) -> None:
    with pytest.raises(Conflict):
        enter(
            here.org,
            register="daily",
            clauses=["ward-7.1"],
            on=clock.today(),
            fields={"result": "normal", "remark": "x", "facts": "すべて録画中"},
            by=here.by("kishi"),
        )


def test_a_silence_that_lasts_is_no_recording(here: Founded, camera: Camera) -> None:
    piece(camera, START, NOW - 10 * MINUTE)
    silence(camera, NOW - MINUTE, None, "hung up")
    found = facts(here.org)
    assert found is not None
    assert not found.seen[0].records
    Silence.objects.update(until=NOW)
    again = facts(here.org)
    assert again is not None
    assert again.seen[0].records


def test_a_clock_far_off_is_amiss(here: Founded, camera: Camera) -> None:
    piece(camera, START, NOW - 10 * MINUTE)
    Footage.objects.update(origin={"via": "live", "clock_offset_ms": 90_000})
    found = facts(here.org)
    assert found is not None
    assert (found.seen[0].clock_off_s, found.ok) == (90.0, False)
    assert "時計のずれ +90.0秒" in worded(coded(found))
    with override("en"):
        assert "clock off by +90.0 s" in worded(coded(found))


def test_gaps_count_from_the_check_before(camera: Camera, client: Client, here: Founded) -> None:
    piece(camera, START, NOW - 3 * HOUR)
    piece(camera, NOW - 2 * HOUR, NOW + HOUR)
    client.post(PAGE, told(remark="停電"))
    clock.fix(NOW + HOUR)
    found = facts(here.org)
    assert found is not None
    assert (found.since, found.seen[0].gaps) == (NOW, 0)


def test_whether_it_records_now_is_what_the_recorder_hears(here: Founded, camera: Camera) -> None:
    piece(camera, START, NOW - 10 * MINUTE)
    heard = Hearing.objects.create(camera=camera, seen_at=NOW, heard_at=NOW - 2 * MINUTE)
    for since, records in ((2 * MINUTE, False), (timedelta(seconds=5), True)):
        heard.heard_at = NOW - since
        heard.save()
        found = facts(here.org)
        assert found is not None
        assert found.seen[0].records is records
