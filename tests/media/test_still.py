"""Pictures out of footage: the right frame, every pixel, upright."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from hokanko.errors import Missing, Unsound
from hokanko.media import jail
from hokanko.media.jail import Answer, JailBroken
from hokanko.media.still import picture, thumbnail
from tests.media.clips import Bytes, brightness, clip


@pytest.mark.parametrize(
    ("at_ms", "number"), [(0, 0), (99, 0), (100, 1), (1250, 12), (1900, 19), (1999, 19)]
)
def test_the_frame_on_the_screen_at_a_time(at_ms: int, number: int) -> None:
    image = Image.open(io.BytesIO(picture(Bytes(clip()), at_ms)))
    assert (image.format, image.size, image.mode) == ("PNG", (64, 48), "RGB")
    shown = image.convert("L").getpixel((32, 24))
    assert isinstance(shown, int)
    assert abs(shown - brightness(number)) < 5


@pytest.mark.parametrize("container", ["h264", "mpegts", "matroska"])
def test_other_containers_give_pictures(container: str) -> None:
    assert picture(Bytes(clip(container)), 300).startswith(b"\x89PNG")


def test_ten_bits_and_odd_colours_become_a_picture() -> None:
    content = clip(pix_fmt="yuv422p10le")
    assert Image.open(io.BytesIO(picture(Bytes(content), 0))).size == (64, 48)


def test_a_thumbnail_is_small() -> None:
    image = Image.open(io.BytesIO(thumbnail(Bytes(clip(size=(640, 480))), 500, 160)))
    assert (image.format, image.size) == ("JPEG", (160, 120))


def test_a_thumbnail_is_never_enlarged() -> None:
    assert Image.open(io.BytesIO(thumbnail(Bytes(clip()), 0, 320))).size == (64, 48)


def test_after_the_end_there_is_no_picture() -> None:
    with pytest.raises(Missing):
        picture(Bytes(clip()), 60_000)


def test_what_cannot_be_decoded_gives_none() -> None:
    with pytest.raises(Unsound):
        picture(Bytes(b"PK\3\4" * 99), 0)


@pytest.mark.parametrize("width", [0, 5000])
def test_widths_have_limits(width: int) -> None:
    with pytest.raises(ValueError, match="width"):
        thumbnail(Bytes(b"x"), 0, width)


def test_a_lying_child_gives_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jail, "run", lambda *_: Answer({}, b"<script>", ()))
    with pytest.raises(JailBroken):
        picture(Bytes(b"x"), 0)
