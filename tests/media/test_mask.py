"""Masks: black where and while they are due, and every picture beside them as it was."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image

from hokanko.media.clip import Clip
from hokanko.media.clip import clip as cut
from hokanko.media.inside.masking import box
from hokanko.media.mask import MOST, Mask
from tests.media.clips import Bytes, brightest, clip, gray, shown

REAL = sorted((Path(__file__).parents[2].parent / "shared" / "data" / "video").glob("*.mp4"))
SIZE = (128, 96)


def noise() -> list[bytes]:
    chance = random.Random(7)
    return [chance.randbytes(SIZE[0] * SIZE[1]) for _ in range(4)]


def made(content: bytes, end_ms: int, *masks: Mask) -> tuple[list[Image.Image], Clip]:
    """The pictures of a masked clip from the beginning."""
    pieces: list[bytes] = []
    talk = cut(Bytes(content), 0, end_ms, masks=masks)
    while True:
        try:
            pieces.append(next(talk))
        except StopIteration as done:
            return shown(b"".join(pieces)), done.value


@pytest.mark.parametrize(("codec", "pixels"), [("libx264", "yuv420p"), ("libx265", "yuv444p")])
def test_what_is_masked_is_black_for_its_time_and_no_longer(codec: str, pixels: str) -> None:
    images = [gray(rows, *SIZE) for rows in noise()]
    content = clip(codec=codec, pix_fmt=pixels, images=images)
    pictures, told = made(content, 2000, Mask(25, 25, 75, 75, 500, 1000))
    assert "drawbox" in told.recipe
    dark = [brightest(each, (34, 26, 94, 70)) < 24 for each in pictures]
    assert dark == [500 <= at < 1000 for at in range(0, 2000, 100)]
    assert all(brightest(each, (0, 0, 30, 96)) > 128 for each in pictures)


def test_a_picture_that_partly_falls_into_its_time_is_covered() -> None:
    content = clip(images=[gray(rows, *SIZE) for rows in noise()])
    pictures, _told = made(content, 1000, Mask(0, 0, 100, 100, 450, 460))
    assert [brightest(each, (0, 0, *SIZE)) < 24 for each in pictures].index(True) == 4


def test_several_masks_and_none_outside_them() -> None:
    content = clip(images=[gray(rows, *SIZE) for rows in noise()])
    plain, without = made(content, 1000)
    assert "drawbox" not in without.recipe
    masks = (Mask(0, 0, 25, 25, 0, 1000), Mask(75, 75, 100, 100, 0, 500))
    masked, _told = made(content, 1000, *masks)
    assert brightest(masked[2], (100, 76, 126, 94)) < 24 < brightest(masked[7], (100, 76, 126, 94))
    middle = (40, 32, 88, 64)
    before, after = (each[3].crop(middle) for each in (plain, masked))
    differing = zip(before.tobytes(), after.tobytes(), strict=True)
    assert sum(abs(a - b) for a, b in differing) / (48 * 32) < 6


def test_edges_go_outwards_and_stay_in_the_picture() -> None:
    sides = {"left": 10.1, "top": 33.3, "right": 10.2, "bottom": 99.9}
    assert box(sides, 1920, 1080) == (192, 358, 4, 722)
    assert box({"left": 0, "top": 0, "right": 100, "bottom": 100}, 126, 94) == (0, 0, 126, 94)


@pytest.mark.parametrize(
    "values", [(5, 0, 5, 10, 0, 1), (0, 0, 101, 10, 0, 1), (0, 9, 5, 8, 0, 1), (0, 0, 5, 5, 2, 2)]
)
def test_what_is_no_mask_is_an_error(values: tuple[float, float, float, float, int, int]) -> None:
    with pytest.raises(ValueError, match=r"footage|picture"):
        Mask(*values)
    with pytest.raises(ValueError, match="masks"):
        next(cut(Bytes(b""), 0, 1, masks=[Mask(0, 0, 1, 1, 0, 1)] * (MOST + 1)))


@pytest.mark.skipif(not REAL, reason="shared/data/video is absent: no real footage is masked")
def test_real_footage_is_masked() -> None:
    pictures, told = made(REAL[0].read_bytes(), 2000, Mask(30, 30, 60, 60, 0, 2000))
    wide, high = told.width, told.height
    inside = (int(wide * 0.32), int(high * 0.32), int(wide * 0.58), int(high * 0.58))
    assert pictures
    assert all(brightest(each, inside) < 24 for each in pictures)
