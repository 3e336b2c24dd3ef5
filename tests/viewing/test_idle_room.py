"""A room in which nobody presses anything: watching is use, a picture that stands still is none."""

from __future__ import annotations

from datetime import timedelta

from pytest_django import Settings

from hokanko import clock
from tests.viewing.conftest import Desk


def test_who_watches_stays_and_a_room_that_stands_still_does_not(
    desk: Desk, settings: Settings
) -> None:
    settings.IDLE = timedelta(minutes=30)
    viewing, client = desk.opened("tanaka"), desk.client("tanaka")
    room, kind = f"/viewing/{viewing.pk}/", "application/json"
    client.get(room)
    viewing.refresh_from_db()
    for second in range(4):
        clock.fix(clock.now() + timedelta(minutes=20))
        viewing.beat_at = clock.now()
        viewing.save()
        seen = f'{{"watched": [[{second}, {second + 1}]]}}'
        assert client.post(f"{room}beat/", seen, content_type=kind).status_code == 200
    for _ in range(2):
        clock.fix(clock.now() + timedelta(minutes=20))
        answer = client.post(f"{room}beat/", '{"watched": []}', content_type=kind)
    assert answer.status_code == 302
