"""Sets a paper: a template of this folder and its data become PDF/A or pictures, without network.

Data reaches the template as JSON text, so nothing a user wrote is ever read as markup. The same
data gives the same bytes: fonts are shipped, and the only date in the file is the sheet's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

from hokanko.errors import Unavailable
from hokanko.papers.glyphs import drawable, printable

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
NEEDED = (("BIZ UDPGothic", 400), ("BIZ UDPGothic", 700), ("Noto Sans JP", 400))
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]  # archival and accessible at once
SCREEN_PPI = 150


def pdf(template: str, data: Mapping[str, object], *, fonts: Path = FONTS) -> bytes:
    """The paper `template` (its name here, without ending) as PDF/A-2a and PDF/UA-1.

    `data` holds what JSON can hold. Raises Unavailable when a font is missing.
    """
    made = typst.compile(
        HERE / f"{template}.typ",
        font_paths=_shelf(fonts),
        sys_inputs=_inputs(data, fonts),
        format="pdf",
        pdf_standards=STANDARDS,
    )
    return bytes(made)


def png(
    template: str, data: Mapping[str, object], ppi: float = SCREEN_PPI, *, fonts: Path = FONTS
) -> list[bytes]:
    """The same paper as one PNG picture per page."""
    made = typst.compile(
        HERE / f"{template}.typ",
        font_paths=_shelf(fonts),
        sys_inputs=_inputs(data, fonts),
        format="png",
        ppi=ppi,
    )
    return [made] if isinstance(made, bytes) else list(made)


@cache
def _shelf(folder: Path) -> typst.Fonts:
    """The fonts in `folder` and no other, so that every machine sets alike."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
    found = {(font.family, font.weight) for font in fonts.fonts()}
    for family, weight in NEEDED:
        if (family, weight) not in found:
            raise Unavailable(
                f"帳票の書体「{family}」（太さ{weight}）がありません。",
                f"The font {family} (weight {weight}) for papers is missing.",
                mend_ja="プログラム一式を入れ直してください。",
                mend_en="Install the program again.",
            )
    return fonts


@cache
def _characters(folder: Path) -> frozenset[str]:
    """What the fonts in `folder` can draw between them."""
    return frozenset().union(*map(drawable, sorted(folder.glob("*Regular.ttf"))))


def _inputs(data: Mapping[str, object], fonts: Path) -> dict[str, str]:
    missing: list[str] = []
    known = _characters(fonts)

    def clean(value: object) -> object:
        if isinstance(value, str):
            text, lost = printable(value, known)
            missing.extend(lost)
            return text
        if isinstance(value, Mapping):
            return {key: clean(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [clean(inner) for inner in value]
        return value

    cleaned = clean(data)
    codes = [f"U+{ord(char):04X}" for char in dict.fromkeys(missing)]
    return {"data": json.dumps(cleaned, ensure_ascii=False), "missing": json.dumps(codes)}
