"""A Japanese font lent to PDFium for what a PDF writes without bringing its font along."""

from __future__ import annotations

from ctypes import byref, c_size_t, memmove
from typing import Any

import pypdfium2.raw as pdfium

_HANDLE = 1
_kept: list[Any] = []  # what PDFium was given, for as long as it may ask


def lend(font: bytes) -> None:
    """Let PDFium write with this TrueType font whatever asks for a Japanese one."""
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)

    def found(_own: Any, _w: int, _i: int, charset: int, *_how: Any) -> int | None:
        return _HANDLE if charset == pdfium.FXFONT_SHIFTJIS_CHARSET else None

    def data(_own: Any, _font: Any, table: int, room: Any, size: int) -> int:
        if table:  # only asked whether it is a collection
            return 0
        if room and size >= len(font):
            memmove(room, font, len(font))
        return len(font)

    def charset(_own: Any, _font: Any) -> int:
        return int(pdfium.FXFONT_SHIFTJIS_CHARSET)

    told = {"MapFont": found, "GetFontData": data, "GetFontCharset": charset}
    lent = pdfium.FPDF_SYSFONTINFO(1, **{name: kinds[name](do) for name, do in told.items()})
    pdfium.FPDF_SetSystemFontInfo(byref(lent))
    _kept.append(lent)


def is_lent(font: Any, size: int) -> bool:
    """Whether PDFium writes with the font lent, of that size, what asks for this one."""
    there = c_size_t()
    return bool(pdfium.FPDFFont_GetFontData(font, None, 0, byref(there))) and there.value == size
