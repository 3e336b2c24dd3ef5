"""Which characters the shipped fonts can draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko.papers.glyphs import drawable, printable
from hokanko.papers.press import FONTS


def test_the_fonts_know_japanese_between_them() -> None:
    biz = drawable(FONTS / "BIZUDPGothic-Regular.ttf")
    noto = drawable(FONTS / "NotoSansJP-Regular.ttf")
    assert set("保管庫ひらカナﾊﾝｶｸA1①㈱髙﨑邉〓✓") <= biz
    assert "𠮷" not in biz
    assert "𠮷" in noto


def test_text_of_known_characters_is_untouched() -> None:
    assert printable("甲乙\n丙", frozenset("甲乙丙")) == ("甲乙\n丙", [])


def test_unknown_characters_give_way_and_are_told_in_order() -> None:
    assert printable("甲X乙Y", frozenset("甲乙")) == ("甲〓乙〓", ["X", "Y"])


def test_a_lone_surrogate_gives_way() -> None:
    assert printable("\ud800", frozenset()) == ("〓", ["\ud800"])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_each_kind_of_line_end_is_one(line_end: str) -> None:
    assert printable(f"甲{line_end}乙", frozenset("甲乙")) == ("甲\n乙", [])


def test_what_is_no_font_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttf"
    empty.write_bytes(bytes(12))
    with pytest.raises(ValueError, match="no cmap table"):
        drawable(empty)


def test_a_font_with_a_short_map_only_is_refused(tmp_path: Path) -> None:
    directory = b"\x00\x01\x00\x00" + b"\x00\x01" + bytes(6) + b"cmap" + bytes(4)
    directory += (28).to_bytes(4, "big") + bytes(4)
    short = tmp_path / "short.ttf"
    short.write_bytes(directory + b"\x00\x00\x00\x01" + b"\x00\x03\x00\x01" + bytes(4))
    with pytest.raises(ValueError, match=r"short\.ttf has no full Unicode map"):
        drawable(short)
