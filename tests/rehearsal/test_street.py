"""The drawn street looks like a street, moves, and is the same for the same seed."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat

from hokanko.rehearsal.lens import Lens, Panel, Pose, paint
from hokanko.rehearsal.looks import Scene
from hokanko.rehearsal.street import Street

SIZE = (480, 270)


def unlikeness(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


@pytest.mark.parametrize("scene", list(Scene))
def test_a_scene_is_full_of_detail_and_moves(scene: Scene) -> None:
    street = Street(scene, 3, SIZE)
    first, later = street.frame(4.0), street.frame(6.0)
    assert first.size == SIZE
    assert len(first.getcolors(maxcolors=SIZE[0] * SIZE[1]) or ()) > 3000
    assert unlikeness(first, later) > 3


def test_the_same_seed_draws_the_same_street_and_another_does_not() -> None:
    first = Street(Scene.SHOPPING, 3, SIZE).frame(7.0)
    assert unlikeness(first, Street(Scene.SHOPPING, 3, SIZE).frame(7.0)) == 0
    assert unlikeness(first, Street(Scene.SHOPPING, 4, SIZE).frame(7.0)) > 3


def test_a_long_shift_never_runs_out_of_street() -> None:
    street = Street(Scene.SHOPPING, 3, SIZE)
    colours = street.frame(3600.0).getcolors(maxcolors=SIZE[0] * SIZE[1]) or ()
    assert len(colours) > 3000


def test_night_is_darker_than_day() -> None:
    """Taken over a walk from lamp to lamp: right under one, even the night is bright."""
    brightness = []
    for scene in (Scene.SHOPPING, Scene.RESIDENTIAL):
        street = Street(scene, 3, SIZE)
        walk = [street.frame(t).convert("L") for t in (0.0, 5.0, 10.0, 15.0, 20.0, 25.0)]
        brightness.append(sum(ImageStat.Stat(picture).mean[0] for picture in walk) / len(walk))
    assert brightness[1] < 0.7 * brightness[0]


def test_a_panel_is_painted_where_the_lens_projects_it() -> None:
    lens = Lens(400, 300, 200.0, Pose(0.0, 1.5, 0.0, yaw=0.05, roll=0.03))
    panel = Panel(2, 10.0, 0, (-2.0, 2.0), 1, (3.0, 0.0))
    picture = Image.new("RGB", (64, 48), (200, 0, 0))
    picture.paste((0, 0, 200), (32, 0, 64, 48))
    canvas = Image.new("RGB", (400, 300))
    paint(canvas, lens, panel, picture)
    for x, colour in ((-1.0, (200, 0, 0)), (1.0, (0, 0, 200)), (-2.5, (0, 0, 0)), (2.5, (0, 0, 0))):
        column, row, depth = lens.project((x, 1.5, 10.0))
        assert depth == pytest.approx(10.0, abs=0.2)
        assert canvas.getpixel((round(column), round(row))) == colour


def test_what_is_behind_the_wearer_is_not_painted() -> None:
    canvas = Image.new("RGB", (40, 30))
    panel = Panel(2, -3.0, 0, (-2.0, 2.0), 1, (3.0, 0.0))
    paint(canvas, Lens(40, 30, 20.0, Pose(0.0, 1.5, 0.0)), panel, Image.new("RGB", (8, 8), "white"))
    assert canvas.getbbox() is None
