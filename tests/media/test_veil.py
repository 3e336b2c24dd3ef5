"""Cameras whose pictures are blackened in part before anything is kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hokanko.media.inside.veil import TooSlow, Veil
from hokanko.media.live import Begun, Ended, Priced, Watchroom
from hokanko.rehearsal.rtsp import Camera
from tests.media.clips import brightest, shown
from tests.media.test_live import drawn, heard, pieces

LEFT = {"left": 0, "top": 0, "right": 50, "bottom": 100}


@pytest.fixture
def room() -> Iterator[Watchroom]:
    with Watchroom(4) as room:
        yield room


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_no_kept_picture_shows_what_is_masked(room: Watchroom, tmp_path: Path, codec: str) -> None:
    with Camera(drawn(tmp_path / "film.mp4", codec)) as camera:
        room.follow(0, camera.url, sound=False, piece_s=2.0, masks=[LEFT])
        said = heard(room, lambda said: any(isinstance(each, Priced) for each in said))
        room.leave(0)
        said += heard(room, lambda said: any(isinstance(each, Ended) for each in said))
    begun = next(each for each in said if isinstance(each, Begun))
    assert (begun.codec, begun.width, begun.height) == ("h264", 160, 120)
    price = next(each for each in said if isinstance(each, Priced))
    assert price.picture_ms > 0
    assert 5 < price.rate < 20
    made = pieces(said)
    assert len(made) >= 2, "a piece ends where a picture stands alone, masked or not"
    bright = 0
    for piece in made:
        for image in shown(piece):
            assert brightest(image, (0, 0, 78, 120)) < 24
            bright += brightest(image, (82, 0, 160, 120)) > 100
    assert bright > 5, "beside the mask it is as it was"


def test_a_machine_that_does_not_keep_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    veil = Veil.__new__(Veil)
    clock = iter([10.0, 12.0, 20.0, 22.0])
    monkeypatch.setattr("hokanko.media.inside.veil.time.monotonic", lambda: next(clock))
    veil._video = type("Video", (), {"time_base": 0.001})()
    veil._priced, veil._window, veil._first = False, None, None
    veil._pictures, veil._newest, veil._busy_s = 1, 0, 0.0
    veil._watch()
    veil._newest, veil._busy_s = 1000, 2.0
    veil._watch()  # a second behind
    veil._newest, veil._busy_s = 5000, 3.0
    veil._watch()  # farther behind, but idle: the camera itself sent late
    veil._newest, veil._busy_s = 6000, 5.0
    with pytest.raises(TooSlow):
        veil._watch()
