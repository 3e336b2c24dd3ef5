"""What the records of cameras and signs say on the clause board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hokanko.cameras import actions, posting, sites
from hokanko.cameras.actions import Siting
from hokanko.cameras.models import Sign
from tests.audit.desk import row
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
