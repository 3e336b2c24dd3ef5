"""Pictures and plans that people upload, drawn anew in a jail: nothing of the file is kept."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

from hokanko.errors import Unsound
from hokanko.media import jail
from hokanko.media.jail import JailBroken, Limits

MOST_BYTES = 20 << 20
MOST_PAGES = 500
_LIMITS = Limits(answer_bytes=32 << 20, wall_s=30.0, cpu_s=20)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers that tell the size
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file that a jail has drawn."""

    body: bytes
    unwritten: int = 0  # letters of a PDF that are not on it, as their font is not in the PDF

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Upload:
    """The uploaded bytes, as a jail asks for them."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.content[offset : offset + length]


def png(content: bytes, widest: int) -> Picture:
    """A PNG or JPEG as a PNG, its longest side `widest` pixels at most: a map, a drawing.

    Raises Unsound for anything else, JailBroken.
    """
    return _redrawn(content, widest, _PNG)


def jpeg(content: bytes, widest: int) -> Picture:
    """The same as a JPEG: a photograph, without the place and time it may carry."""
    return _redrawn(content, widest, _JPEG)


def is_pdf(content: bytes) -> bool:
    """Whether it claims to be a PDF; some begin with a few bytes of something else."""
    return b"%PDF-" in content[:1024]


def page(content: bytes, number: int, widest: int, *, font: bytes = b"") -> Picture:
    """One page of a PDF as a PNG, its longest side `widest` pixels; its scripts and links are gone.

    Japanese text that does not bring its font is written with this one (TrueType), if there is one.
    Raises Unsound for what is locked, too long, no PDF or never done, and for a page it has not.
    """
    if len(content) > MOST_BYTES:
        raise _no_plan(
            "PDF が大きすぎます（20 MB まで）。", "The PDF is too large (20 MB at most)."
        )
    params = {"page": number, "widest": widest, "most_pages": MOST_PAGES, "paper": len(content)}
    sent = Upload(content + font)
    try:
        answer = jail.run("hokanko.media.inside.sheet:draw", sent, params, _LIMITS)
    except JailBroken as broken:  # too slow, too large, or made to do harm: all the same to a clerk
        raise _no_plan(*_why("broken", 0)) from broken
    pages = answer.head.get("pages")
    if problem := answer.head.get("problem"):
        raise _no_plan(*_why(str(problem), pages if isinstance(pages, int) else 0))
    if not answer.body.startswith(_PNG):
        raise JailBroken("jail-broken", "odd picture")
    unwritten = answer.head.get("unwritten")
    return Picture(answer.body, unwritten if isinstance(unwritten, int) else 0)


def _why(problem: str, pages: int) -> tuple[str, str]:
    if problem == "broken":
        return "PDF を描き終えられませんでした。", "The PDF could not be drawn to its end."
    if problem == "locked":
        return (
            "PDF がパスワードで保護されています。保護を外した PDF を入れてください。",
            "The PDF is locked by a password. Use one that is not.",
        )
    if problem == "long":
        return (
            f"PDF のページが多すぎます（{MOST_PAGES}ページまで）。",
            f"The PDF has too many pages ({MOST_PAGES} at most).",
        )
    if problem == "no-page":
        return f"この PDF は{pages}ページまでです。", f"The last page of this PDF is {pages}."
    return "PDF として読めません。", "It cannot be read as a PDF."


def shape_of(jpeg_drawn_here: bytes) -> float:
    """Height by width of a JPEG that this house has drawn; 1 for anything else."""
    at = 2
    while jpeg_drawn_here[at : at + 1] == b"\xff":
        kind, length = struct.unpack(">xBH", jpeg_drawn_here[at : at + 4])
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", jpeg_drawn_here[at + 5 : at + 9])
            return float(height) / float(width)
        at += 2 + length
    return 1.0


def _redrawn(content: bytes, widest: int, magic: bytes) -> Picture:
    if not content or len(content) > MOST_BYTES:
        raise _no_picture()
    params = {"widest": widest, "png": magic == _PNG}
    answer = jail.run("hokanko.media.inside.redraw:redraw", Upload(content), params, _LIMITS)
    if answer.head.get("problem"):
        raise _no_picture()
    if not answer.body.startswith(magic):
        raise JailBroken("jail-broken", "odd picture")
    return Picture(answer.body)


def _no_plan(ja: str, en: str) -> Unsound:
    return Unsound(
        ja,
        en,
        mend_ja="画像（PNG か JPEG）に直して入れることもできます。",
        mend_en="A picture (PNG or JPEG) of it will do, too.",
    )


def _no_picture() -> Unsound:
    return Unsound(
        "PNG か JPEG の画像として読めません（20 MB まで）。",
        "It cannot be read as a PNG or JPEG picture (20 MB at most).",
        mend_ja="画像の種類を確かめて、もう一度選んでください。",
        mend_en="Check what kind of file it is, and choose again.",
    )
