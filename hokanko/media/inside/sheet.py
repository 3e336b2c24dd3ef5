"""The task behind `redraw.page`: one page of an uploaded PDF, drawn as a picture."""

from __future__ import annotations

from ctypes import string_at
from typing import Any

import pypdfium2.raw as pdfium
from av import VideoFrame

from hokanko.media.inside.desk import Desk, RemoteFile
from hokanko.media.inside.lent import is_lent, lend
from hokanko.media.inside.picture import encoded

_WHITE = 0xFFFFFFFF
_MOST_LETTERS = 20_000  # looked at: a plan has hundreds
_LATIN = 0xFF  # up to there PDFium writes by itself where a font is not in the file
_SHORTEST = 8  # pixels: a page thinner than that, beside its length, is no plan


def draw(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `page` (from 1), `widest` (pixels of the longest side), `most_pages`, `paper` (bytes).

    What follows the paper is a font for Japanese text that brings none; there may be none.
    Head: `pages`, `unwritten` (letters that cannot be drawn, as their font is not in the file), or
    `problem` ("unreadable" | "locked" | "long" | "no-page"); body: a PNG.
    """
    sent = RemoteFile(desk).readall()
    content, font = sent[: params["paper"]], sent[params["paper"] :]
    if font:
        lend(font)
    paper = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not paper:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return {"problem": "locked" if locked else "unreadable"}, b""
    pages = pdfium.FPDF_GetPageCount(paper)
    if not 1 <= pages <= params["most_pages"]:
        return {"problem": "long" if pages > 0 else "unreadable", "pages": pages}, b""
    if params["page"] > pages:
        return {"problem": "no-page", "pages": pages}, b""
    page = pdfium.FPDF_LoadPage(paper, params["page"] - 1)
    if not page:
        return {"problem": "unreadable", "pages": pages}, b""
    return _drawn(page, pages, params["widest"], len(font))


def _drawn(page: Any, pages: int, widest: int, lent: int) -> tuple[dict[str, Any], bytes]:
    across, down = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not (across > 0 and down > 0):
        return {"problem": "unreadable", "pages": pages}, b""
    share = widest / max(across, down)
    width, height = (max(1, round(side * share)) for side in (across, down))
    if min(width, height) < _SHORTEST:
        return {"problem": "unreadable", "pages": pages}, b""
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    ink = string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    head = {"pages": pages, "unwritten": _unwritten(page, lent)}
    return head, encoded(_frame(ink, stride, width, height), "png")


def _unwritten(page: Any, lent: int) -> int:
    """How many letters of a page no font is here for, but for the one lent, of so many bytes."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return 0
    letters = range(min(pdfium.FPDFText_CountChars(text), _MOST_LETTERS))
    return sum(_is_unwritten(text, index, lent) for index in letters)


def _is_unwritten(text: Any, index: int, lent: int) -> bool:
    letter = pdfium.FPDFText_GetUnicode(text, index)
    if 0 < letter <= _LATIN or chr(letter).isspace():
        return False
    whole = pdfium.FPDFText_GetTextObject(text, index)
    font = pdfium.FPDFTextObj_GetFont(whole) if whole else None
    if not font or pdfium.FPDFFont_GetIsEmbedded(font) != 0:
        return False
    return not (lent and letter and is_lent(font, lent))


def _frame(ink: bytes, stride: int, width: int, height: int) -> VideoFrame:
    """The pixels as a frame, whose rows may be longer than ours."""
    frame = VideoFrame(width, height, "bgr0")
    plane = frame.planes[0]
    rows = (ink[row * stride : row * stride + 4 * width] for row in range(height))
    plane.update(b"".join(row.ljust(plane.line_size, b"\0") for row in rows))
    return frame.reformat(format="rgb24")
