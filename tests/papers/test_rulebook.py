"""運用要領・規程: blocks, marks and attachments, as PDF and as Word."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from hokanko.papers import word
from hokanko.papers.blocks import Block
from hokanko.papers.rulebook import Rulebook, render
from tests.papers.samples import RULEBOOK, SHEET, pages, words


def test_paragraphs_become_headings_items_and_tables() -> None:
    found = RULEBOOK.blocks
    assert [(b.kind, b.level, b.label) for b in found] == [
        ("heading", 1, ""),
        ("front", 0, ""),
        ("heading", 2, ""),
        ("text", 2, ""),
        ("heading", 3, ""),
        ("text", 3, ""),
        ("item", 1, "(1)"),
        ("item", 2, "ア"),
        ("item", 2, "イ"),
        ("item", 1, "(2)"),
        ("item", 2, "※"),
        ("heading", 2, ""),
        ("table", 0, ""),
    ]
    assert found[7].text == "保存する。"
    assert found[-1].rows == (("凡例", "表記"), ("カメラ", "①"))


def test_every_word_is_printed_with_edition_hash_and_ledger_number() -> None:
    found = words(render(RULEBOOK))
    for part in ("（案）", "令和8年4月1日", "(1)管理責任者を置く。", "ア保存する。", "凡例"):
        assert part in found
    for part in ("この文書が案である理由", "空欄「区の名称」", "指紋", "0" * 64, "台帳番号1234"):
        assert part in found


def test_an_enacted_edition_has_no_mark() -> None:
    found = words(render(replace(RULEBOOK, open_points=())))
    assert "案" not in found.replace("提案", "")


def test_an_edition_that_time_has_overtaken_says_so() -> None:
    made = replace(RULEBOOK, open_points=(), outdated=("設置台数（定めは5台、いまは6台）。",))
    found = words(render(made))
    assert "要改正" in found
    assert "定めは5台、いまは6台" in found
    assert "（案）" not in found


def test_an_annex_begins_a_page() -> None:
    assert [page for page in pages(render(RULEBOOK)) if page.find("別添") >= 0]
    assert "凡例" not in pages(render(RULEBOOK))[0]


def test_the_same_rules_are_the_same_bytes() -> None:
    assert render(RULEBOOK) == render(RULEBOOK)
    assert word.render(RULEBOOK) == word.render(RULEBOOK)


def test_word_has_real_headings_a_table_and_every_paragraph() -> None:
    opened = Document(io.BytesIO(word.render(RULEBOOK)))
    styled = [(p.style.name, p.text) for p in opened.paragraphs if p.style is not None]
    assert ("Heading 1", "青葉区防犯カメラ設置・運用要領（案）") in styled
    assert ("Heading 2", "１　趣旨") in styled
    assert ("Heading 3", "(1) 保管場所") in styled
    assert ("項号", "管理責任者を置く。") in styled
    assert opened.tables[-1].cell(1, 1).text == "①"
    assert opened.core_properties.title == RULEBOOK.title
    foot = opened.sections[0].footer.paragraphs[0].text
    assert "0" * 64 in foot
    assert "台帳番号 1234" in foot


def test_word_has_the_annex_last_and_on_a_page_of_its_own() -> None:
    opened = Document(io.BytesIO(word.render(RULEBOOK)))
    headed = [p for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 2"]
    assert [p.text for p in headed][-2:] == ["版の記録", "別添"]
    assert [p.text for p in headed if p.paragraph_format.page_break_before] == ["別添"]


def test_word_uses_a_japanese_font_for_japanese() -> None:
    opened = Document(io.BytesIO(word.render(RULEBOOK)))
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        fonts = opened.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "BIZ UDPゴシック"
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def numbered(paper: Rulebook) -> list[tuple[str, str, int]]:
    """Each numbered paragraph: its text, the number's format, and the number it comes out as."""
    opened = Document(io.BytesIO(word.render(paper)))
    root = opened.part.numbering_part.element
    kinds = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
    lists = {each.get(qn("w:numId")): each for each in root.findall(qn("w:num"))}
    seen: dict[str, int] = {}
    found = []
    for paragraph in opened.paragraphs:
        numbers = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if numbers is None:
            continue
        name = numbers.get(qn("w:val"))
        begins = int(lists[name].find(f".//{qn('w:startOverride')}").get(qn("w:val")))
        seen[name] = seen.get(name, begins - 1) + 1
        kind = kinds[lists[name].find(qn("w:abstractNumId")).get(qn("w:val"))]
        shape = kind.find(f".//{qn('w:numFmt')}").get(qn("w:val"))
        found.append((paragraph.text, shape, seen[name]))
    return found


def test_word_numbers_items_by_itself_and_as_the_rules_print_them() -> None:
    assert numbered(RULEBOOK) == [
        ("管理責任者を置く。", "decimal", 1),
        ("保存する。", "aiueoFullWidth", 1),
        ("制限する。", "aiueoFullWidth", 2),
        ("操作担当者を置く。", "decimal", 2),
        ("兼ねることができる。", "bullet", 1),
    ]


@pytest.mark.parametrize(
    ("label", "shape", "number"),
    [("③", "decimalEnclosedCircle", 3), ("⑵", "decimalEnclosedParen", 2), ("11", "decimal", 11),
     ("１２", "decimalFullWidth", 12), ("●", "bullet", 1)],
)  # fmt: skip
def test_a_number_may_begin_anywhere(label: str, shape: str, number: int) -> None:
    paper = Rulebook(SHEET, "規程", (Block("heading", "規程", 1), Block("item", "文。", 1, label)))
    assert numbered(paper) == [("文。", shape, number)]
