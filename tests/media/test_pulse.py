"""When pictures of a live piece came, and when none did, whatever the camera says of its time."""

from __future__ import annotations

import pytest

from hokanko.media.inside.pulse import Hole, Jumped, Pulse

STEP_S = 0.1


def heard(pulse: Pulse, *came: tuple[float, float]) -> list[Hole]:
    """Pictures as (time of the stream, time since the first one came)."""
    found = (pulse.hear(passed_s, open_s) for passed_s, open_s in came)
    return [hole for hole in found if hole is not None]


def steady(stream_s: float, open_s: float, seconds: float) -> list[tuple[float, float]]:
    steps = round(seconds / STEP_S)
    return [(stream_s + n * STEP_S, open_s + n * STEP_S) for n in range(steps)]


def test_pictures_as_they_are_filmed_leave_no_hole() -> None:
    pulse = Pulse()
    assert heard(pulse, *steady(0, 0, 60)) == []
    assert pulse.heard_s == pytest.approx(59.9)
    assert pulse.early_s == 0


def test_what_was_held_ready_was_filmed_before() -> None:
    pulse = Pulse()
    at_once = [(n * STEP_S, 0.001 * n) for n in range(20)]
    assert heard(pulse, *at_once, *steady(2.0, 0.1, 10)) == []
    assert pulse.early_s == pytest.approx(1.9, abs=0.05)
    pulse.take_back()
    assert pulse.early_s == 0
    assert pulse.heard_s == pytest.approx(10.0, abs=0.1)


def test_a_pause_is_a_hole_at_once_where_the_stream_tells_it() -> None:
    holes = heard(Pulse(), *steady(0, 0, 10), *steady(14, 14, 10))
    assert [(round(since, 1), round(until, 1)) for since, until in holes] == [(9.9, 14.0)]


def test_pictures_held_up_on_the_way_are_no_hole() -> None:
    burst = [(10 + n * STEP_S, 14.0 + n * 0.001) for n in range(40)]
    assert heard(Pulse(), *steady(0, 0, 10), *burst, *steady(14, 14.1, 20)) == []


def test_a_pause_that_the_camera_conceals_is_a_hole_once_nothing_made_up_for_it() -> None:
    pulse = Pulse()
    assert heard(pulse, *steady(0, 0, 10), *steady(10, 13.2, 4)) == [], "it might catch up yet"
    (hole,) = heard(pulse, *steady(14, 17.2, 10))
    assert hole == pytest.approx((10.0, 13.3), abs=0.11)


def test_a_short_pause_is_none() -> None:
    assert heard(Pulse(), *steady(0, 0, 10), *steady(11.9, 11.9, 10)) == []


@pytest.mark.parametrize("speed", [3.0, 0.5])
def test_a_time_that_runs_away_ends_the_piece(speed: float) -> None:
    came = [(n * STEP_S * speed, n * STEP_S) for n in range(120)]
    with pytest.raises(Jumped):
        heard(Pulse(), *came)


def test_the_last_picture_stands_until_the_next_piece() -> None:
    pulse = Pulse()
    heard(pulse, *steady(0, 0, 10))
    pulse.stand(10.0)
    assert pulse.heard_s == 10.0
    pulse.stand(13.0)
    assert pulse.heard_s == 10.0, "for three seconds there was none"
