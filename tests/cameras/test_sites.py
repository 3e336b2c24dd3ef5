"""Sites, their placement map, signs: what hangs where, and what is left to take down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hokanko.cameras import actions, posting, sites
from hokanko.cameras.drawing import Mark, Unplaced, drawing, unplaced
from hokanko.cameras.models import Camera, Sign
from hokanko.cameras.sealed import photograph_of
from hokanko.cameras.sheets import first_sheet
from hokanko.cameras.signs import (
    bare_entrances,
    posted,
    to_remove,
    without_sign,
)
from hokanko.errors import Conflict, Refusal
from hokanko.ledger.models import Entry
from hokanko.rehearsal.cast import Cast
from tests.cameras import standing
from tests.cameras.standing import PHOTO, TODAY, ready, running, signed, sited, square

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
BEFORE = TODAY - timedelta(days=1)


def test_a_site_has_a_code_of_its_own() -> None:
    here = standing.ward()
    one, other = (sites.open_site(here.org, name=n, by=here.by("mori")) for n in ("駅前", "公園"))
    assert one.notice_code != other.notice_code
    assert len(one.notice_code) >= 16
    with pytest.raises(Conflict):
        sites.open_site(here.org, name="駅前", by=here.by("mori"))


def test_a_site_is_entered_by_its_own_people() -> None:
    here = standing.ward()
    with pytest.raises(Refusal) as no:
        sites.open_site(here.org, name="駅前", by=here.by("hara"))
    assert no.value.clause == "ward-2.1"


def test_police_units_have_no_sites(cast: Cast) -> None:
    with pytest.raises(Refusal) as no:
        sites.open_site(cast.station, name="駅前", by=cast.as_actor("suzuki"))
    assert no.value.clause is None


@pytest.mark.clause("ward-map-number")
@pytest.mark.clause("ward-map-arrow")
@pytest.mark.clause("ward-2.2-map")
@pytest.mark.clause("ward-map-legend")
def test_cameras_and_signs_are_drawn_where_they_are() -> None:
    here = standing.ward()
    at = square(here)
    camera = sited(here, at)
    sited(here, at, "2", map_x=None, map_y=None)
    signed(here, camera)
    signed(here, camera, place="広場の出口", spot=sites.Spot(0.9, 0.9))
    sheet = drawing(first_sheet(at))
    assert (sheet.width, sheet.height, sheet.has_base) == (1000, 667, True)
    assert sheet.cameras == (Mark(250, 334, "1", "1", f"camera:{camera.pk}", 90),)
    assert [(sign.x, sign.y) for sign in sheet.signs] == [(100, 600), (900, 600)]
    assert unplaced(at) == Unplaced(("2",), ())


def test_a_sign_tells_of_cameras_of_its_own_house() -> None:
    here = standing.ward()
    camera = sited(here, square(here))
    with pytest.raises(Conflict):
        signed(here, camera, cameras=[])
    with pytest.raises(Conflict):
        signed(here, camera, on=TODAY + timedelta(days=1))
    sign = signed(here, camera)
    assert list(posted(here.org.pk)) == [sign]
    assert PHOTO.body not in bytes(Sign.objects.get().photo or b"")
    assert photograph_of(sign) == PHOTO.body
    line = Entry.objects.get(kind="sign.posted")
    assert PHOTO.sha256 in bytes(line.body).decode()


@pytest.mark.clause("ward-7.2-sign")
def test_a_sign_left_after_its_last_camera_is_listed() -> None:
    here = standing.ward()
    at = square(here)
    first, second = running(here, "1", at), running(here, "2", at)
    both = signed(here, first, second)
    own = Sign.objects.exclude(pk=both.pk).get(cameras=first)
    assert to_remove(here.org.pk) == []
    actions.end(first, by=here.by("mori"))
    assert to_remove(here.org.pk) == [own]
    actions.end(second, by=here.by("mori"))
    assert both in to_remove(here.org.pk)
    posting.remove_sign(both, on=TODAY, photo=PHOTO, by=here.by("mori"))
    assert both not in to_remove(here.org.pk)
    with pytest.raises(Conflict):
        posting.remove_sign(both, on=TODAY, photo=PHOTO, by=here.by("mori"))


def test_a_sign_goes_no_day_before_it_hung() -> None:
    here = standing.ward()
    sign = signed(here, sited(here, square(here)))
    for day in (BEFORE, TODAY + timedelta(days=1)):
        with pytest.raises(Conflict):
            posting.move_sign(sign, place="塀", on=day, by=here.by("mori"))
        with pytest.raises(Conflict):
            posting.remove_sign(sign, on=day, photo=PHOTO, by=here.by("mori"))
    posting.remove_sign(sign, on=TODAY, photo=PHOTO, by=here.by("mori"))


@pytest.mark.clause("ward-7.2")
def test_an_ended_camera_is_open_until_it_was_taken_down() -> None:
    here = standing.ward()
    camera = running(here)
    with pytest.raises(Conflict):
        actions.remove(camera, on=TODAY, remover="中田電気", photo=PHOTO, by=here.by("mori"))
    actions.end(camera, by=here.by("mori"))
    standing_still = Camera.objects.exclude(ended_at=None).filter(removed_on=None)
    assert list(standing_still) == [camera]
    with pytest.raises((Conflict, Refusal)):
        actions.activate(camera, by=here.by("mori"))
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Conflict):
        actions.remove(camera, on=tomorrow, remover="中田電気", photo=PHOTO, by=here.by("mori"))
    with pytest.raises(Conflict, match="より前の日は記せません"):  # it was not ended yet
        actions.remove(camera, on=BEFORE, remover="中田電気", photo=PHOTO, by=here.by("mori"))
    actions.remove(camera, on=TODAY, remover="中田電気", photo=PHOTO, by=here.by("mori"))
    assert not standing_still.all()
    camera.refresh_from_db()
    assert (camera.removed_on, camera.removed_by) == (TODAY, "中田電気")
    assert camera.retired_at is not None


@pytest.mark.clause("pref-sign")
def test_an_entrance_lacks_a_sign_unless_waived() -> None:
    here = standing.street()
    at = square(here)
    camera = ready(here, at=at)
    sites.state_entrances(at, {"北口": "", "南口": ""}, by=here.by("mori"))
    assert bare_entrances(here.org.pk) == [], "nothing runs there yet"
    actions.activate(camera, by=here.by("mori"))
    signed(here, camera, entrance="北口")
    assert bare_entrances(here.org.pk) == [(at, "南口")]
    waived = {"北口": "", "南口": "閉鎖して使っていない"}
    sites.state_entrances(at, waived, by=here.by("mori"))
    assert bare_entrances(here.org.pk) == []


@pytest.mark.clause("home-2.3")
@pytest.mark.clause("shop-mgmt-2")
@pytest.mark.parametrize("found", [standing.house, standing.shop])
def test_a_sign_without_its_photograph_stays_open(found: object) -> None:
    here = found()  # type: ignore[operator]
    camera = ready(here)
    Sign.objects.update(photo=None)
    actions.activate(camera, by=here.by("mori"))
    assert without_sign(here.org.pk) == [camera]
    signed(here, camera)
    assert without_sign(here.org.pk) == []


@pytest.mark.clause("shop-qa-1-11-conventional-sign")
def test_a_shop_camera_runs_without_a_sign_and_that_is_noticed() -> None:
    here = standing.shop()
    standing.enact(here)
    camera = sited(here, square(here))
    standing.framed(here, camera)
    actions.activate(camera, by=here.by("mori"))
    assert without_sign(here.org.pk) == [camera]
    signed(here, camera, on=date(2026, 11, 1))
    assert without_sign(here.org.pk) == []


@pytest.mark.clause("shop-qa-1-11-conventional")
def test_a_conventional_camera_needs_no_published_page() -> None:
    here = standing.shop()
    camera = ready(here)
    assert camera.site is not None
    assert not camera.site.notices.exists()
    actions.activate(camera, by=here.by("mori"))
