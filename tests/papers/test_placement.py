"""配置図: where marks and arrows stand on the picture, and what the legend counts."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from hokanko.papers.placement import CameraMark, Placement, SignMark, data, render
from hokanko.papers.press import png
from tests.papers.samples import SHEET, words

PPI = 72


def white(width: int = 600, height: int = 300) -> bytes:
    """A white base map."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


PLACEMENT = Placement(
    site="青葉一丁目",
    address="青葉1-2",
    base_png=white(),
    cameras=(CameraMark("1", "公園入口", 0.5, 0.5, 90), CameraMark("21", "橋", 0.2, 0.3, 225)),
    signs=(SignMark(1, "公園の門", 0.8, 0.2),),
)


def test_the_map_names_its_site_its_marks_and_their_counts() -> None:
    found = words(render(SHEET, (PLACEMENT,)))
    for part in ("防犯カメラ、表示板の配置図", "青葉一丁目青葉1-2", "①", "21", "2台", "1か所"):
        assert part in found
    for part in ("①公園入口→右", "21橋→左下", "表示板1公園の門"):
        assert part in found


def test_each_site_has_a_page() -> None:
    other = replace(PLACEMENT, site="青葉二丁目")
    assert len(png("placement", data(SHEET, (PLACEMENT, other)), 20)) == 2


def test_a_sheet_tells_its_name_its_width_and_how_wide_and_far_its_cameras_see() -> None:
    marks = (
        CameraMark("1", "階段", 0.5, 0.5, 90, 60, 0.25, "10.0 m"),
        CameraMark("2", "廊下", 0.2, 0.2, 180),
    )
    found = words(render(SHEET, (replace(PLACEMENT, sheet="2階", across="40", cameras=marks),)))
    for part in ("青葉一丁目2階", "図の横幅約40m", "①階段→右（画角60°、10.0m）", "②廊下→下"):
        assert part in found
    assert "扇形は画角と見える遠さ" in found


def test_a_range_ends_at_the_edge_of_the_map() -> None:
    far = CameraMark("1", "", 0.9, 0.5, 90, 90, 2.0)
    (picture,) = png("placement", data(SHEET, (replace(PLACEMENT, cameras=(far,), signs=()),)), PPI)
    page = Image.open(io.BytesIO(picture)).convert("RGB")
    mm = PPI / 25.4
    beyond = {page.getpixel((round(195 * mm), round(y * mm))) for y in range(50, 140)}
    assert beyond == {(255, 255, 255)}


@pytest.mark.parametrize(("facing", "side"), [(90, "east"), (270, "west")])
def test_ink_lies_on_the_side_where_the_arrow_points(facing: int, side: str) -> None:
    alone = replace(PLACEMENT, cameras=(CameraMark("1", "", 0.5, 0.5, facing),), signs=())
    (picture,) = png("placement", data(SHEET, (alone,)), PPI)
    page = Image.open(io.BytesIO(picture)).convert("L")
    mm = PPI / 25.4
    left, width = 20 * mm, 170 * mm
    middle = left + width / 2
    row = ink_rows(page, round(middle + 7 * mm if side == "east" else middle - 7 * mm), mm)
    other = ink_rows(page, round(middle - 7 * mm if side == "east" else middle + 7 * mm), mm)
    assert row > other


def ink_rows(page: Image.Image, x: int, mm: float) -> int:
    """Dark pixels in a column of the map's middle band."""
    band = range(round(60 * mm), round(105 * mm))
    return sum(1 for y in band if int(page.getpixel((x, y))) < 100)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize("bad", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_only_a_png_can_lie_below(bad: bytes) -> None:
    with pytest.raises(ValueError, match="PNG"):
        render(SHEET, (replace(PLACEMENT, base_png=bad),))
