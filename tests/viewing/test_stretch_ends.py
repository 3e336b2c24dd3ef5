"""A stretch whose first piece ends while others live: it is asked of those, and goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hokanko import clock
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.ledger.read import about
from hokanko.viewing import actions, queries, turning, weighing
from hokanko.viewing.actions import ask_stretch
from hokanko.viewing.jobs import lapse_erased
from hokanko.viewing.looking import mark_scene
from hokanko.viewing.models import Viewing
from hokanko.viewing.onward import part_of_stretch, small
from tests.viewing.conftest import Desk
from tests.viewing.test_stretch import MORNING, SECOND, cameras, filmed, kept, opened_stretch, span

QUESTION = "どの場面を確かめるのですか。"


@pytest.fixture
def film(desk: Desk) -> list[Footage]:
    """Camera 1: two pieces one after the other; camera 2: one at the time of the second."""
    ones = [filmed(desk.cast, MORNING + at * SECOND) for at in (0, 4)]
    return [*ones, filmed(desk.cast, MORNING + 4 * SECOND, camera="2")]


def die(*films: Footage, erased: bool = True) -> None:
    """Their day is over; what swept them may have been here, or is about to come."""
    over = clock.today() - timedelta(days=1)
    state = "erased" if erased else "held"
    Footage.objects.filter(pk__in=[f.pk for f in films]).update(last_day=over, state=state)


def asked(desk: Desk, login: str = "ito") -> Viewing:
    person, by = desk.cast.people[login], desk.at(login)
    rows = cameras(desk.cast, "1", "2")
    return queries.viewing(ask_stretch(rows, span(0, 8), person, ("ア",), "", by=by).pk)


def kinds(footage: Footage) -> list[str]:
    return [act.kind for act in about(f"footage:{footage.pk}") if act.kind.startswith("viewing.")]


@pytest.mark.parametrize("erased", [True, False])
def test_the_room_goes_on_with_what_lives(desk: Desk, film: list[Footage], erased: bool) -> None:
    viewing, by = opened_stretch(desk, 0, 8, "1", "2"), desk.at("tanaka")
    die(film[0], erased=erased)
    room = queries.viewing(viewing.pk)
    assert queries.problem(room, by) == ""
    assert kept(part_of_stretch(room, 0, 4000, by=by)) == 40
    black = part_of_stretch(room, 0, 0, by=by)
    assert (black.start_ms, black.end_ms) == (0, 4000)
    assert small(room, 1, 5000, by=by).startswith(b"\xff\xd8")
    client = desk.client("tanaka")
    page = client.get(f"/viewing/{room.pk}/").content.decode()
    assert "09:00:00〜09:00:04 記録なし" in page
    mark_scene(room, 5000, by=by)
    actions.close(room, "button", by=by)
    assert "viewing.closed" in kinds(film[1])


def test_it_closes_with_the_last_of_them(desk: Desk, film: list[Footage]) -> None:
    viewing, by = opened_stretch(desk, 0, 8, "1", "2"), desk.at("tanaka")
    die(*film)
    room = queries.viewing(viewing.pk)
    assert queries.problem(room, by) == "expired"
    with pytest.raises(Refusal):
        actions.open_room(asked_none(room), by=by)


def asked_none(room: Viewing) -> Viewing:
    """The same room as if it were asked for anew."""
    Viewing.objects.filter(pk=room.pk).update(state="asked")
    return queries.viewing(room.pk)


def test_a_request_waits_until_the_last_of_them_is_erased(desk: Desk, film: list[Footage]) -> None:
    viewing = asked(desk)
    die(film[0])
    lapse_erased()
    viewing = queries.viewing(viewing.pk)
    assert viewing.state == "asked"
    assert viewing in queries.to_decide(desk.at("takahashi"))
    actions.approve(viewing, desk.cast.people["takahashi"], by=desk.at("takahashi"))
    actions.attend(viewing, desk.cast.people["takahashi"], by=desk.at("takahashi"))
    actions.open_room(viewing, by=desk.at("ito"))
    assert "viewing.opened" in kinds(film[1])
    other = asked(desk, "sato")
    die(*film)
    lapse_erased()
    assert queries.viewing(other.pk).state == "lapsed"


def test_a_request_sent_back_is_answered_while_one_of_them_lives(
    desk: Desk, film: list[Footage], monkeypatch: pytest.MonkeyPatch
) -> None:
    viewing, boss = asked(desk), desk.cast.people["takahashi"]
    turning.send_back(viewing, boss, QUESTION, by=desk.at("takahashi"))
    die(film[0])
    viewing = queries.viewing(viewing.pk)
    weighed = list[list[Footage]]()

    def seen(films: list[Footage], *given: Any) -> dict[str, object]:
        weighed.append(films)
        return weighing.weighed(films, *given)

    monkeypatch.setattr(turning, "weighed", seen)
    page = desk.client("ito").get(f"/viewing/{viewing.pk}/revise/")
    assert page.status_code == 200
    turning.resubmit(viewing, ["ア"], "", "声掛けの場面です。", by=desk.at("ito"))
    assert viewing.state == "asked"
    assert [sorted(f.number for f in films) for films in weighed] == [
        sorted(f.number for f in film[1:])
    ], "every piece that lives is weighed, not the first alone"
    assert kinds(film[1]) == ["viewing.resubmitted"]
