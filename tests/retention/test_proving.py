"""Once a week, camera by camera: footage is as old as promised, and none is older."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.audit.board import rows
from hokanko.cameras.models import Camera
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.ledger.read import Act, about
from hokanko.retention.jobs import prove_due
from hokanko.retention.proving import prove
from hokanko.schedule import JOBS
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.footage.pieces import DAY, NOW, START, connected, piece
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
HOUR = timedelta(hours=1)


@pytest.fixture
def here() -> Founded:
    return standing.ward()


@pytest.fixture
def camera(here: Founded) -> Camera:
    return connected(here)


def proofs(camera: Camera) -> list[Act]:
    return [line for line in about(f"camera:{camera.pk}") if line.kind == "retention.proved"]


def state(here: Founded) -> tuple[str, int]:
    (row,) = (row for row in rows(here.org) if row.clause.id == "ward-5.3")
    return row.state, len(row.owed)


def test_each_camera_is_looked_at_once_a_week(here: Founded, camera: Camera) -> None:
    piece(camera, START, START + HOUR)
    JOBS["retention.prove"]()
    prove_due()
    (line,) = proofs(camera)
    assert line.facts | {"about": ""} == {
        "number": "1",
        "promised_days": 30,
        "held_days": 3,
        "oldest": "2026-11-20",
        "too_old": 0,
        "gone_early": 0,
        "about": "",
    }
    assert state(here) == ("enforced", 0)
    clock.fix(NOW + 8 * DAY)
    prove_due()
    assert [each.facts["held_days"] for each in proofs(camera)] == [3, 11]


def test_what_outlives_its_day_is_told(here: Founded, camera: Camera) -> None:
    old = piece(camera, START, START + HOUR)
    Footage.objects.filter(pk=old.pk).update(last_day=START.date())
    prove_due()
    assert proofs(camera)[0].facts["too_old"] == 1
    assert state(here) == ("overdue", 1)


def test_what_dies_before_its_day_is_told(here: Founded, camera: Camera) -> None:
    gone = piece(camera, START, START + HOUR)
    Footage.objects.filter(pk=gone.pk).update(state="erased", erased_at=NOW)
    prove_due()
    assert proofs(camera)[0].facts["gone_early"] == 1
    assert state(here) == ("overdue", 1)


def test_what_dies_on_its_day_is_as_it_should_be(here: Founded, camera: Camera) -> None:
    gone = piece(camera, START, START + HOUR)
    over = {"last_day": START.date(), "erased_at": NOW, "state": "erased"}
    Footage.objects.filter(pk=gone.pk).update(**over)
    prove_due()
    facts = proofs(camera)[0].facts
    assert (facts["too_old"], facts["gone_early"]) == (0, 0)


def test_nobody_proves_by_hand(here: Founded, camera: Camera) -> None:
    with pytest.raises(Refusal):
        prove(camera, 30, by=here.by("mori"))


def test_the_page_shows_each_cameras_newest_proof(here: Founded, camera: Camera) -> None:
    client, address = browser(here, "mori"), "/retention/space/at/AOBA/"
    old = piece(camera, START, START + HOUR)
    assert "まだ確かめていません" in client.get(address).content.decode()
    prove_due()
    page = client.get(address).content.decode()
    assert ("守られています" in page, "守られていません" in page) == (True, False)
    assert f'href="/cameras/{camera.pk}/"' in page
    Footage.objects.filter(pk=old.pk).update(last_day=START.date())
    clock.fix(NOW + 8 * DAY)
    prove_due()
    page = client.get(address).content.decode()
    assert ("守られています" in page, "守られていません" in page) == (False, True)
