"""Uploaded pictures are drawn anew: right size, upright, and nothing else of the file."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from hokanko.errors import Unsound
from hokanko.media.redraw import MOST_BYTES, jpeg, png
from tests.media.clips import clip


def picture(kind: str, size: tuple[int, int] = (640, 480), **more: object) -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", size, (200, 100, 50)).save(sink, kind, **more)
    return sink.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew(kind: str) -> None:
    drawn = Image.open(io.BytesIO(png(picture(kind), 320).body))
    assert (drawn.format, drawn.size) == ("PNG", (320, 240))
    shown = drawn.convert("RGB").getpixel((160, 120))
    assert isinstance(shown, tuple)
    assert max(abs(a - b) for a, b in zip(shown, (200, 100, 50), strict=True)) < 8


def test_a_photograph_loses_what_it_says_of_its_taking() -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home"
    drawn = jpeg(picture("JPEG", exif=exif), 1280).body
    assert drawn.startswith(b"\xff\xd8\xff")
    assert b"at home" not in drawn
    assert Image.open(io.BytesIO(drawn)).size == (640, 480)


@pytest.mark.parametrize("content", [b"", b"PK\3\4" * 99, b"x" * (MOST_BYTES + 1)])
def test_what_is_no_picture_is_told(content: bytes) -> None:
    with pytest.raises(Unsound):
        png(content, 320)


def test_a_film_is_no_picture() -> None:
    with pytest.raises(Unsound):
        jpeg(clip(), 320)


def test_what_follows_the_picture_is_gone() -> None:
    assert b"<script>" not in png(picture("PNG") + b"<script>", 320).body


@pytest.mark.parametrize(
    ("turn", "size", "corner"), [(1, (640, 480), 0), (3, (640, 480), 3), (6, (480, 640), 1)]
)
def test_a_photograph_that_was_held_sideways_stands_upright(
    turn: int, size: tuple[int, int], corner: int
) -> None:
    sink, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = turn
    shot = Image.new("RGB", (640, 480), (240, 240, 240))
    shot.paste((10, 10, 10), (0, 0, 320, 240))  # dark at the top left, as the sensor had it
    shot.save(sink, "JPEG", exif=exif)
    drawn = Image.open(io.BytesIO(png(sink.getvalue(), 1280).body)).convert("L")
    assert drawn.size == size
    wide, high = size
    places = [(20, 20), (wide - 20, 20), (20, high - 20), (wide - 20, high - 20)]
    dark = [drawn.getpixel(place) < 90 for place in places]  # type: ignore[operator]
    assert dark == [at == corner for at in range(4)]


def test_a_picture_that_claims_to_be_vast_is_not_drawn() -> None:
    vast = bytearray(picture("PNG", (8, 8)))
    vast[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(Unsound):
        png(bytes(vast), 320)
