"""Photographs of the rehearsal's premises, drawn: a sign on its wall, a camera, what it sees."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from hokanko.media.redraw import Picture
from hokanko.rehearsal.lettering import Colour, dice, grain, write
from hokanko.rehearsal.looks import Scene
from hokanko.rehearsal.street import Street

SIZE = (800, 600)
FRAME = (960, 540)
DARK: Colour = (20, 48, 79)
SIGNAL: Colour = (255, 210, 63)


def of_sign(headline: str, owner: str) -> Picture:
    """A sign as it hangs on a wall."""
    picture = _wall(headline + owner)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((158, 138, 652, 472), fill=(150, 148, 142))
    pen.rectangle((150, 130, 644, 464), fill=(252, 252, 250), outline=DARK, width=8)
    pen.rectangle((150, 130, 290, 464), fill=DARK)
    pen.polygon(((200, 290), (190, 320), (164, 420), (276, 420)), fill=SIGNAL)
    pen.rectangle((176, 236, 262, 282), fill=(255, 255, 255))
    pen.ellipse((250, 242, 274, 276), fill=(255, 255, 255), outline=DARK, width=3)
    write(picture, (306, 170, 632, 250), headline, DARK)
    write(picture, (306, 350, 632, 410), owner, DARK)
    return _jpeg(picture)


def of_mounting(words: str) -> Picture:
    """A camera as it hangs below the eaves."""
    picture = _wall(words)
    pen = ImageDraw.Draw(picture)
    pen.polygon(((0, 0), (800, 0), (800, 120), (0, 170)), fill=(92, 84, 78))
    pen.rectangle((386, 132, 414, 210), fill=(120, 122, 124))
    pen.rounded_rectangle((330, 200, 540, 280), 18, fill=(238, 238, 236), outline=(120, 122, 124))
    pen.ellipse((500, 206, 566, 274), fill=(30, 34, 40), outline=(120, 122, 124), width=4)
    pen.ellipse((520, 226, 546, 252), fill=(70, 90, 120))
    return _jpeg(picture)


def of_wire(words: str) -> Picture:
    """A security wire, from a computer to the leg of its desk."""
    picture = _wall(words)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 430, 800, 600), fill=(150, 118, 84))
    pen.rounded_rectangle((90, 180, 400, 420), 14, fill=(52, 56, 62), outline=(28, 30, 34), width=5)
    pen.rectangle((640, 430, 700, 600), fill=(120, 122, 126))
    pen.arc((330, 280, 700, 560), 250, 70, fill=(190, 194, 198), width=9)
    pen.rounded_rectangle((380, 330, 446, 392), 8, fill=SIGNAL, outline=DARK, width=4)
    return _jpeg(picture)


def of_view(scene: Scene, seed: int) -> Picture:
    """What a fixed camera shows of a street."""
    return _jpeg(Street(scene, seed, FRAME).frame(1.0))


def _wall(seed: str) -> Image.Image:
    tone = dice("wall", seed).randint(0, 24)
    picture = Image.new("RGB", SIZE, (206 - tone, 202 - tone, 192 - tone))
    speck = grain(SIZE, 9.0, dice("plaster", seed))
    rough = Image.merge("RGB", (speck, speck, speck))
    return Image.blend(picture, rough, 0.12)


def _jpeg(picture: Image.Image) -> Picture:
    sink = io.BytesIO()
    picture.convert("RGB").save(sink, "JPEG", quality=86)
    return Picture(sink.getvalue())
