"""Which characters the shipped fonts can draw, and any text made of those alone.

A character that no font has would print as an empty box and break PDF/A; it prints as 〓, the
compositors' mark for a missing sort, and the sheet names it in a note.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

GETA = "〓"
_WHITE = {"\t": "　", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n"}
_FULL_UNICODE = ((3, 10), (0, 4), (0, 6))  # (platform, encoding) of the maps beyond U+FFFF


def printable(text: str, drawable: frozenset[str]) -> tuple[str, list[str]]:
    """The text as it can be set, and the characters that had to give way to 〓, in order.

    Controls and invisible format characters go: they could reorder or hide what is signed.
    """
    kept: list[str] = []
    missing: list[str] = []
    for plain in text.replace("\r\n", "\n"):
        char = _WHITE.get(plain, plain)
        if char == "\n" or char in drawable or _is_variation_selector(char):
            kept.append(char)
        elif unicodedata.category(char) not in ("Cc", "Cf"):
            kept.append(GETA)
            missing.append(char)
    return "".join(kept), missing


def drawable(font: Path) -> frozenset[str]:
    """The visible characters a TrueType font maps to a glyph (OpenType `cmap`, format 12)."""
    raw = font.read_bytes()
    cmap = _table(raw, b"cmap")
    (count,) = struct.unpack_from(">H", raw, cmap + 2)
    for record in range(count):
        *kind, offset = struct.unpack_from(">HHI", raw, cmap + 4 + 8 * record)
        if tuple(kind) in _FULL_UNICODE:
            return frozenset(c for c in _format_12(raw, cmap + offset) if _is_visible(c))
    raise ValueError(f"{font.name} has no full Unicode map")


def _table(raw: bytes, tag: bytes) -> int:
    """Where a table begins, from the font's directory."""
    (count,) = struct.unpack_from(">H", raw, 4)
    for record in range(count):
        name, _checksum, offset, _length = struct.unpack_from(">4sIII", raw, 12 + 16 * record)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no {tag.decode()} table")


def _format_12(raw: bytes, at: int) -> Iterator[str]:
    (groups,) = struct.unpack_from(">I", raw, at + 12)
    for group in range(groups):
        first, last, _glyph = struct.unpack_from(">III", raw, at + 16 + 12 * group)
        yield from map(chr, range(first, last + 1))


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs")


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
