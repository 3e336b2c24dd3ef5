"""House fronts of a Japanese street, each as a daylight picture and a picture of its own lights."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from hokanko.rehearsal.lettering import Colour, grain, write

PIXELS_PER_M = 64
NAMES = (
    "さくら青果", "丸福精肉店", "喫茶 みどり", "本町薬局", "山田書店", "クリーニング 白洋",
    "手打そば 更科", "鮮魚 魚政", "理容 タナカ", "文具の大和", "時計・メガネ", "パン工房 こむぎ",
)  # fmt: skip
WALLS: tuple[Colour, ...] = (
    (196, 186, 168), (168, 160, 150), (208, 204, 196), (150, 132, 112), (178, 166, 140),
    (140, 142, 146), (190, 172, 160), (122, 104, 92),
)  # fmt: skip
CLOTHS: tuple[Colour, ...] = ((150, 44, 40), (34, 92, 74), (36, 66, 120), (186, 140, 48))
WARM, COOL = (255, 206, 132), (222, 232, 236)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Front:
    """A house front by daylight and by its own lights, its wall colour, its size in metres."""

    paint: Image.Image
    glow: Image.Image
    wall: Colour
    width: float
    height: float


class _Builder:
    """Draws in metres from the left and from the ground up, on paint and glow together."""

    def __init__(self, chance: random.Random, width: float, height: float, lit: float) -> None:
        self.chance, self.width, self.height, self.lit = chance, width, height, lit
        self.wall = chance.choice(WALLS)
        size = (round(width * PIXELS_PER_M), round(height * PIXELS_PER_M))
        self.paint = Image.new("RGB", size, self.wall)
        self.glow = Image.new("RGB", size)
        self.pens = (ImageDraw.Draw(self.paint), ImageDraw.Draw(self.glow))

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """(left, low, right, high) in metres as (left, top, right, bottom) in pixels."""
        left, low, right, high = box
        top = self.height - high
        scaled = (left, top, right, self.height - low)
        a, b, c, d = (round(v * PIXELS_PER_M) for v in scaled)
        return a, b, max(a + 1, c), max(b + 1, d)

    def block(self, box: Box, colour: Colour, glow: Colour = (0, 0, 0)) -> None:
        """A filled rectangle that hides what is behind it."""
        for pen, fill in zip(self.pens, (colour, glow), strict=True):
            pen.rectangle(self.pixels(box), fill=fill)

    def shade(self, box: Box, depth: float) -> None:
        """Darken a rectangle, as an overhang or a recess does."""
        area = self.pixels(box)
        part = self.paint.crop(area).point([round(v * depth) for v in range(256)] * 3)
        self.paint.paste(part, area[:2])

    def window(self, box: Box, frame: Colour = (92, 88, 84)) -> None:
        """A sliding window in two panes, curtained, perhaps lit from inside."""
        left, low, right, high = box
        self.block((left - 0.07, low - 0.1, right + 0.07, high + 0.07), frame)
        tone = self.chance.randint(48, 92)
        shines = self.chance.random() < self.lit
        glow = dimmed(self.chance.choice((WARM, WARM, COOL)), self.chance.uniform(0.3, 0.75))
        self.block(box, (tone, tone + 8, tone + 14), glow if shines else (0, 0, 0))
        middle = (left + right) / 2
        curtain = self.chance.uniform(0.15, 0.45) * (right - left)
        veil = dimmed((216, 208, 190), self.chance.uniform(0.5, 0.9))
        self.pens[0].rectangle(self.pixels((left, low, left + curtain, high)), fill=veil)
        for fold in range(int((right - left) / 0.09)):
            strip = self.pixels((left + fold * 0.09, low, left + fold * 0.09 + 0.04, high))
            self.pens[1].rectangle(strip, fill=dimmed(glow, 0.72) if shines else (0, 0, 0))
        for pen in self.pens:
            pen.rectangle(self.pixels((middle - 0.03, low, middle + 0.03, high)), fill=(50, 48, 46))
        self.pens[0].line([*self.pixels((left, low, right, high))], fill=(tone + 22,) * 3, width=3)
        self.shade((left, high - 0.14, right, high), 0.6)

    def sign(self, box: Box, words: str, cloth: Colour, ink: Colour = (244, 240, 230)) -> None:
        """A lettered board, lit at night like the windows."""
        bright = dimmed(cloth, 0.9) if self.lit > 0.4 else (0, 0, 0)
        self.block(box, cloth, bright)
        write(self.paint, self.pixels(box), words, ink)
        if self.lit > 0.4:
            write(self.glow, self.pixels(box), words, ink)
        self.pens[0].rectangle(self.pixels(box), outline=dimmed(cloth, 0.5), width=2)

    def cooler(self, left: float, low: float) -> None:
        """The outdoor unit of an air conditioner."""
        self.block((left, low, left + 0.8, low + 0.58), (206, 204, 196))
        area = self.pixels((left + 0.1, low + 0.05, left + 0.56, low + 0.53))
        self.pens[0].ellipse(area, fill=(96, 96, 94), outline=(160, 160, 154), width=3)

    def finished(self) -> Front:
        """Weather the front: dirt that ran down, dust towards the ground, plaster grain."""
        width, height = self.paint.size
        strip = Image.frombytes(
            "L", (max(2, width // 7), 5), self.chance.randbytes(max(2, width // 7) * 5)
        )
        runs = strip.resize((width, height), Image.Resampling.BICUBIC)
        dirt = runs.point([214 + v * 41 // 255 for v in range(256)])
        tile = ImageChops.add(dirt, grain((width, height), 7, self.chance), 1, -128)
        fall = Image.linear_gradient("L").resize((width, height))
        tile = ImageChops.multiply(tile, fall.point([255 - v * v // 1300 for v in range(256)]))
        paint = ImageChops.multiply(self.paint, Image.merge("RGB", [tile] * 3))
        return Front(paint, self.glow, self.wall, self.width, self.height)


def dimmed(colour: Colour, share: float) -> Colour:
    """The colour at a share of its brightness."""
    red, green, blue = (min(255, round(v * share)) for v in colour)
    return red, green, blue


def front(kind: str, width: float, chance: random.Random, lit: float) -> Front:
    """A house front of a kind (shop, shutter, house, flats), `width` metres wide."""
    storeys = {"shop": (2, 3), "shutter": (2, 2), "house": (2, 2), "flats": (3, 5)}[kind]
    floors = chance.randint(*storeys)
    house = _Builder(chance, width, floors * 2.9 + 0.8, lit)
    for floor in range(1, floors):
        _upper(house, floor * 2.9 + 0.5, balcony=kind == "flats" or chance.random() < 0.3)
    {"shop": _shop, "shutter": _shutter, "house": _fenced, "flats": _entrance}[kind](house)
    house.block((0, house.height - 0.22, width, house.height), dimmed(house.wall, 0.62))
    pipe = chance.uniform(0.1, 0.3)
    house.block((pipe, 0, pipe + 0.09, house.height), dimmed(house.wall, 0.72))
    return house.finished()


def _upper(house: _Builder, low: float, *, balcony: bool) -> None:
    count = max(1, int(house.width / 2.6))
    step = house.width / count
    for i in range(count):
        left = i * step + step / 2 - 0.8
        house.window((left, low + (0.15 if balcony else 0.75), left + 1.6, low + 1.95))
        if house.chance.random() < 0.35:
            house.cooler(left + 0.3, low + 0.06)
    if not balcony:
        return
    house.block((0.2, low - 0.18, house.width - 0.2, low), dimmed(house.wall, 0.8))
    for rail in range(int((house.width - 0.4) / 0.14)):
        left = 0.2 + rail * 0.14
        house.block((left, low, left + 0.04, low + 0.95), (86, 84, 82))
    house.block((0.2, low + 0.95, house.width - 0.2, low + 1.03), (120, 118, 114))
    for _ in range(house.chance.choice((0, 2, 4))):
        left = house.chance.uniform(0.4, house.width - 1.0)
        cloth = house.chance.choice(((226, 226, 222), (120, 150, 186), (214, 170, 160)))
        house.block((left, low + 0.5, left + 0.45, low + 1.35), cloth)


def _shop(house: _Builder) -> None:
    chance, width = house.chance, house.width
    cloth = chance.choice(CLOTHS)
    inside = dimmed(chance.choice((WARM, COOL)), chance.uniform(0.6, 0.8))
    house.block((0.3, 0.1, width - 0.3, 2.35), dimmed(inside, 0.45), dimmed(inside, 0.62))
    for shelf in (0.15, 0.6, 1.05, 1.5):
        left = 0.4
        while left < width - 0.9:
            size = chance.uniform(0.16, 0.42)
            base = chance.randint(70, 150)
            goods = (
                base + chance.randint(0, 60),
                base + chance.randint(-10, 30),
                base - chance.randint(0, 50),
            )
            box = (left, shelf, left + size, shelf + chance.uniform(0.15, 0.38))
            house.block(box, goods, dimmed(goods, 0.5))
            left += size + 0.03
    for post in range(int(width / 1.3) + 1):
        left = 0.26 + post * 1.3
        house.block((left, 0, left + 0.07, 2.35), (70, 66, 62))
    house.shade((0.3, 1.5, width - 0.3, 2.35), 0.6)
    stripes = int((width - 0.2) / 0.3)
    for i in range(stripes):
        colour = cloth if i % 2 else (228, 222, 208)
        house.block((0.1 + i * 0.3, 2.12, 0.4 + i * 0.3, 2.62), colour)
    house.shade((0.1, 2.12, width - 0.1, 2.24), 0.66)
    house.sign((0.3, 2.68, width - 0.3, 3.36), chance.choice(NAMES), chance.choice(CLOTHS))


def _shutter(house: _Builder) -> None:
    house.block((0.3, 0, house.width - 0.3, 2.5), (156, 158, 156))
    for i in range(25):
        house.shade((0.3, i * 0.1, house.width - 0.3, i * 0.1 + 0.035), 0.74)
    house.block((house.width / 2 - 0.5, 1.2, house.width / 2 + 0.5, 1.6), (232, 228, 214))
    area = house.pixels((house.width / 2 - 0.5, 1.2, house.width / 2 + 0.5, 1.6))
    write(house.paint, area, "本日定休", (150, 40, 36))
    worn = dimmed(house.chance.choice(CLOTHS), 0.75)
    house.sign((0.3, 2.66, house.width - 0.3, 3.3), house.chance.choice(NAMES), worn)


def _fenced(house: _Builder) -> None:
    house.window((house.width * 0.55, 0.9, house.width * 0.55 + 1.7, 2.2))
    for row in range(8):
        shift = 0.2 * (row % 2)
        for block in range(int(house.width * 0.72 / 0.4)):
            tone = house.chance.randint(122, 146)
            left = block * 0.4 + shift
            house.block((left, row * 0.2, left + 0.38, row * 0.2 + 0.18), (tone, tone, tone - 4))
    gate = house.width * 0.78
    house.block((gate, 0, gate + 1.0, 1.5), (74, 60, 50))
    for _ in range(420):
        left, low = house.chance.uniform(0, house.width * 0.72), house.chance.uniform(1.4, 2.05)
        leaf = house.chance.randint(34, 84)
        area = house.pixels((left, low, left + 0.13, low + 0.1))
        house.pens[0].ellipse(area, fill=(leaf - 6, leaf + 12, leaf - 20))
        house.pens[1].ellipse(area, fill=0)
    house.block((gate - 0.3, 1.0, gate - 0.06, 1.3), (216, 210, 196), dimmed(WARM, 0.5))


def _entrance(house: _Builder) -> None:
    middle = house.width / 2
    house.block((middle - 1.1, 0, middle + 1.1, 2.4), (60, 58, 58), dimmed(WARM, 0.6))
    house.block((middle - 0.9, 0.05, middle + 0.9, 2.2), (112, 116, 112), dimmed(WARM, 0.75))
    for part in (-0.95, -0.03, 0.89):
        house.block((middle + part, 0, middle + part + 0.07, 2.3), (54, 52, 50))
    house.shade((middle - 1.1, 1.9, middle + 1.1, 2.4), 0.6)
    house.sign((middle - 1.2, 2.45, middle + 1.2, 2.8), "コーポ本町", (84, 80, 78))
    house.block((0.5, 0.5, middle - 1.5, 1.2), (150, 144, 136))
    house.window((house.width - 1.9, 0.9, house.width - 0.6, 2.1))


def softened(picture: Image.Image) -> Image.Image:
    """The picture with light spilling a little over the edges, as a cheap lens lets it."""
    return ImageChops.lighter(picture, picture.filter(ImageFilter.BoxBlur(3)))
