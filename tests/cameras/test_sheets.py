"""Several sheets for one site: added, scaled, switched, printed one to a page, given up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from hokanko.cameras import laying, plan, sheets
from hokanko.cameras.actions import decide_site
from hokanko.cameras.arranging import record, recorded
from hokanko.cameras.drawing import Unplaced, drawing, unplaced
from hokanko.cameras.models import Camera, Sheet, Sign, Site
from hokanko.cameras.sited import register_rows
from hokanko.cameras.sites import Spot
from hokanko.cameras.standing import Siting
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.media.redraw import Picture
from tests.cameras import standing
from tests.cameras.standing import base_map, signed, sited, square
from tests.cameras.test_arrange import filled
from tests.clauses.founded import Founded
from tests.papers.samples import pages
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def upstairs(here: Founded, at: Site, *, laid: bool = True) -> Sheet:
    """A second sheet of the site, 30 m wide."""
    made = laying.add_sheet(at, "2階", by=here.by("mori"))
    laying.describe_sheet(made, name="2階", metres_across=30, by=here.by("mori"))
    if laid:
        laying.lay_map(made, Picture(base_map((300, 300))), by=here.by("mori"))
    return made


def address(camera: Camera, sheet: Sheet) -> str:
    return f"/sites/{sheet.site_id}/arrange/?what=camera:{camera.pk}&sheet={sheet.pk}"


def line(kind: str) -> dict[str, object]:
    """The facts of the newest line of that kind."""
    return dict(acts(Entry.objects.filter(kind=kind).order_by("id"))[-1].facts)


def test_the_one_map_of_a_site_is_its_first_sheet() -> None:
    here = standing.ward()
    at = square(here)
    camera = sited(here, at)
    assert [sheet.called for sheet in sheets.sheets(at)] == ["1"]
    assert camera.sheet == sheets.first_sheet(at)
    assert "図面 1" not in browser(here, "mori").get(f"/sites/{at.pk}/").content.decode()


def test_a_camera_goes_to_another_sheet_and_is_drawn_there_alone() -> None:
    here = standing.ward()
    at = square(here)
    camera, first, second = sited(here, at), sheets.first_sheet(at), upstairs(here, at)
    client = browser(here, "mori")
    shown = client.get(address(camera, second)).content.decode()
    assert "いまは図面 1 にあります" in shown
    assert filled(shown)["left"] == "", "it stands nowhere on this sheet"
    assert client.post(address(camera, second), filled(shown) | {"step": "record"}).status_code
    camera.refresh_from_db()
    assert (camera.sheet, camera.map_x) == (first, 0.25), "nothing was said of where"
    there = filled(shown) | {"left": "40", "top": "60", "step": "record"}
    moved = client.post(address(camera, second), there, follow=True).content.decode()
    camera.refresh_from_db()
    assert (camera.sheet, camera.map_x, camera.map_y) == (second, 0.4, 0.6)
    assert drawing(first).cameras == ()
    assert [mark.text for mark in drawing(second).cameras] == ["1"]
    assert line("camera.sited")["sheet"] == "2階"
    (back,) = re.findall(rf'action="[^"]*sheet={first.pk}"', moved)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', moved))
    client.post(address(camera, first), hidden | {"step": "record"})
    camera.refresh_from_db()
    assert (camera.sheet, camera.map_x, camera.map_y) == (first, 0.25, 0.5)
    assert back


def test_each_sheet_has_a_page_of_the_placement_map() -> None:
    here = standing.ward()
    at = square(here)
    sited(here, at)
    second = upstairs(here, at)
    above = sited(here, at, "2", sheet=second, view_deg=60, reach=0.4)
    signed(here, above, spot=Spot(0.2, 0.2, second))
    first, other = pages(plan.map_paper(here.org))
    assert ("①北の電柱" in first, "②北の電柱" in first) == (True, False)
    assert ("①北の電柱" in other, "②北の電柱" in other) == (False, True)
    for part in ("2階", "図の横幅約30m", "12.0m", "扇形は画角と見える遠さ", "1か所"):
        assert part in other
    assert "図面1" in first
    assert "1か所" not in first


def test_a_sheet_with_a_camera_and_no_picture_is_not_left_out_in_silence() -> None:
    here = standing.ward()
    at = square(here)
    second = upstairs(here, at, laid=False)
    assert "設置場所「駅前広場」の図面「2階」の下図がない。" in plan.flaws(here.org.pk)
    sited(here, at, sheet=second)
    with pytest.raises(Missing, match="駅前広場 2階"):
        plan.map_paper(here.org)


def test_a_camera_on_no_sheet_is_told_as_not_placed() -> None:
    here = standing.ward()
    at = square(here)
    camera = sited(here, at, map_x=None, map_y=None)
    upstairs(here, at)
    assert camera.sheet is None
    assert unplaced(at) == Unplaced(("1",), ())
    page = browser(here, "mori").get(f"/sites/{at.pk}/").content.decode()
    assert "配置図の上の位置が決まっていないカメラ：1" in page
    assert "図面 2階" in page


def test_how_far_a_camera_sees_is_said_in_metres_where_the_sheet_has_a_scale() -> None:
    here = standing.ward()
    at = square(here)
    second = upstairs(here, at)
    camera, client = sited(here, at, sheet=second, view_deg=60), browser(here, "mori")
    url = address(camera, second)
    shown = client.get(url).content.decode()
    assert "見える遠さ（m）" in shown
    drawn = filled(shown) | {"reach": "12", "step": "far"}
    farther = filled(client.post(url, drawn).content.decode())
    assert farther["reach"] == "13.0", "a step is a metre"
    client.post(url, farther | {"step": "record"})
    camera.refresh_from_db()
    assert camera.reach == pytest.approx(13 / 30, abs=1e-4)
    assert line("camera.sited")["reach"] == "13.0 m"
    assert "見える遠さ 13.0 m" in client.get(f"/cameras/{camera.pk}/").content.decode()
    (row,) = register_rows(here.org.pk, standing.TODAY, standing.TODAY)
    assert "見える遠さ13.0 m" in row[4]
    (mark,) = drawing(second).cameras
    assert max(int(point.split(",")[0]) for point in mark.cone.split()) == 433
    assert "図の横幅の3倍まで" in client.post(url, drawn | {"reach": "91"}).content.decode()


def test_as_many_metres_are_seen_on_a_sheet_of_another_scale() -> None:
    here = standing.ward()
    at = square(here)
    second = upstairs(here, at)
    first = sheets.first_sheet(at)
    laying.describe_sheet(first, name="1階", metres_across=60, by=here.by("mori"))
    camera = sited(here, at, view_deg=60, reach=0.2)
    tried = recorded(camera, second)
    assert (tried.left, tried.reach) == (None, 40)
    with pytest.raises(Conflict, match="まだ置いていません"):
        record(camera, tried, second, by=here.by("mori"))


def test_a_sheet_is_scaled_by_two_points_and_the_metres_between_them() -> None:
    here = standing.ward()
    at = square(here)
    camera, second = sited(here, at), upstairs(here, at)  # a square picture
    client, url = browser(here, "mori"), f"/sheets/{second.pk}/scale/"
    assert url in client.get(f"/sheets/{second.pk}/").content.decode()
    assert "一つめの点を押して" in client.get(url).content.decode()
    once = client.post(url, {"wide.x": "72", "wide.y": "72"}).content.decode()
    assert "二つめの点を押して" in once
    twice = client.post(url, filled(once) | {"small.x": "128", "small.y": "160"}).content.decode()
    assert filled(twice) | {"tool": ""} == {
        "left": "10.0",
        "top": "10.0",
        "to_left": "40.0",
        "to_top": "50.0",
        "metres": "",
        "tool": "",
    }
    untold = client.post(url, filled(twice) | {"step": "record"}).content.decode()
    assert "二つの点の間の長さを入れてください。</li>" in untold
    far = client.post(url, filled(twice) | {"metres": "9", "step": "draw"}).content.decode()
    assert "図の横幅は約18 mになります。まだ記録していません。" in far
    second.refresh_from_db()
    assert second.metres_across == 30
    kept = client.post(url, filled(far) | {"step": "record"})
    assert kept.headers["Location"] == f"/sites/{at.pk}/"
    second.refresh_from_db()
    assert (second.name, second.metres_across) == ("2階", 18)
    assert line("site.sheet_described")["metres_across"] == "18"
    assert camera.sheet != second


def test_what_no_scale_can_be_had_from_is_said_and_nothing_is_recorded() -> None:
    here = standing.ward()
    second = upstairs(here, square(here))
    client, url = browser(here, "mori"), f"/sheets/{second.pk}/scale/"
    told = {"left": "10", "top": "10", "to_left": "60", "to_top": "10", "metres": "5"}
    for odd, said in (
        ({"to_left": ""}, "二つの点を決めてください"),
        ({"to_left": "11"}, "二つの点が近すぎます"),
        ({"metres": "0.1"}, "図の横幅が0.2 mになります"),
        ({"metres": "-5"}, "errorlist"),
    ):
        answer = client.post(url, told | odd | {"step": "record"})
        assert (answer.status_code, said in answer.content.decode()) == (200, True)
    again = client.post(url, told | {"wide.x": "360", "wide.y": "360"}).content.decode()
    assert filled(again)["to_left"] == "", "a third press begins anew"
    assert browser(here, "hara").post(url, told | {"step": "record"}).status_code == 403
    second.refresh_from_db()
    assert second.metres_across == 30
    bare = laying.add_sheet(second.site, "3階", by=here.by("mori"))
    assert client.get(f"/sheets/{bare.pk}/scale/").status_code == 404


def test_names_of_sheets_are_not_given_twice() -> None:
    here = standing.ward()
    at = square(here)
    upstairs(here, at)
    client = browser(here, "mori")
    again = client.post(f"/sites/{at.pk}/sheets/", {"name": "2階"})
    assert again.status_code == 409
    assert "図面「2階」はもうあります" in again.content.decode()
    first = sheets.first_sheet(at)
    client.post(f"/sheets/{first.pk}/", {"name": "1階", "metres_across": "24"})
    first.refresh_from_db()
    assert (first.called, first.metres_across) == ("1階", 24)
    assert line("site.sheet_described")["metres_across"] == "24"


def test_a_sheet_is_given_up_when_nothing_stands_on_it_and_one_stays() -> None:
    here = standing.ward()
    at = square(here)
    first, second = sheets.first_sheet(at), upstairs(here, at)
    signed(here, sited(here, at), spot=Spot(0.5, 0.5, second))
    client = browser(here, "mori")
    for sheet in (first, second):
        assert client.post(f"/sheets/{sheet.pk}/drop/").status_code == 409
    Sign.objects.update(sheet=first)
    client.post(f"/sheets/{second.pk}/drop/")
    assert list(sheets.sheets(at)) == [first]
    assert client.get(f"/sheets/{second.pk}/map.png").status_code == 404
    assert client.post(f"/sheets/{first.pk}/drop/").status_code == 409
    assert laying.add_sheet(at, "2階", by=here.by("mori")).number == 3


def test_a_sign_is_picked_on_the_sheet_that_is_shown() -> None:
    here = standing.ward()
    at = square(here)
    camera, second = sited(here, at), upstairs(here, at)
    told = {"place": "階段", "cameras": [camera.pk], "at.x": "160", "at.y": "80"}
    browser(here, "mori").post(f"/sites/{at.pk}/plan/?sheet={second.pk}", told)
    sign = Sign.objects.get()
    assert (sign.sheet, sign.map_x, sign.map_y) == (second, 0.5, 0.25)


def test_a_sign_half_filled_in_keeps_its_words_on_another_sheet() -> None:
    here = standing.ward()
    at = square(here)
    camera, second = sited(here, at), upstairs(here, at)
    client, told = browser(here, "mori"), {"place": "階段の", "cameras": [camera.pk], "left": "7"}
    for address in (f"/sites/{at.pk}/plan/", f"/sites/{at.pk}/sign/"):
        there = f"{address}?sheet={second.pk}"
        assert f'formaction="?sheet={second.pk}#pick"' in client.get(address).content.decode()
        answer = client.post(there, told | {"turning": "1", "on": "", "posted_on": "2026-11-02"})
        page = answer.content.decode()
        assert (answer.status_code, 'value="階段の"' in page) == (200, True)
        assert re.search(rf'value="{camera.pk}"[^>]*checked', page)
        assert "errorlist" not in page
        assert 'name="left" value' not in page, "a place on the former sheet"
        assert f"/sheets/{second.pk}/map.png" in page
        assert ('value="2026-11-02"' in page) is address.endswith("sign/")
        assert not Sign.objects.exists()
    client.post(f"/sites/{at.pk}/plan/?sheet={second.pk}", told | {"at.x": "160", "at.y": "80"})
    assert (Sign.objects.get().sheet, Sign.objects.get().place) == (second, "階段の")


def test_a_siting_half_filled_in_keeps_its_words_and_its_own_place_at_home() -> None:
    here = standing.ward()
    at = square(here)
    camera, first, second = sited(here, at), sheets.first_sheet(at), upstairs(here, at)
    client, address = browser(here, "mori"), f"/cameras/{camera.pk}/site/"
    told = {"site": at.pk, "place": "南の電柱", "left": "99", "display_only": "on"}
    told |= {"turning": "1", "password": "himitsu"}
    away = client.post(f"{address}?sheet={second.pk}", told).content.decode()
    assert 'value="南の電柱"' in away
    assert re.search(r'name="display_only"[^>]*checked', away)
    assert 'name="left" value' not in away
    assert "もう一度入れてください" in away
    assert "himitsu" not in away
    back = client.post(f"{address}?sheet={first.pk}", told | {"password": ""}).content.decode()
    assert 'name="left" value="25.0"' in back, "its own place, on its own sheet"
    assert 'value="南の電柱"' in back
    assert "もう一度入れてください" not in back
    camera.refresh_from_db()
    assert camera.place != "南の電柱"


def test_a_camera_that_changes_its_site_is_drawn_on_a_sheet_of_the_new_one() -> None:
    here = standing.ward()
    at = square(here)
    second = upstairs(here, at)
    elsewhere = Site.objects.create(
        org=here.org, name="公園", notice_code="p", opened_at=at.opened_at
    )
    camera = sited(here, elsewhere, sheet=second)
    decide_site(camera, replace(Siting.of(camera), site=at), by=here.by("mori"))
    assert (camera.sheet, camera.map_x) == (None, None), "its place was on another map"
    there = replace(Siting.of(camera), site=elsewhere, map_x=0.1, map_y=0.2, sheet=second)
    decide_site(camera, there, by=here.by("mori"))
    assert camera.sheet is not None
    assert camera.sheet.site == elsewhere
    answer = browser(here, "mori").get(f"/sites/{at.pk}/arrange/?sheet={camera.sheet.pk}")
    assert answer.status_code == 404, "the sheet of another site is none of this one"


def test_who_may_not_draw_the_map_adds_no_sheet() -> None:
    here = standing.ward()
    at = square(here)
    with pytest.raises(Refusal):
        laying.add_sheet(at, "2階", by=here.by("hara"))
    client: Client = browser(here, "hara")
    assert client.post(f"/sites/{at.pk}/sheets/", {"name": "2階"}).status_code == 403
    assert Sheet.objects.count() == 1


def test_a_mark_goes_to_no_sheet_that_was_given_up_meanwhile() -> None:
    here = standing.ward()
    at = square(here)
    camera, second = sited(here, at), upstairs(here, at)
    laying.drop_sheet(Sheet.objects.get(pk=second.pk), by=here.by("mori"))
    there = replace(Siting.of(camera), map_x=0.1, map_y=0.2, sheet=second)
    decide_site(camera, there, by=here.by("mori"))
    assert camera.sheet == sheets.first_sheet(at)
