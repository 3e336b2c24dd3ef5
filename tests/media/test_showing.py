"""A camera shown live from a cell of its own: small pictures, the newest one, masked."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from hokanko.media import fence, showing, wire
from hokanko.media.jail import JailBroken
from hokanko.media.showing import Gone, Showing
from hokanko.rehearsal.rtsp import Camera, Mood
from tests.live.watching import brightness
from tests.media.test_live import drawn

LONGEST_S = 30.0


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    with Camera(drawn(tmp_path / "film.mp4", "libx264", (640, 480)), Mood()) as camera:
        yield camera


def seen(showing: Showing) -> Image.Image:
    """The next picture."""
    deadline = time.monotonic() + LONGEST_S
    while not (jpeg := showing.picture(0.5)):
        assert time.monotonic() < deadline
    return Image.open(io.BytesIO(jpeg))


def all_of(showing: Showing) -> None:
    """Until it is no more."""
    for _ in range(60):
        showing.picture(0.5)


def test_pictures_come_one_after_the_other(camera: Camera) -> None:
    with Showing(camera.url) as showing:
        assert seen(showing).size == (640, 480)
        seen(showing)


def test_the_cell_has_network_and_nothing_else(camera: Camera) -> None:
    with Showing(camera.url) as showing:
        assert set(showing.jail) <= set(fence.ALL) - {"netns"}
        assert {"rlimits", "no-new-privs"} <= set(showing.jail)


def test_they_are_no_wider_than_asked(camera: Camera) -> None:
    with Showing(camera.url, widest=160) as showing:
        assert seen(showing).size == (160, 120)


def test_a_mask_covers_its_part_of_every_picture(camera: Camera) -> None:
    left = {"left": 0, "top": 0, "right": 50, "bottom": 100}
    with Showing(camera.url, masks=[left]) as showing:
        for _ in range(3):
            picture = seen(showing)
            assert brightness(picture, 100, 240) < 20
            assert brightness(picture, 540, 240) > 30


def test_where_nothing_comes_nothing_is_given(camera: Camera) -> None:
    camera.mood.silent.set()
    with Showing(camera.url) as showing:
        assert showing.picture(0.3) == b""


def test_a_camera_that_hangs_up_is_gone(camera: Camera) -> None:
    with Showing(camera.url) as showing:
        seen(showing)
        camera.mood.hang_up.set()
        with pytest.raises(Gone):
            all_of(showing)


def test_where_nobody_answers_it_is_told() -> None:
    with Showing("rtsp://127.0.0.1:1/live") as showing, pytest.raises(Gone) as gone:
        all_of(showing)
    assert gone.value.why == "ConnectionRefusedError"


def test_a_cell_that_dies_is_told(camera: Camera) -> None:
    with Showing(camera.url) as showing:
        seen(showing)
        showing.process.kill()
        with pytest.raises(JailBroken):
            all_of(showing)


def test_no_process_is_left_behind(camera: Camera) -> None:
    with Showing(camera.url) as showing:
        pid = showing.pid
    assert not Path(f"/proc/{pid}").exists()


def test_a_cell_that_nobody_asks_ends_and_its_camera_is_free(
    camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "UNASKED_S", 1)
    with Showing(camera.url) as forgotten:
        seen(forgotten)
        forgotten.process.wait(LONGEST_S)
        with pytest.raises(JailBroken):
            all_of(forgotten)


@pytest.mark.parametrize("rest", [b"", b"no picture", b"[]"])
def test_a_cell_that_answers_nonsense_is_told(
    camera: Camera, monkeypatch: pytest.MonkeyPatch, rest: bytes
) -> None:
    kind = wire.DATA_OF if rest == b"no picture" else wire.ENDED
    nonsense = wire.STREAM.pack(0, kind) + rest if rest else b"x"
    with Showing(camera.url) as lying:
        monkeypatch.setattr(wire, "receive", lambda *_: (wire.LIVE, nonsense))
        with pytest.raises(JailBroken):
            lying.picture(0.1)
