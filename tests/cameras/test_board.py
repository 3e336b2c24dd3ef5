"""What the records of cameras and signs say on the clause board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from hokanko.cameras import actions, posting, sites
from hokanko.cameras.models import Sign
from hokanko.cameras.standing import Siting
from tests.audit.desk import give, row
from tests.cameras import standing
from tests.cameras.standing import PHOTO, TODAY, framed, ready, running, signed, sited, square
from tests.clauses.founded import Founded

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
OVERDUE = "overdue"


@pytest.mark.clause("ward-2-range", "pref-range")
@pytest.mark.parametrize(
    ("found", "clause"), [(standing.ward, "ward-2-range"), (standing.street, "pref-range")]
)
def test_another_aim_is_overdue_until_confirmed(found: Callable[[], Founded], clause: str) -> None:
    here = found()
    camera = running(here)
    assert row(here.org, clause).state != OVERDUE
    turned = replace(Siting.of(camera), facing_deg=200)
    actions.decide_site(camera, turned, by=here.by("mori"))
    assert row(here.org, clause).owed
    framed(here, camera)
    assert row(here.org, clause).owed == ()


@pytest.mark.clause("ward-2-range")
def test_an_entry_in_a_register_is_no_frame(client: Client) -> None:
    here = standing.ward()
    camera = running(here)
    actions.decide_site(camera, replace(Siting.of(camera), facing_deg=200), by=here.by("mori"))
    give(here, "evidence", ["ward-2-range"], about=f"camera:{camera.pk}", shows="確認した")
    assert row(here.org, "ward-2-range").owed
    client.force_login(here.people["mori"])
    page = client.get("/board/at/AOBA/ward-2-range/").content.decode()
    assert f'<a href="/cameras/{camera.pk}/">' in page


@pytest.mark.clause("ward-7.2", "ward-7.2-sign")
def test_what_ended_is_owed_until_it_was_taken_down() -> None:
    here = standing.ward()
    camera = running(here)
    actions.end(camera, by=here.by("mori"))
    assert row(here.org, "ward-7.2").owed
    assert row(here.org, "ward-7.2-sign").owed
    actions.remove(camera, on=TODAY, remover="中田電気", photo=PHOTO, by=here.by("mori"))
    posting.remove_sign(Sign.objects.get(), on=TODAY, photo=PHOTO, by=here.by("mori"))
    assert row(here.org, "ward-7.2").owed == ()
    assert row(here.org, "ward-7.2-sign").owed == ()


@pytest.mark.clause("ward-7.2", "ward-7.2-sign")
def test_what_was_taken_down_stays_to_be_read_with_its_photographs(client: Client) -> None:
    here = standing.ward()
    camera = running(here)
    sign = Sign.objects.get()
    actions.end(camera, by=here.by("mori"))
    actions.remove(camera, on=TODAY, remover="中田電気", photo=PHOTO, by=here.by("mori"))
    posting.remove_sign(sign, on=TODAY, photo=PHOTO, by=here.by("mori"))
    client.force_login(here.people["mori"])
    for page, picture in (
        ("/cameras/", f"/cameras/{camera.pk}/removed.jpg"),
        ("/signs/", f"/signs/{sign.pk}/removed.jpg"),
    ):
        assert picture in client.get(page).content.decode()
        assert client.get(picture).content == PHOTO.body
    assert "中田電気" in client.get("/cameras/").content.decode()
    client.force_login(here.people["hara"])
    assert client.get(f"/cameras/{camera.pk}/removed.jpg").status_code == 403
    assert client.get(f"/signs/{sign.pk}/removed.jpg").status_code == 403


@pytest.mark.clause("pref-sign")
def test_the_other_entrance_is_listed() -> None:
    here = standing.street()
    at = square(here)
    camera = ready(here, at=at)
    actions.activate(camera, by=here.by("mori"))
    sites.state_entrances(at, {"北口": "", "南口": ""}, by=here.by("mori"))
    signed(here, camera, entrance="北口")
    assert [each.ja for each in row(here.org, "pref-sign").owed if "南口" in each.ja]
    assert not [each.ja for each in row(here.org, "pref-sign").owed if "北口" in each.ja]


@pytest.mark.clause("pref-vendor")
def test_a_camera_without_the_vendors_explanation_is_open() -> None:
    here = standing.street()
    camera = sited(here, square(here))
    assert row(here.org, "pref-vendor").owed
    told = replace(Siting.of(camera), explained_on=TODAY, explained_by="若桜電気 中田")
    actions.decide_site(camera, told, by=here.by("mori"))
    assert row(here.org, "pref-vendor").owed == ()


@pytest.mark.clause("pref-img-carry")
def test_a_refused_inspection_names_the_sites_that_lack_a_recorder(client: Client) -> None:
    here = standing.street()
    running(here)
    client.force_login(here.people["mori"])
    told = {"on": str(TODAY), "inspector": "中田電気", "result": "normal"}
    page = client.post(f"/registers/at/{here.org.pk}/inspection/enter/", told)
    assert page.status_code == 403
    said = page.content.decode().split("[pref-img-carry]")[1].split("</p>")[0]
    assert "（駅前広場）" in said
