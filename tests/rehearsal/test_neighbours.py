"""All five organisations of a rehearsal are at work, each under its own rules."""

from __future__ import annotations

from pathlib import Path

from django.test import Client

from hokanko.cameras.drawing import Unplaced, drawing, unplaced
from hokanko.cameras.plan import flaws
from hokanko.cameras.queries import active
from hokanko.cameras.sheets import sheets
from hokanko.cameras.signs import bare_entrances, posted, sites, without_sign
from hokanko.casebook.models import Case
from hokanko.people.owed import unread_people
from hokanko.people.standing import vacancies
from hokanko.provision.models import Provision
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.neighbours import tell
from hokanko.rehearsal.settling import settle_neighbours
from hokanko.rules.decide import adoption
from tests.fixtures import PASSWORD


def test_each_takes_in_under_an_enacted_edition(cast: Cast, tmp_path: Path) -> None:
    del cast
    settled = settle_neighbours(PASSWORD)
    said: list[str] = []
    footage = tell(settled, tmp_path, said.append)
    books = {here.org.pk: adoption(here.org.pk) for here in settled if here.camera}
    assert {row.book for row in books.values() if row} == {"ward", "pref", "home", "shop"}
    assert all(row and row.signed_at for row in books.values())
    assert [piece.org_id for piece in footage] == ["AOBA", "KOMINKAN", "KATEI", "MIDORI"]
    assert [(piece.last_day - piece.created.date()).days >= 13 for piece in footage] == [True] * 4
    assert len(said) == 8, "one line for what was taken in, one for who came from outside"
    for here in settled:
        assert vacancies(here.org) == []
    shop = next(here for here in settled if here.plan.code == "MIDORI")
    assert shop.org.parent_id == "HONSHA"
    assert {one.login for one in unread_people(shop.org)} == {"oka", "tsuji"}
    asked = dict(Provision.objects.values_list("org", "state"))
    assert asked == {"AOBA": "handed", "KOMINKAN": "asked", "MIDORI": "asked"}
    assert Case.objects.get().org_id == "KATEI"


def test_each_has_its_map_its_signs_and_its_public_page(cast: Cast) -> None:
    del cast
    for here in settle_neighbours(PASSWORD):
        if here.camera is None:
            continue
        (site,) = sites(here.org.pk)
        drawn = [drawing(each) for each in sheets(site)]
        assert all(sheet.has_base for sheet in drawn)
        assert unplaced(site) == Unplaced((), ())
        cameras = [mark for sheet in drawn for mark in sheet.cameras]
        assert all(mark.cone for mark in cameras)
        hung = [sign for sheet in drawn for sign in sheet.signs if not sign.planned]
        assert len(hung) == posted(here.org.pk).count() > 0
        assert without_sign(here.org.pk) == []
        assert bare_entrances(here.org.pk) == []
        assert active(here.org.pk).count() == len(cameras)
        assert flaws(here.org.pk) == []
        page = Client().get(f"/notice/{site.notice_code}/")
        assert site.name in page.content.decode()
