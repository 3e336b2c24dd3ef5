"""A two-dimensional code (QR, ISO/IEC 18004) as a drawing."""

from __future__ import annotations

import io

import segno

QUIET_ZONE = 4  # modules; ISO/IEC 18004 asks for four


def svg(text: str, *, sized: bool = True) -> str:
    """The code for `text`, with its quiet zone, as one SVG element; unsized, a page scales it.

    Only ASCII is taken: readers in cameras disagree about other encodings. Raises ValueError.
    """
    if not text or not text.isascii():
        raise ValueError("a code holds at least one character, and ASCII only")
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", border=QUIET_ZONE, xmldecl=False, omitsize=not sized
    )
    return drawing.getvalue().decode()
