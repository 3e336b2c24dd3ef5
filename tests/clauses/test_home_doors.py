"""A household's clauses carried out as their checks say, at its pages and verbs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hokanko.cameras import actions as cameras
from hokanko.cameras.models import Camera, Sign
from hokanko.cameras.standing import Siting
from hokanko.provision.models import Provision
from tests.audit.desk import row
from tests.cameras import standing
from tests.clauses.doors import ASKED, refusals, refused, said, taken
from tests.provision.outside import (
    WHY,
    choose,
    hand,
    house,
    judge,
    taken_down,
)
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


@pytest.mark.clause("home-2.6")
def test_there_is_no_share_but_by_one_of_three_cases(tmp_path: Path) -> None:
    here = house()
    footage, client = here.take_in("kumagai"), browser(here, "kumagai")
    page = taken(client)
    before = refusals()
    status, words = said(client.post(page + "decide/", {"decision": "grant", "necessity": WHY}))
    assert (status, "[home-2.6]" in words, refusals()) == (403, True, before + 1)
    asked = Provision.objects.get()
    assert refused(lambda: hand(here, "kumagai", asked, tmp_path / "package"))[0] == "home-2.6"
    assert not (tmp_path / "package").exists()
    stated = {"law": "刑事訴訟法第218条", "law_document": "令和8年（る）第12号"}
    judge(here, "kumagai", asked, "ア", stated)
    choose(here, "kumagai", asked, footage)
    assert hand(here, "kumagai", asked, tmp_path / "package").path.exists()


@pytest.mark.clause("home-2.6-a")
def test_the_first_case_wants_the_statute_and_the_document() -> None:
    here = house()
    client = browser(here, "kumagai")
    page = taken(client)
    grant = {"decision": "grant", "ground": "ア", "necessity": WHY}
    basis = {"ask-law": "刑事訴訟法第218条", "ask-law_document": "令和8年（る）第12号"}
    for lacking in (basis, {"ask-law": ""}, {"ask-law_document": " "}):
        told = grant | basis | dict.fromkeys(lacking, "")
        status, words = said(client.post(page + "decide/", told))
        assert (status, "[home-2.6-a]" in words) == (403, True)
        assert Provision.objects.get().state == "asked"
    assert client.post(page + "decide/", grant | basis).status_code == 302
    assert Provision.objects.get().ground == "ア"


@pytest.mark.clause("home-2.6-use")
def test_an_export_for_a_purpose_off_the_list_is_not_even_taken_down() -> None:
    here = house()
    off = refused(lambda: taken_down(here, "kumagai", purposes=["動画の投稿"]))
    assert off[0] == "home-2.6-use"
    client = browser(here, "kumagai")
    before = refusals()
    status, words = said(client.post("/provision/ask/", {**ASKED, "purpose": ["動画の投稿"]}))
    assert (status, "[home-2.6-use]" in words, refusals()) == (403, True, before + 1)
    assert not Provision.objects.exists()
    assert 'value="動画の投稿"' not in client.get("/provision/ask/").content.decode()
    taken(client)


@pytest.mark.clause("home-2.5-a-ref")
def test_the_form_offers_fourteen_days_as_the_citys_own() -> None:
    here = house()
    _status, page = said(browser(here, "kumagai").get("/editions/at/IE/draft/"))
    label, _label, field = page.partition('<label for="id_retention.days">')[2].partition(
        "</label>"
    )
    assert "市の街頭の防犯カメラは原則14日間" in label
    shown = field.partition('name="retention.days"')[2].partition(">")[0]
    assert 'value="14"' in shown


@pytest.mark.clause("home-2.3")
def test_the_board_asks_for_the_photograph_of_the_sign() -> None:
    here = standing.house()
    camera = standing.ready(here)
    Sign.objects.update(photo=None)
    cameras.activate(camera, by=here.by("mori"))
    (owed,) = row(here.org, "home-2.3").owed
    client, address = browser(here, "mori"), "/board/at/IE/home-2.3/"
    assert str(owed.ja) in client.get(address).content.decode()
    standing.signed(here, camera)
    assert not row(here.org, "home-2.3").owed
    assert str(owed.ja) not in client.get(address).content.decode()


@pytest.mark.clause("home-1.2-a")
def test_a_camera_that_only_shows_owes_its_range_and_its_sign() -> None:
    here = standing.house()
    standing.enact(here)
    camera = standing.sited(here, standing.square(here))
    cameras.decide_site(camera, replace(Siting.of(camera), display_only=True), by=here.by("mori"))
    camera = Camera.objects.get()
    assert camera.display_only
    lacking = refused(lambda: cameras.activate(camera, by=here.by("mori")))
    assert "home-2.2-range" in lacking
    standing.framed(here, camera)
    cameras.activate(Camera.objects.get(), by=here.by("mori"))
    assert row(here.org, "home-2.3").owed, "its sign is owed like any other camera's"
