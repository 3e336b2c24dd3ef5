"""The task behind `pictured`: whether an upload is a photograph, or a PDF that carries one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import av
import pypdfium2.raw as pdfium

from hokanko.media.inside.container import MEDIA_ERRORS, MOST_PIXELS, main_video
from hokanko.media.inside.desk import Desk, RemoteFile

_LEAST = 64  # pixels of a side: what is smaller in a PDF is a stamp or a line
_MOST_PAGES, _MOST_THINGS, _DEEPEST = 100, 10_000, 4


def pictured(desk: Desk, params: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Params `form`: "pdf", or what FFmpeg calls the kind of picture. Head: `pictured`."""
    if params["form"] == "pdf":
        return {"pictured": _carries(RemoteFile(desk).readall())}, b""
    return {"pictured": _decodes(desk, params["form"])}, b""


def _decodes(desk: Desk, form: str) -> bool:
    options = {
        "format_whitelist": form,
        "protocol_whitelist": "none",
        "max_pixels": str(MOST_PIXELS),
    }
    try:
        container = av.open(RemoteFile(desk), "r", options=options, metadata_errors="replace")
        video = main_video(container)
        return video is not None and next(container.decode(video)).width > 0
    except (StopIteration, *MEDIA_ERRORS):
        return False


def _carries(content: bytes) -> bool:
    """Whether any page shows a picture of some size that can be decoded."""
    paper = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not paper:
        return False
    pages = min(pdfium.FPDF_GetPageCount(paper), _MOST_PAGES)
    found = (pdfium.FPDF_LoadPage(paper, number) for number in range(pages))
    return any(_shows(page) for page in found if page)


def _shows(page: Any) -> bool:
    things = _things(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0)
    return any(_is_picture(thing) for thing in things)


def _things(
    holder: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], depth: int
) -> Iterator[Any]:
    """What stands on a page, and within its forms, which scanners and printers like to use."""
    for index in range(min(count(holder), _MOST_THINGS)):
        thing = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield thing
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
            yield from _things(thing, *inner, depth + 1)


def _is_picture(thing: Any) -> bool:
    bitmap = pdfium.FPDFImageObj_GetBitmap(thing)
    if not bitmap:
        return False
    sides: tuple[int, int] = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return min(sides) >= _LEAST
