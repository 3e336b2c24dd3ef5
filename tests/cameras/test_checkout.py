"""Worn cameras: how they go out, come back, are late, lost and found, and counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.audit.board import rows
from hokanko.cameras import out
from hokanko.cameras.actions import register
from hokanko.cameras.checkout import (
    TICKS,
    Profile,
    Worn,
    bring_back,
    find_again,
    issue,
    pull,
    send_away,
    set_up,
    take_back,
)
from hokanko.cameras.models import Camera, Checkout
from hokanko.casebook.loss import lose
from hokanko.casebook.models import Case
from hokanko.casebook.texts import texts
from hokanko.errors import Conflict, Refusal
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import Actor, machine
from hokanko.shifts.counting import close_count
from tests.fixtures import IN_VALIDITY, WORN

pytestmark = pytest.mark.usefixtures("in_validity")
CHARGER = machine("dock", "CHUO")


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    return cast.as_actor("tanaka")


def go_out(cast: Cast, how: Worn = WORN, number: str = "CHUO-1") -> Checkout:
    camera = cast.cameras[number]
    return issue(camera, cast.people["sato"], how, by=cast.as_actor("tanaka"))


def test_a_checkout_says_who_where_how_and_until_when(cast: Cast) -> None:
    taken = go_out(cast)
    assert (taken.wearer.name, taken.position, taken.ticks) == ("佐藤 健", "胸部", list(TICKS))
    assert taken.due_at == IN_VALIDITY.replace(hour=17) + timedelta(minutes=30)
    line = read.about(f"camera:{taken.camera_id}")[-1]
    assert (line.kind, line.facts["position"]) == ("camera.issued", "胸部")
    assert out.state(taken.camera) == out.OUT


@pytest.mark.parametrize(
    ("how", "clause"),
    [
        pytest.param(
            Worn("腰部", TICKS),
            "police-6.3.2",
            marks=pytest.mark.clause("police-6.3.2"),
            id="on the hip",
        ),
        pytest.param(Worn("", TICKS), "police-6.3.2", id="nowhere"),
        pytest.param(
            Worn("肩部", ("lamp", "continuous")),
            "police-4.5",
            marks=pytest.mark.clause("police-4.5"),
            id="no cord",
        ),
        pytest.param(Worn("肩部", ("cord", "continuous")), "police-6.3.2-lamp", id="no lamp"),
        pytest.param(Worn("肩部", ("cord", "lamp")), "police-4.4", id="not told"),
    ],
)
def test_what_was_not_seen_to_keeps_the_camera_in(cast: Cast, how: Worn, clause: str) -> None:
    with pytest.raises(Refusal) as refused:
        go_out(cast, how)
    assert refused.value.clause == clause
    assert not Checkout.objects.exists()
    assert read.acts(Entry.objects.order_by("-id")[:1])[0].kind == "refused"
    go_out(cast, Worn("肩部", TICKS))


def test_a_camera_is_not_out_twice(cast: Cast) -> None:
    go_out(cast)
    with pytest.raises(Conflict):
        go_out(cast)
    assert Checkout.objects.count() == 1


def test_docking_ends_the_checkout_by_itself(cast: Cast) -> None:
    taken = go_out(cast)
    camera = taken.camera
    assert bring_back(camera, bay="03", by=CHARGER) == taken
    taken.refresh_from_db()
    assert (taken.returned_at, taken.returned_by) == (clock.now(), None)
    assert (camera.holder, camera.bay, out.state(camera)) == (None, "03", out.DOCKED)
    assert bring_back(camera, bay="03", by=CHARGER) is None
    kinds = [act.kind for act in read.about(f"camera:{camera.pk}")]
    assert kinds[-2:] == ["camera.issued", "camera.returned"]
    pull(camera, by=CHARGER)
    assert out.state(camera) == out.UNACCOUNTED


def test_the_wearer_does_not_write_his_own_return(cast: Cast) -> None:
    taken = go_out(cast)
    with pytest.raises(Refusal) as refused:
        bring_back(taken.camera, by=cast.as_actor("sato"))
    assert refused.value.clause == "police-7.1.1"


def test_who_filmed_is_read_from_the_register(cast: Cast) -> None:
    taken = go_out(cast)
    camera, began = taken.camera, clock.now()
    clock.fix(began + timedelta(hours=4))
    bring_back(camera, by=CHARGER)
    now = clock.now()
    sato = cast.people["sato"]
    assert out.carrier(camera, began + timedelta(hours=1), now) == sato
    assert out.carrier(camera, None, now) == sato
    assert out.carrier(camera, began - timedelta(hours=1), now) is None
    assert out.carrier(camera, now + timedelta(hours=1), now + timedelta(hours=2)) is None


@pytest.mark.clause("police-7.1.1")
def test_a_camera_not_docked_after_the_shift_is_listed(cast: Cast) -> None:
    taken = go_out(cast)
    clock.fix(IN_VALIDITY.replace(hour=17, minute=30))
    assert not out.overdue("CHUO")
    clock.fix(IN_VALIDITY.replace(hour=17, minute=31))
    assert list(out.overdue("CHUO")) == [taken]
    assert list(out.overdue_of(cast.people["sato"])) == [taken]
    owed = next(r for r in rows(cast.station) if r.clause.id == "police-7.1.1").finding.owed
    assert [each.ja for each in owed] == ["カメラ 1 が返却されていません"]
    assert owed[0].who == ("カメラ装着警察官", "運用担当者")
    bring_back(taken.camera, by=CHARGER)
    assert not out.overdue("CHUO")
    assert read.about(f"camera:{taken.camera_id}")[-1].facts["late"] is True


def test_the_end_of_a_longer_shift_can_be_said(cast: Cast, clerk: Actor) -> None:
    end = IN_VALIDITY.replace(hour=9) + timedelta(days=1)
    assert end in out.ends("CHUO", clock.now())
    camera = cast.cameras["CHUO-1"]
    taken = issue(camera, cast.people["sato"], WORN, until=end, by=clerk)
    assert taken.due_at == end + timedelta(minutes=30)


@pytest.mark.clause("police-4.3")
def test_nine_of_ten_is_not_closed_as_normal(cast: Cast, clerk: Actor) -> None:
    manager = cast.as_actor("suzuki")
    cameras = [cast.cameras["CHUO-1"], cast.cameras["CHUO-2"]]
    for number in range(3, 11):
        made = register(cast.station, number=str(number), serial="", kind="wearable", by=manager)
        cameras.append(made)
    for camera in cameras[:3]:
        issue(camera, cast.people["sato"], WORN, by=clerk)
    for camera in cameras[3:9]:
        bring_back(camera, by=CHARGER)
    found = out.count("CHUO")
    assert (found.registered, len(found.docked), len(found.out)) == (10, 6, 3)
    assert [camera.number for camera in found.unaccounted] == ["10"]
    with pytest.raises(Refusal) as refused:
        close_count(cast.station, normal=True, by=clerk)
    assert refused.value.clause == "police-4.3"
    with pytest.raises(Conflict):
        close_count(cast.station, normal=False, by=clerk)
    close_count(cast.station, normal=False, remark="探している", by=clerk)
    bring_back(cameras[9], by=clerk)
    close_count(cast.station, normal=True, by=clerk)
    lines = read.about("org:CHUO")
    counted = [act.facts["normal"] for act in lines if act.kind == "camera.counted"]
    assert counted == [False, True]


def test_a_lost_camera_opens_an_incident_and_is_found_again(cast: Cast, clerk: Actor) -> None:
    taken = go_out(cast)
    camera = taken.camera
    with pytest.raises(Conflict):
        lose(camera, story=" ", by=clerk)
    with pytest.raises(Refusal):
        lose(camera, story="なくした", by=cast.as_actor("ito"))
    assert not Case.objects.exists()
    case = lose(camera, story="追跡中に落とした", by=clerk)
    assert "追跡中に落とした" in texts(case).story
    assert out.state(camera) == out.LOST
    assert not out.still_out("CHUO")
    with pytest.raises(Conflict):
        lose(camera, story="もう一度", by=clerk)
    with pytest.raises(Conflict):
        go_out(cast)
    with pytest.raises(Conflict):
        bring_back(camera, by=CHARGER)
    find_again(camera, remark="川沿いの草むら", by=clerk)
    taken.refresh_from_db()
    assert taken.returned_at == clock.now()
    assert out.state(Camera.objects.get(pk=camera.pk)) == out.DOCKED
    with pytest.raises(Conflict):
        find_again(camera, by=clerk)


def test_a_camera_at_repair_is_accounted_for(cast: Cast, clerk: Actor) -> None:
    camera = cast.cameras["CHUO-1"]
    send_away(camera, by=clerk)
    assert [each.number for each in out.count("CHUO").repair] == ["1"]
    with pytest.raises(Conflict):
        go_out(cast)
    take_back(camera, by=clerk)
    assert out.state(camera) == out.DOCKED
    with pytest.raises(Conflict):
        take_back(camera, by=clerk)


@pytest.mark.clause("police-6.3.2-lamp")
@pytest.mark.parametrize("dark", [Profile(True, False, True), Profile(False, True, True)])
def test_a_profile_with_the_lamp_or_sign_off_is_refused(
    cast: Cast, clerk: Actor, dark: Profile
) -> None:
    camera = cast.cameras["CHUO-1"]
    with pytest.raises(Refusal) as refused:
        set_up(camera, dark, by=clerk)
    assert refused.value.clause == "police-6.3.2-lamp"
    camera.refresh_from_db()
    assert (camera.lamp_on, camera.profiled_at) == (None, None)
    set_up(camera, Profile(sign=True, lamp=True, lock=True), by=clerk)
    assert camera.lamp_on


def test_a_profile_without_the_lock_is_refused(cast: Cast, clerk: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        set_up(cast.cameras["CHUO-1"], Profile(True, True, False), by=clerk)
    assert refused.value.clause == "police-7.1.1-lock"
