"""What a camera films for: confirmed before it runs, printed, and never stretched backwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hokanko import clock
from hokanko.cameras import actions, posting, sites
from hokanko.cameras.models import Camera, Site
from hokanko.cameras.purposes import decide_purpose
from hokanko.cameras.sealed import mounted
from hokanko.editions.document import document
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.people.paperwork import acknowledge
from hokanko.people.readying import swear
from hokanko.provision.actions import ask, enter
from hokanko.provision.extent import Extent
from hokanko.provision.form import MEDIUM, Form
from hokanko.provision.models import Provision
from hokanko.public.actions import publish
from hokanko.viewing import actions as viewing
from tests.audit.desk import row
from tests.cameras import standing
from tests.cameras.standing import PHOTO, TODAY, ready, running, signed, sited, square
from tests.clauses.founded import Founded
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
LATER = TODAY + timedelta(days=1)


def refused(here: Founded, camera: Camera) -> str | None:
    with pytest.raises(Refusal) as no:
        actions.activate(camera, by=here.by("mori"))
    return no.value.clause


@pytest.mark.clause("pref-purpose", "home-2.1")
@pytest.mark.parametrize(
    ("found", "clause"), [(standing.street, "pref-purpose"), (standing.house, "home-2.1")]
)
def test_a_camera_without_a_confirmed_purpose_does_not_run(
    found: Callable[[], Founded], clause: str
) -> None:
    here = found()
    camera = ready(here)
    Camera.objects.update(purpose="", purpose_at=None)
    camera.refresh_from_db()
    assert refused(here, camera) == clause
    client = browser(here, "mori")
    offered = client.get(f"/cameras/{camera.pk}/purpose/").content.decode()
    assert "犯罪の防止</textarea>" in offered.replace("\n", "")
    assert 'name="commercial"' not in offered
    client.post(f"/cameras/{camera.pk}/purpose/", {"purpose": "犯罪の防止"})
    camera.refresh_from_db()
    assert (camera.purpose, camera.purpose_at) == ("犯罪の防止", clock.now())
    actions.activate(camera, by=here.by("mori"))


@pytest.mark.clause("pref-purpose", "home-2.1")
@pytest.mark.parametrize("found", [standing.street, standing.house])
def test_the_purpose_of_each_camera_is_printed(found: Callable[[], Founded]) -> None:
    here = found()
    decide_purpose(running(here), "通路での犯罪の防止", by=here.by("mori"))
    tables = [block.rows for block in document(here.org).blocks if block.kind == "table"]
    assert ("1", "北の電柱", "―", "通路での犯罪の防止") in [
        line for rows in tables for line in rows
    ]


def test_a_camera_whose_purpose_is_open_is_listed_and_said_to_be_so() -> None:
    here = standing.ward()
    sited(here, square(here))
    Camera.objects.update(purpose="", purpose_at=None)
    tables = [block.rows for block in document(here.org).blocks if block.kind == "table"]
    lines = [line for rows in tables for line in rows if line[0] == "1"]
    assert [line[3] for line in lines] == ["未定（確認の前）"]


def test_nothing_written_is_no_purpose() -> None:
    here = standing.street()
    with pytest.raises(Conflict):
        decide_purpose(sited(here, square(here)), " ", by=here.by("mori"))


@pytest.mark.parametrize(
    ("found", "clause"),
    [
        (standing.ward, "ward-6.1"),
        (standing.street, "pref-scope-camera"),
        (standing.house, "home-2.1"),
    ],
)
def test_only_a_shop_may_film_for_commerce(found: Callable[[], Founded], clause: str) -> None:
    here = found()
    camera = sited(here, square(here))
    with pytest.raises(Refusal) as no:
        decide_purpose(camera, "来店者の分析", commercial=True, by=here.by("mori"))
    assert no.value.clause == clause


@pytest.mark.clause("shop-qa-1-12-origin")
def test_what_was_filmed_against_crime_stays_so() -> None:
    here = standing.shop()
    swear(here.people["mori"], by=here.by("aoki"))
    camera = running(here)
    acknowledge(here.people["mori"], by=here.by("mori"))
    old = filmed(here, camera, clock.now() - timedelta(days=1))
    decide_purpose(camera, "来店者の分析", commercial=True, by=here.by("mori"))
    new = filmed(here, camera, clock.now() + timedelta(minutes=1))
    with pytest.raises(Refusal) as no:
        looked(here, old)
    assert no.value.clause == "shop-qa-1-12-origin"
    looked(here, new)
    with pytest.raises(Refusal) as no:
        asked(here, old)
    assert no.value.clause == "shop-qa-1-12-origin"
    waiting = asked(here, new)
    Provision.objects.update(state="approved")
    waiting.refresh_from_db()
    with pytest.raises(Refusal) as no:
        enter(waiting, here.people["mori"], [(old, ()), (new, ())], by=here.by("mori"))
    assert no.value.clause == "shop-qa-1-12-origin"
    why = Extent(breadth="出入口の前後を続けて見る必要があるため")
    enter(waiting, here.people["mori"], extent=why, by=here.by("mori"))


@pytest.mark.clause("shop-qa-1-12-origin")
def test_commerce_is_offered_where_something_was_filmed_for_it() -> None:
    here = standing.shop()
    swear(here.people["mori"], by=here.by("aoki"))
    camera = running(here)
    acknowledge(here.people["mori"], by=here.by("mori"))
    old, client = filmed(here, camera, clock.now() - timedelta(days=1)), browser(here, "mori")

    def offers(address: str) -> bool:
        page = client.get(address).content.decode()
        assert 'value="盗難防止"' in page
        return 'value="商業"' in page

    assert not offers("/provision/ask/")
    decide_purpose(camera, "来店者の分析", commercial=True, by=here.by("mori"))
    new = filmed(here, camera, clock.now() + timedelta(minutes=1))
    assert offers("/provision/ask/")
    assert offers(f"/viewing/ask/?footage={new.number}")
    assert not offers(f"/viewing/ask/?footage={old.number}")


@pytest.mark.clause("shop-qa-1-12-origin")
def test_a_camera_for_commerce_runs_once_that_is_published() -> None:
    here = standing.shop()
    camera = ready(here)
    decide_purpose(camera, "来店者の分析", commercial=True, by=here.by("mori"))
    assert refused(here, camera) == "shop-qa-1-12-origin"
    told = {"contact": "港書店 店長", "words": "", "publisher": here.people["mori"]}
    publish(here.org, camera.site, **told, by=here.by("mori"))  # type: ignore[arg-type]
    actions.activate(camera, by=here.by("mori"))


@pytest.mark.clause("pref-scope-places")
def test_a_place_is_picked_from_the_guideline_s_examples_or_written() -> None:
    here = standing.street()
    page = browser(here, "mori").get("/cameras/at/WAKASA/register/").content.decode()
    examples = ("公園", "広場", "商店街", "繁華街", "駅", "空港ターミナル")
    for each in (*examples, "公共交通機関の車内", "金融機関"):
        assert f'<option value="{each}">' in page
    new = {"number": "7", "kind": "fixed", "place_type": "神社の境内"}
    browser(here, "mori").post("/cameras/at/WAKASA/register/", new)
    assert Camera.objects.get(number="7").place_type == "神社の境内"


@pytest.mark.clause("home-2.2")
def test_a_home_camera_is_photographed_as_mounted() -> None:
    here = standing.house()
    camera = ready(here)
    assert row(here.org, "home-2.2").owed == ()
    assert PHOTO.body not in bytes(camera.mount_photo or b"")
    assert mounted(camera) == PHOTO.body
    shown = browser(here, "mori").get(f"/cameras/{camera.pk}/mounted.jpg")
    assert shown.content == PHOTO.body
    Camera.objects.update(mount_photo=None)
    camera.refresh_from_db()
    assert refused(here, camera) == "home-2.2"
    Camera.objects.update(activated_at=clock.now())
    assert row(here.org, "home-2.2").owed
    with pytest.raises(Missing):
        mounted(camera)


def test_a_planned_sign_counts_once_it_hangs_and_is_photographed() -> None:
    here = standing.ward()
    camera = ready(here)
    at, own = camera.site, camera.signs.get()
    assert at is not None
    posting.remove_sign(own, on=TODAY, photo=PHOTO, by=here.by("mori"))
    sign = posting.plan_sign(at, place="門", cameras=[camera], by=here.by("kishi"))
    assert refused(here, camera) == "ward-2.2"
    with pytest.raises(Conflict):
        posting.move_sign(sign, place="塀", on=TODAY, by=here.by("mori"))
    with pytest.raises(Conflict):
        posting.hang_sign(sign, on=LATER, photo=PHOTO, by=here.by("mori"))
    posting.hang_sign(sign, on=TODAY, by=here.by("mori"))
    assert refused(here, camera) == "ward-2.2"
    Camera.objects.update(activated_at=clock.now())  # as if it ran with the sign as it hangs
    assert row(here.org, "ward-2.2").owed
    Camera.objects.update(activated_at=None)
    posting.hang_sign(sign, on=TODAY, photo=PHOTO, by=here.by("mori"))
    actions.activate(camera, by=here.by("mori"))
    assert row(here.org, "ward-2.2").owed == ()
    with pytest.raises(Conflict):
        posting.drop_plan(sign, by=here.by("mori"))


def test_a_moved_sign_is_photographed_anew() -> None:
    here = standing.ward()
    camera = ready(here)
    sign, spot = camera.signs.get(), sites.Spot(0.4, 0.2)
    posting.move_sign(sign, place="塀", on=TODAY, spot=spot, by=here.by("mori"))
    sign.refresh_from_db()
    assert (sign.place, sign.photo, sign.map_x) == ("塀", None, 0.4)
    assert refused(here, camera) == "ward-2.2"
    posting.move_sign(sign, place="門", on=TODAY, photo=PHOTO, by=here.by("mori"))
    actions.activate(camera, by=here.by("mori"))


@pytest.mark.clause("ward-7.2", "ward-7.2-sign")
def test_a_site_closes_when_nothing_is_left() -> None:
    here = standing.ward()
    camera = running(here)
    site = Site.objects.get()
    signed(here, camera)
    posting.plan_sign(site, place="門", cameras=[camera], by=here.by("mori"))
    gone = {"on": TODAY, "photo": PHOTO, "by": here.by("mori")}
    for clause in ("ward-7.2", "ward-7.2-sign"):
        with pytest.raises(Refusal) as no:
            sites.close_site(site, **gone)  # type: ignore[arg-type]
        assert no.value.clause == clause
        if clause == "ward-7.2":
            actions.end(camera, by=here.by("mori"))
            actions.remove(camera, remover="中田電気", **gone)  # type: ignore[arg-type]
    for sign in site.signs.exclude(posted_on=None):
        posting.remove_sign(sign, **gone)  # type: ignore[arg-type]
    sites.close_site(site, **gone)  # type: ignore[arg-type]
    site.refresh_from_db()
    assert (site.closed_on, site.signs.filter(removed_on=None).count()) == (TODAY, 0)
    assert browser(here, "mori").get(f"/sites/{site.pk}/").status_code == 404


def filmed(here: Founded, camera: Camera, at: datetime) -> Footage:
    """A piece that the camera took at that moment."""
    footage = here.take_in("mori", f"a shop at {at}".encode() * 100)
    Footage.objects.filter(pk=footage.pk).update(captured=at, camera=camera)
    return Footage.objects.select_related("org", "camera").get(pk=footage.pk)


def looked(here: Founded, footage: Footage) -> None:
    viewing.ask(footage, here.people["mori"], ["商業"], "来店者の分析", by=here.by("mori"))


def asked(here: Founded, footage: Footage) -> Provision:
    form = Form(
        outline="売場の分析",
        happened_from=clock.now(),
        happened_until=clock.now(),
        wearer=None,
        wants=[MEDIUM],
        purposes=["商業"],
        purpose_note="来店者の分析",
        telephone="",
        recipient="港書店 本部",
        body_kind="other",
    )
    return ask(here.org, form, here.people["mori"], [(footage, [])], by=here.by("mori"))
