"""Base maps of the rehearsal's four premises, drawn line by line: no picture is shipped."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from hokanko.media.redraw import Picture
from hokanko.rehearsal.lettering import Colour, write

SIZE = (1200, 800)
PAPER: Colour = (250, 249, 244)
ROAD: Colour = (226, 226, 224)
HOUSE: Colour = (236, 228, 214)
GREEN: Colour = (216, 230, 204)
WATER: Colour = (212, 226, 236)
INK: Colour = (70, 74, 80)
FAINT: Colour = (168, 170, 172)
Box = tuple[int, int, int, int]


def plan_of(name: str) -> Picture:
    """The base map of that name as a PNG, by a name of PLANS."""
    sheet = _Sheet()
    PLANS[name](sheet)
    sink = io.BytesIO()
    sheet.picture.save(sink, "PNG")
    return Picture(sink.getvalue())


class _Sheet:
    """A sheet of paper, and the few things that plans are made of."""

    def __init__(self) -> None:
        self.picture = Image.new("RGB", SIZE, PAPER)
        self.pen = ImageDraw.Draw(self.picture)

    def area(self, box: Box, fill: Colour, words: str = "", *, edge: Colour | None = None) -> None:
        """A rectangle, with its name in the middle."""
        self.pen.rectangle(box, fill=fill, outline=edge, width=3)
        if words:
            middle, half = (box[1] + box[3]) // 2, min(24, (box[3] - box[1]) // 2)
            write(self.picture, (box[0], middle - half, box[2], middle + half), words, INK)

    def building(self, box: Box, words: str) -> None:
        self.area(box, HOUSE, words, edge=INK)

    def trees(self, row: int, columns: range, radius: int = 16) -> None:
        for column in columns:
            ring = (column - radius, row - radius, column + radius, row + radius)
            self.pen.ellipse(ring, fill=GREEN, outline=(120, 150, 110), width=2)

    def zebra(self, box: Box, *, across: bool) -> None:
        """A crossing: stripes along the way of the cars."""
        start, end = (box[0], box[2]) if across else (box[1], box[3])
        for at in range(start, end, 24):
            stripe = (at, box[1], at + 12, box[3]) if across else (box[0], at, box[2], at + 12)
            self.pen.rectangle(stripe, fill=(255, 255, 255))

    def opening(self, box: Box, words: str) -> None:
        """An entrance: a gap in a wall, with its name."""
        self.pen.rectangle(box, fill=PAPER)
        middle = (box[0] + box[2]) // 2
        write(self.picture, (middle - 90, box[3] + 4, middle + 90, box[3] + 36), words, INK)


def _square(sheet: _Sheet) -> None:
    sheet.area((0, 520, 1200, 660), ROAD, "")
    sheet.area((500, 200, 700, 520), ROAD)
    sheet.building((120, 20, 1080, 150), "青葉駅")
    sheet.pen.ellipse((360, 190, 840, 480), fill=ROAD, outline=FAINT, width=3)
    sheet.pen.ellipse((500, 270, 700, 400), fill=GREEN, outline=FAINT, width=3)
    write(sheet.picture, (520, 310, 680, 360), "植込み", INK)
    sheet.zebra((510, 524, 690, 656), across=True)
    sheet.area((60, 220, 320, 330), WATER, "バスのりば", edge=FAINT)
    sheet.area((880, 220, 1140, 330), WATER, "タクシーのりば", edge=FAINT)
    sheet.trees(430, range(80, 340, 60))
    sheet.trees(430, range(880, 1140, 60))
    sheet.building((40, 680, 380, 790), "商店")
    sheet.building((400, 680, 800, 790), "青葉銀座")
    sheet.building((820, 680, 1160, 790), "交番")


def _hall(sheet: _Sheet) -> None:
    sheet.area((0, 690, 1200, 800), ROAD, "若葉台通り")
    sheet.building((180, 80, 980, 520), "")
    for box, words in (
        ((180, 80, 520, 300), "集会室"),
        ((520, 80, 760, 300), "和室"),
        ((760, 80, 980, 300), "図書コーナー"),
        ((180, 300, 420, 520), "事務室"),
        ((420, 300, 760, 520), "玄関ホール"),
        ((760, 300, 980, 520), "調理室"),
    ):
        sheet.area(box, HOUSE, words, edge=INK)
    sheet.opening((540, 512, 640, 528), "正面玄関")
    sheet.area((30, 90, 160, 660), GREEN, "")
    sheet.trees(130, range(60, 160, 60))
    sheet.trees(620, range(60, 160, 60))
    sheet.area((1010, 90, 1170, 620), ROAD, "駐車場", edge=FAINT)
    for row in range(150, 600, 70):
        sheet.pen.line((1020, row, 1080, row), fill=(255, 255, 255), width=4)
    sheet.pen.rectangle((972, 380, 988, 440), fill=PAPER)
    write(sheet.picture, (866, 450, 968, 478), "通用口", INK)


def _parking(sheet: _Sheet) -> None:
    sheet.area((0, 690, 1200, 800), ROAD, "若葉台通り")
    sheet.area((0, 0, 60, 690), HOUSE, edge=INK)
    sheet.area((100, 40, 1160, 690), ROAD)
    for column in range(220, 1120, 150):
        sheet.pen.line((column, 50, column, 270), fill=(255, 255, 255), width=6)
        sheet.pen.line((column, 440, column, 650), fill=(255, 255, 255), width=6)
    sheet.area((520, 330, 760, 380), ROAD, "駐車場")
    sheet.pen.rectangle((240, 684, 420, 696), fill=PAPER)
    write(sheet.picture, (240, 650, 420, 684), "出入口", INK)
    sheet.trees(360, range(1180, 1200, 40), 14)


def _house(sheet: _Sheet) -> None:
    sheet.area((0, 640, 1200, 800), ROAD, "道路")
    sheet.area((0, 60, 220, 600), (242, 242, 240), "隣家", edge=FAINT)
    sheet.area((980, 60, 1200, 600), (242, 242, 240), "隣家", edge=FAINT)
    sheet.area((250, 40, 950, 620), (246, 248, 240), "", edge=INK)
    sheet.building((300, 80, 780, 400), "井上家")
    sheet.area((480, 400, 620, 450), HOUSE, "玄関", edge=INK)
    sheet.area((800, 80, 930, 400), GREEN, "庭", edge=FAINT)
    sheet.trees(470, range(300, 440, 56))
    sheet.area((700, 440, 930, 610), ROAD, "車庫", edge=FAINT)
    sheet.pen.rectangle((500, 614, 620, 626), fill=PAPER)
    write(sheet.picture, (470, 572, 650, 606), "門", INK)


def _shop(sheet: _Sheet) -> None:
    sheet.area((0, 700, 1200, 800), ROAD, "歩道")
    sheet.area((80, 40, 1120, 680), (252, 251, 247), "", edge=INK)
    sheet.area((80, 40, 400, 190), HOUSE, "事務室", edge=INK)
    sheet.area((400, 40, 700, 190), HOUSE, "倉庫", edge=INK)
    for column, words in ((170, "雑誌"), (350, "文庫"), (530, "児童書"), (710, "文具")):
        sheet.area((column, 260, column + 90, 560), HOUSE, words, edge=FAINT)
    sheet.area((860, 230, 1080, 320), WATER, "レジ", edge=INK)
    sheet.area((860, 420, 1080, 560), GREEN, "新刊", edge=FAINT)
    sheet.pen.rectangle((520, 672, 700, 688), fill=PAPER)
    write(sheet.picture, (520, 632, 700, 668), "入口", INK)


PLANS: dict[str, Callable[[_Sheet], None]] = {
    "square": _square,
    "hall": _hall,
    "parking": _parking,
    "house": _house,
    "shop": _shop,
}
