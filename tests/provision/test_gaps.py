"""What of the time asked for there is no footage of: told when it is chosen, with the reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.cameras.planning import plan_off
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.provision.gaps import AHEAD, COMING, ERASED, NOTHING, PLANNED, gaps
from hokanko.provision.models import Provision
from hokanko.provision.queries import candidates
from tests.cameras import standing
from tests.clauses.founded import Founded
from tests.footage.pieces import DAY, NOW, START, connected, piece, silence
from tests.provision.outside import STATED, choose, judge, taken_down
from tests.web.visitors import BACKEND

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def here() -> Founded:
    return standing.ward()


@pytest.fixture
def camera(here: Founded) -> Camera:
    return connected(here)


def asked(here: Founded, begun: datetime, ended: datetime) -> Provision:
    """Granted, and waiting for its footage to be chosen."""
    provision = taken_down(here, "kishi", happened_from=begun, happened_until=ended)
    judge(here, "mori", provision, "イ", STATED["inquiry"])
    return provision


def told(provision: Provision) -> list[tuple[datetime, datetime, str]]:
    with translation.override("ja"):
        return [(gap.begun, gap.ended, str(gap.why)) for gap in gaps(provision)]


def test_only_pieces_with_something_of_the_time_are_proposed(here: Founded, camera: Camera) -> None:
    at = START + HOUR
    before = piece(camera, at - HOUR, at)
    first = piece(camera, at, at + 15 * MINUTE)
    second = piece(camera, at + 15 * MINUTE, at + 30 * MINUTE)
    after = piece(camera, at + 30 * MINUTE, at + 45 * MINUTE)
    provision = asked(here, at + 10 * MINUTE, at + 20 * MINUTE)
    assert candidates(provision) == [first, second]
    assert told(provision) == []
    Footage.objects.filter(pk__in=[before.pk, after.pk]).update(duration_ms=None)
    assert candidates(provision) == [before, first, second, after], "it may reach so far"


def test_a_gap_is_told_with_what_the_machine_saw(here: Founded, camera: Camera) -> None:
    at = START + HOUR
    piece(camera, START, at)
    piece(camera, at + 3 * MINUTE, NOW)
    provision = asked(here, at - MINUTE, at + 5 * MINUTE)
    assert told(provision) == [(at, at + 3 * MINUTE, str(NOTHING))]
    silence(camera, at, at + 3 * MINUTE, "no answer")
    assert told(provision) == [(at, at + 3 * MINUTE, "カメラの応答がない")]


def test_what_is_not_in_yet_is_not_taken_for_lost(here: Founded, camera: Camera) -> None:
    piece(camera, NOW - HOUR, NOW - 10 * MINUTE)
    provision = asked(here, NOW - 15 * MINUTE, NOW + 5 * MINUTE)
    assert told(provision) == [
        (NOW - 10 * MINUTE, NOW, str(COMING)),
        (NOW, NOW + 5 * MINUTE, str(AHEAD)),
    ]


def test_a_time_planned_off_is_none_to_wonder_at(here: Founded, camera: Camera) -> None:
    piece(camera, NOW - HOUR, NOW + HOUR)
    piece(camera, NOW + 3 * HOUR, NOW + 5 * HOUR)
    by = {"planner": here.people["mori"], "by": here.by("mori")}
    plan_off(camera, NOW + HOUR, NOW + 3 * HOUR, "closed", **by)  # type: ignore[arg-type]
    clock.fix(NOW + 5 * HOUR)
    provision = asked(here, NOW, NOW + 4 * HOUR)
    assert told(provision) == [(NOW + HOUR, NOW + 3 * HOUR, str(PLANNED))]


def test_what_is_erased_is_told_and_not_chosen(
    client: Client, here: Founded, camera: Camera
) -> None:
    gone = piece(camera, START, START + HOUR)
    Footage.objects.update(state="erased")
    gone.refresh_from_db()
    piece(camera, START + HOUR, NOW)
    provision = asked(here, START + HOUR - MINUTE, START + HOUR)
    assert told(provision) == [(START + HOUR - MINUTE, START + HOUR, str(ERASED))]
    assert candidates(provision) == []
    with pytest.raises(Conflict, match="満了"):
        choose(here, "kishi", provision, gone)
    client.force_login(here.people["kishi"], backend=BACKEND)
    url = f"/provision/{provision.number}/"
    assert str(ERASED) in client.get(url).content.decode()
    typed = client.post(url + "enter/", {"numbers": gone.number, "extent": "clip"})
    assert typed.status_code == 409
    assert "満了" in typed.content.decode()


def test_the_day_after_its_last_it_is_chosen_no_more(here: Founded, camera: Camera) -> None:
    footage = piece(camera, START, START + HOUR)
    provision = asked(here, START, START + HOUR)
    clock.fix(NOW + 40 * DAY)
    assert footage.last_day < clock.today()
    with pytest.raises(Conflict, match="満了"):
        choose(here, "kishi", provision, footage)


def test_who_may_not_take_the_next_step_reads_who_may(
    client: Client, here: Founded, camera: Camera
) -> None:
    piece(camera, START, NOW)
    provision = asked(here, START, START + HOUR)
    client.force_login(here.people["kishi"], backend=BACKEND)
    url = f"/provision/{provision.number}/"
    assert "次に進められる人" not in client.get(url).content.decode()
    Provision.objects.filter(pk=provision.pk).update(requester=here.people["hara"])
    client.force_login(here.people["hara"], backend=BACKEND)
    page = client.get(url).content.decode()
    assert "次に進められる人" in page
    assert "操作担当者" in page
