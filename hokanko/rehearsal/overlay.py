"""What the camera burns into its picture, and the card its wearer holds up to the lens."""

from __future__ import annotations

import io
import math
from datetime import datetime
from functools import cache

import segno
from PIL import Image, ImageDraw, ImageFilter

from hokanko.clock import TOKYO
from hokanko.rehearsal.lettering import Colour, font

CARD_SECONDS = 2.6
RAISED_SECONDS, LOWERED_SECONDS = 0.35, 0.4


@cache
def _caption(words: str, pixels: int) -> Image.Image:
    """White letters with a dark rim (LA), so that they can be read on anything."""
    face = font(pixels)
    box = ImageDraw.Draw(Image.new("L", (1, 1))).textbbox((4, 4), words, font=face, stroke_width=2)
    size = (math.ceil(box[2]) + 6, pixels + 14)
    letters, rim = Image.new("L", size), Image.new("L", size)
    ImageDraw.Draw(letters).text((4, 4), words, fill=236, font=face)
    ImageDraw.Draw(rim).text((4, 4), words, fill=220, font=face, stroke_width=2)
    return Image.merge("LA", (letters, rim))


def burn_in(luma: Image.Image, moment: datetime, serial: str) -> tuple[float, float, float]:
    """Write date, clock and serial on the bright plane; returns the REC dot (x, y, radius)."""
    pixels = max(12, luma.height // 30)
    margin = luma.height // 36
    local = moment.astimezone(TOKYO)
    clock = _caption(f"{local:%Y/%m/%d %H:%M:%S} JST", pixels)
    name = _caption(f"HOKANKO BWC  {serial}", pixels)
    rec = _caption("REC", pixels)
    spots = (
        (clock, (luma.width - margin - clock.width, luma.height - margin - clock.height)),
        (name, (margin, luma.height - margin - name.height)),
        (rec, (margin + pixels, margin)),
    )
    for caption, spot in spots:
        luma.paste(caption.getchannel("L"), spot, caption.getchannel("A"))
    return margin + pixels * 0.4, margin + 4 + pixels * 0.5, pixels * 0.34


def _soft(art: Image.Image, box: tuple[int, int, int, int], colour: Colour, blur: float) -> None:
    """A rounded shape with a soft edge: flesh, or the shade that it throws."""
    mask = Image.new("L", art.size)
    ImageDraw.Draw(mask).rounded_rectangle(
        box, min(box[2] - box[0], box[3] - box[1]) // 2, fill=255
    )
    art.paste((*colour, 255), (0, 0), mask.filter(ImageFilter.GaussianBlur(blur)))


@cache
def _card(code: str) -> Image.Image:
    """The wearer's card in a bare hand and a dark uniform sleeve (RGBA, 560 × 900)."""
    art = Image.new("RGBA", (560, 900))
    pen = ImageDraw.Draw(art)
    pen.rounded_rectangle((332, 470, 548, 860), 80, fill=(150, 108, 86))
    _soft(art, (372, 520, 512, 820), (178, 132, 106), 18)
    pen = ImageDraw.Draw(art)
    pen.polygon([(306, 900), (326, 770), (560, 748), (560, 900)], fill=(24, 30, 44))
    pen.polygon([(322, 792), (326, 770), (560, 748), (560, 772)], fill=(40, 48, 66))
    pen.rounded_rectangle((60, 40, 470, 610), 22, fill=(238, 237, 232))
    pen.rectangle((60, 66, 470, 120), fill=(34, 52, 92))
    pen.text((265, 93), "装着者カード", fill=(236, 238, 240), font=font(34), anchor="mm")
    held = io.BytesIO()
    segno.make(code, error="m", micro=False).save(held, kind="png", scale=12, border=4)
    with Image.open(held) as symbol:
        square = symbol.convert("RGBA").resize((372, 372), Image.Resampling.BOX)
    art.paste(square, (79, 136))
    pen.text((240, 540), code[:24], fill=(40, 40, 44), font=font(20), anchor="mm")
    _thumb(art)
    return art.filter(ImageFilter.GaussianBlur(1.2))


def _thumb(art: Image.Image) -> None:
    outline = art.getchannel("A")
    _soft(art, (390, 548, 496, 770), (120, 98, 90), 9)
    _soft(art, (402, 548, 500, 770), (172, 126, 100), 2)
    _soft(art, (414, 560, 478, 740), (206, 160, 132), 9)
    _soft(art, (420, 560, 464, 612), (222, 184, 164), 3)
    art.putalpha(outline)


def hold_card(canvas: Image.Image, code: str, t: float, light: float) -> None:
    """Paste the hand with the card as it stands `t` seconds in, lit at `light` (0 to 1)."""
    if t >= CARD_SECONDS:
        return
    away = max(0.0, 1 - t / RAISED_SECONDS) ** 2
    away += max(0.0, 1 - (CARD_SECONDS - t) / LOWERED_SECONDS) ** 2
    art, high = _card(code), canvas.height * 1.08
    size = (round(high * 560 / 900), round(high))
    lean = 0.07 + 0.03 * math.sin(t * 2.3) + 0.25 * away
    tilt = 0.00014 * (1 + 0.6 * math.sin(t * 1.9 + 1))
    scale = art.width / size[0]
    cos, sin = math.cos(lean) * scale, math.sin(lean) * scale
    middle = (size[0] / 2, size[1] / 2)
    shift = (
        art.width / 2 - cos * middle[0] - sin * middle[1],
        art.height / 2 + sin * middle[0] - cos * middle[1],
    )
    shown = art.transform(
        size, Image.Transform.PERSPECTIVE,
        (cos, sin, shift[0], -sin, cos, shift[1], tilt, -tilt / 2), Image.Resampling.BILINEAR,
    )  # fmt: skip
    left = round(canvas.width * 0.47 - size[0] / 2 + 7 * math.sin(t * 3.1) + 60 * away)
    top = round(canvas.height * 0.06 + 6 * math.sin(t * 4.3) + 3 * math.sin(t * 11) + high * away)
    tone = [round(v * light) for v in range(256)] * 3
    canvas.paste(shown.convert("RGB").point(tone), (left, top), shown.getchannel("A"))
