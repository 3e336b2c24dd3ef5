"""Setting a paper: same bytes each time, archival, and clear about a missing font."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hokanko.errors import Unavailable
from hokanko.papers import request
from hokanko.papers.press import FONTS, NEEDED, pdf, png
from tests.papers.samples import REQUEST, words


def test_the_same_paper_is_the_same_bytes() -> None:
    assert request.render(REQUEST) == request.render(REQUEST)


def test_another_paper_is_other_bytes() -> None:
    assert request.render(REQUEST) != request.render(replace(REQUEST, remarks="別"))


def test_it_declares_itself_archival_and_accessible() -> None:
    made = request.render(REQUEST)
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_pictures_one_for_each_page() -> None:
    short = png("request", request.data(REQUEST), 40)
    long = png("request", request.data(replace(REQUEST, outline="あ" * 2000)), 40)
    assert (len(short), len(long)) == (1, 2)
    assert short[0].startswith(b"\x89PNG")


@pytest.mark.parametrize("lost", ["BIZUDPGothic-Bold.ttf", "NotoSansJP-Regular.ttf"])
def test_a_missing_font_is_named(tmp_path: Path, lost: str) -> None:
    for font in FONTS.glob("*.ttf"):
        if font.name != lost:
            shutil.copy(font, tmp_path)
    with pytest.raises(Unavailable, match=lost[:3]) as refused:
        pdf("request", request.data(REQUEST), fonts=tmp_path)
    assert "入れ直してください" in str(refused.value)
    assert refused.value.exit_code == 3


def test_every_font_ships_with_its_licence() -> None:
    texts = [path.read_text() for path in FONTS.glob("LICENSE_FONT*.txt")]
    assert len(texts) == len({family for family, _weight in NEEDED})
    assert all("SIL OPEN FONT LICENSE Version 1.1" in text for text in texts)


def test_markup_stays_text() -> None:
    hostile = "#let x = 1 *太字* _下線_ $x^2$ \"引用\" 'x' @ref <tag> \\ #sys.inputs // 注"
    found = words(request.render(replace(REQUEST, outline=hostile)))
    for part in ("#letx=1", "*太字*", "_下線_", "$x^2$", "@ref<tag>\\#sys.inputs//注"):
        assert part in found


def test_a_character_no_font_has_prints_as_geta_and_is_named() -> None:
    found = words(request.render(replace(REQUEST, remarks="笑顔😀と한글")))
    assert "笑顔〓と〓〓" in found
    assert "〓は、この帳票の書体にない文字：U+1F600、U+D55C、U+AE00" in found


def test_many_missing_characters_are_named_in_part() -> None:
    many = "".join(chr(0x1F600 + n) for n in range(20))
    assert "U+1F60Bほか" in words(request.render(replace(REQUEST, remarks=many)))


@pytest.mark.parametrize("name", ["髙﨑 邉𠮷", "邉\U000e0100 葛󠄀"])
def test_rare_characters_in_names_print(name: str) -> None:
    found = words(request.render(replace(REQUEST, wearer_name=name)))
    assert f"氏名：{name.replace(' ', '')}" in found
    assert "〓" not in found


def test_hidden_and_reordering_characters_go() -> None:
    found = words(request.render(replace(REQUEST, remarks="甲\u202e乙\x00丙\ufeff丁\r\n戊\t己")))
    assert "甲乙丙丁戊己" in found
