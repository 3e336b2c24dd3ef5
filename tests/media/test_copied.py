"""Ranges copied as they are: every packet the camera's own, from the key picture before on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hokanko.errors import Missing, Unsound
from hokanko.media.clip import Clip, copy
from tests.media.clips import Bytes, clip, opened

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "video"


def made(content: bytes, start_ms: int, end_ms: int) -> tuple[bytes, Clip]:
    """The whole copy at once."""
    pieces: list[bytes] = []
    talk = copy(Bytes(content), start_ms, end_ms)
    while True:
        try:
            pieces.append(next(talk))
        except StopIteration as done:
            return b"".join(pieces), done.value


def written(content: bytes) -> list[bytes]:
    """The packets of the video, as they lie in the file."""
    with opened(content) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def shown(content: bytes) -> int:
    with opened(content) as container:
        return len(list(container.decode(video=0)))


@pytest.mark.parametrize("codec", ["libx264", "mjpeg"])
def test_the_packets_are_the_cameras_own(codec: str) -> None:
    pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    content = clip(codec=codec, pix_fmt=pix_fmt, frames=40, options={"bf": "0"})
    out, told = made(content, 1500, 2500)
    first = 15 if codec == "mjpeg" else 10  # a key picture every second
    original = written(content)
    copied = written(out)
    assert copied == original[first:25]
    assert (told.start_ms, told.first_ms, told.end_ms) == (first * 100, first * 100, 2500)
    assert (told.pictures, told.damaged) == (len(copied), 0)
    assert "not encoded anew" in told.recipe
    assert shown(out) == len(copied)


def test_pictures_that_refer_to_later_ones_come_along() -> None:
    content = clip(frames=40, options={"bf": "2", "b-adapt": "0"})
    out, told = made(content, 1500, 2500)
    assert set(written(out)) <= set(written(content))
    assert told.first_ms == 1000
    assert told.last_ms >= 2400
    assert shown(out) >= 15


def test_sound_is_left_out_and_told() -> None:
    _out, told = made(clip(sound="aac", frames=40), 1000, 2000)
    assert told.silenced


def test_the_last_pictures_of_a_file_can_be_copied() -> None:
    content = clip(frames=40, options={"bf": "0"})
    out, told = made(content, 3950, 9000)
    assert written(out) == written(content)[30:40]
    assert told.last_ms == 3900


def test_a_range_that_is_not_there_is_told() -> None:
    with pytest.raises(Missing):
        made(clip(frames=20), 60_000, 61_000)


def test_a_codec_that_an_mp4_does_not_hold_is_told() -> None:
    with pytest.raises(Unsound) as no:
        made(clip("matroska", "ffv1", "yuv420p"), 0, 1000)
    assert "求められた時間だけ" in no.value.mend_ja


@pytest.mark.parametrize("name", ["street-h265", "face-frontal", "shop-aisle", "iphone-gps"])
def test_real_footage_is_copied_untouched(name: str) -> None:
    path: Any = next(iter(sorted(DATA.glob(f"{name}*"))), None)
    if path is None:
        pytest.skip(f"no shared footage: {name}")
    content = path.read_bytes()
    out, told = made(content, 1500, 2600)
    assert shown(out) == told.pictures
    assert told.first_ms <= 1500
    inside = {packet[-200:] for packet in written(content)}
    assert all(packet[-200:] in inside for packet in written(out))
