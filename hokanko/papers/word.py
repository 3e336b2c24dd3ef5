"""The rules as a Word document (OOXML) to be worked on: real styles, real headings and numbering.

The same data gives the same bytes: the only date inside is the sheet's own.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from hokanko.papers.blocks import Block
from hokanko.papers.numbering import Numbering
from hokanko.papers.placement import Placement, picture
from hokanko.papers.rulebook import Rulebook
from hokanko.papers.word_form import add_form

FONT = "BIZ UDPゴシック"  # ships with Windows; Word falls back to the machine's Japanese font
SIZE = Pt(10.5)
EPOCH = (1980, 1, 1, 0, 0, 0)  # zip's earliest moment
FRONT, BODY, ITEM = "前付", "条文", "項号"
CHARACTER = 10.5  # points: one full-width character
PAIR = (Mm(42), Mm(128))  # caption and words
HEADINGS = {1: Pt(15), 2: Pt(11), 3: Pt(10.5), 4: Pt(10.5)}


def render(paper: Rulebook) -> bytes:
    """The document as .docx, its table grid and placement maps included."""
    word = Document()
    _page(word, paper)
    _styles(word)
    numbering = Numbering(word)
    if paper.mark:
        _front(word, paper.mark, WD_ALIGN_PARAGRAPH.LEFT).runs[0].bold = True
    annexes = [place for place, block in enumerate(paper.blocks) if block.annex]
    begin = annexes[0] if annexes else len(paper.blocks)
    for block in paper.blocks[:begin]:
        _add(word, block, paper, numbering)
    _points(word, "この文書が案である理由", paper.open_points)
    _points(word, "定めた版と現況との違い", paper.outdated)
    if paper.colophon:
        word.add_heading("版の記録", 2)
        _table(word, paper.colophon, head=False)
    for block in paper.blocks[begin:]:
        _add(word, block, paper, numbering)
    if paper.form:
        add_form(word, paper.form)
    for each in paper.maps:
        _map(word, each)
    return _bytes(word)


def _page(word: Word, paper: Rulebook) -> None:
    """A4, margins, and in the foot what every paper carries: its numbers and pages."""
    section, sheet = word.sections[0], paper.sheet
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    ledger = "" if sheet.ledger is None else f"　台帳番号 {sheet.ledger}"
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{sheet.number}　{sheet.edition}{ledger}").font.size = Pt(7)
    pages = section.footer.add_paragraph()
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(pages, "PAGE")
    pages.add_run("／")
    _field(pages, "NUMPAGES")
    pages.add_run("頁")
    section.header.paragraphs[0].text = sheet.unit
    facts = word.core_properties
    facts.title, facts.author, facts.language = paper.title, sheet.unit, "ja-JP"
    facts.comments = facts.last_modified_by = ""
    facts.created = facts.modified = datetime.combine(sheet.day, time(), UTC)


def _styles(word: Word) -> None:
    """Fonts for Japanese (eastAsia) in every style in use, and three styles of our own."""
    normal = _style(word, "Normal")
    _set_font(normal, SIZE)
    normal.paragraph_format.space_after = Pt(4)
    for level, size in HEADINGS.items():
        heading = _style(word, f"Heading {level}")
        _set_font(heading, size)
        heading.font.bold = True
        heading.paragraph_format.left_indent = Pt(CHARACTER * max(0, level - 2))
    _style(word, "Heading 1").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in (FRONT, BODY, ITEM):
        made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = normal
    _style(word, BODY).paragraph_format.first_line_indent = Pt(CHARACTER)


def _style(word: Word, name: str) -> ParagraphStyle:
    found = word.styles[name]
    assert isinstance(found, ParagraphStyle)
    return found


def _set_font(style: ParagraphStyle, size: Pt) -> None:
    style.font.name, style.font.size = FONT, size
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over ours
    fonts.set(qn("w:eastAsia"), FONT)


def _add(word: Word, block: Block, paper: Rulebook, numbering: Numbering) -> None:
    if block.kind == "heading":
        made = word.add_heading(paper.heading if block.level == 1 else block.text, block.level)
        made.paragraph_format.page_break_before = block.annex
        numbering.restart()
    elif block.kind == "front":
        _front(word, block.text, WD_ALIGN_PARAGRAPH.RIGHT)
    elif block.kind == "table":
        _table(word, block.rows, head=True)
    elif block.kind == "item":
        numbering.number(word.add_paragraph(block.text, ITEM), block.label, block.level)
    else:
        body = word.add_paragraph(block.text, BODY)
        body.paragraph_format.left_indent = Pt(CHARACTER * max(0, min(block.level - 1, 2)))


def _points(word: Word, title: str, said: tuple[str, ...]) -> None:
    if said:
        word.add_heading(title, 2)
    for point in said:
        word.add_paragraph(f"・　{point}", BODY)


def _front(word: Word, text: str, where: WD_ALIGN_PARAGRAPH) -> Paragraph:
    made = word.add_paragraph(text, FRONT)
    made.alignment = where
    return made


def _table(word: Word, rows: tuple[tuple[str, ...], ...], *, head: bool) -> None:
    grid = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    grid.autofit = False
    pair = len(rows[0]) == len(PAIR)
    widths = PAIR if pair else (Mm(sum(width.mm for width in PAIR) / len(rows[0])),) * len(rows[0])
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for line, row in zip(grid.rows, rows, strict=True):
        for cell, words, width in zip(line.cells, row, widths, strict=True):
            cell.text, cell.width = words.replace("　□", "\n□"), width
            spaced = cell.paragraphs[0].paragraph_format
            spaced.space_before = spaced.space_after = Pt(2)
    if head:
        for cell in grid.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True
        repeated = OxmlElement("w:tblHeader")
        grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    word.add_paragraph()


def _map(word: Word, paper: Placement) -> None:
    """The map as one picture with its marks and legend, and the marks again as a table."""
    word.add_heading(f"配置図　{paper.called}", 2)
    drawn = word.add_picture(io.BytesIO(picture(paper)), width=Mm(165))
    drawn._inline.docPr.set("descr", f"配置図（{paper.called}）")
    rows = [("番号", "設置箇所", "撮影方向（図の上を上とする）")]
    rows += [
        (
            each.circled,
            each.place,
            f"→　{each.towards}" + (f"（{each.range}）" if each.range else ""),
        )
        for each in paper.cameras
    ]
    rows += [
        (f"表示板{each.number}" + ("（予定）" if each.planned else ""), each.place, "―")
        for each in paper.signs
    ]
    _table(word, tuple(rows), head=True)


def _field(foot: Paragraph, name: str) -> None:
    """A field that Word fills in: w:fldSimple (ECMA-376 part 1, 17.16.19)."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    foot._p.append(field)


def _bytes(word: Word) -> bytes:
    """The archive packed again without the moment of packing."""
    packed, out = io.BytesIO(), io.BytesIO()
    word.save(packed)
    with zipfile.ZipFile(packed) as read, zipfile.ZipFile(out, "w") as write:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(entry, read.read(name))
    return out.getvalue()
