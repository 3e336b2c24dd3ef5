"""The police edition: enacted by a second person, valid to a day, and outlived by its footage."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hokanko import clock
from hokanko.cameras.actions import register as register_camera
from hokanko.cameras.checkout import issue
from hokanko.editions.actions import draft, sign
from hokanko.editions.queries import effect, to_sign
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.home import Home
from hokanko.people import actions as people
from hokanko.people.queries import actor, thing_of_org
from hokanko.people.readying import train
from hokanko.rehearsal.cast import BLANKS, Cast, settle
from hokanko.retention.erase import erase_due
from hokanko.rules.actor import HOME, machine
from hokanko.rules.decide import is_enacted, is_signed, require
from hokanko.rules.models import Adoption
from tests.fixtures import PASSWORD, WORN, take_in
from tests.rules.matrix import question

LAST_VALID = datetime(2026, 3, 31, 12, 0, tzinfo=clock.TOKYO)


@pytest.mark.clause("police-notice-5")
@pytest.mark.usefixtures("in_validity")
def test_no_camera_goes_out_under_the_model_alone(cast: Cast) -> None:
    kanri = cast.as_actor("kanri")
    kita = people.add_organisation(
        "KITA",
        "北警察署",
        kind="station",
        parent=cast.hq,
        rulebook="police",
        values=BLANKS | {"org.name": "北警察署"},
        by=kanri,
    )

    def staff(login: str, post: str, by: str | None = None) -> None:
        cast.people[login] = people.register(
            kita,
            login=login,
            name=login,
            password=PASSWORD,
            post=post,
            by=cast.as_actor(by) if by else kanri,
        )

    staff("kita", "運用管理者")
    staff("kitachief", "運用主任者", "kita")
    staff("kitaclerk", "運用担当者", "kita")
    staff("kitawearer", "カメラ装着警察官", "kita")
    train(cast.people["kitawearer"], "撮影・映像・機器の管理", by=cast.as_actor("kita"))
    camera = register_camera(
        kita, number="1", serial="S", kind="wearable", by=cast.as_actor("kita")
    )
    with pytest.raises(Refusal) as no:
        issue(camera, cast.people["kitawearer"], WORN, by=cast.as_actor("kitaclerk"))
    assert (no.value.clause, no.value.article) == ("police-notice-5", "通達 記5")
    edition = to_sign("KITA")
    assert edition is not None
    with pytest.raises(Refusal):
        sign(kita, edition.pk, by=kanri)
    sign(kita, edition.pk, by=cast.as_actor("watanabe"))
    issue(camera, cast.people["kitawearer"], WORN, by=cast.as_actor("kitaclerk"))


@pytest.mark.clause("police-notice-validity")
def test_nothing_new_is_filmed_after_the_last_valid_day(fresh_home: Home, db: None) -> None:
    clock.fix(LAST_VALID)
    cast = settle(PASSWORD)
    camera, clerk = cast.cameras["CHUO-1"], cast.as_actor("tanaka")
    issue(camera, cast.people["sato"], WORN, by=clerk)
    footage = take_in(cast, b"made in March" * 1000, name="M.MP4")
    clock.fix(LAST_VALID + timedelta(days=1))
    assert is_signed("CHUO")
    assert not is_enacted("CHUO")
    with pytest.raises(Refusal) as no:
        issue(cast.cameras["CHUO-2"], cast.people["sato"], WORN, by=clerk)
    assert no.value.clause == "police-notice-validity"
    told = question("viewing.open", {"purposes": ["ア"]})
    require(clerk, "viewing.open", thing(footage), **told)
    clock.fix(LAST_VALID + timedelta(days=90))
    erase_due(by=machine("sweep", HOME, via="schedule"))
    assert footage.last_day == (LAST_VALID + timedelta(days=89)).date()
    assert Footage.objects.get(pk=footage.pk).state == "erased"


def test_no_edition_changes_the_ninety_days(cast: Cast, footage: Footage) -> None:
    edition = draft(cast.station, "police", {}, "改訂", by=cast.as_actor("suzuki"))
    Adoption.objects.filter(pk=edition.pk).update(values=edition.values | {"retention.days": 7})
    edition.refresh_from_db()
    would = effect(edition)
    assert (would.earlier, would.later, would.quiet_days) == ((), (), 0)
    with pytest.raises(Refusal) as no:
        require(machine("editions", "CHUO"), "retention.redate", thing_of_org(cast.station))
    assert no.value.clause == "police-7.1.2"


def test_posts_that_are_kept_apart_are_not_held_by_one_at_signing(cast: Cast) -> None:
    held = cast.people["tanaka"].appointments.get()
    held.person = cast.people["takahashi"]
    held.save()
    edition = draft(cast.station, "police", {}, "改訂", by=cast.as_actor("suzuki"))
    with pytest.raises(Refusal) as no:
        sign(cast.station, edition.pk, by=actor(cast.people["watanabe"], via="cli"))
    assert "高橋 誠（運用主任者・運用担当者）" in no.value.mend_ja
