"""The annexed form (別記様式) in the Word document of the rules: blank, in its own layout."""

from __future__ import annotations

from docx.document import Document as Word
from docx.enum.table import (
    WD_CELL_VERTICAL_ALIGNMENT,
    WD_ROW_HEIGHT_RULE,
    WD_TABLE_ALIGNMENT,
)
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from hokanko.papers.request import BLANK_DAY, BLANK_TIME, Request

CAPTION, ENTRY = Mm(30), Mm(35)  # 項目, and a quarter of 内容
RECEIPT = (Mm(28), Mm(49), Mm(42), Mm(51))
BOX, TITLE = "□ ", "映像ファイル提供依頼書"
WANTS = ("映像の一部を収めた画像の提供", "映像の外部記録媒体への出力")
PURPOSES = (
    "地域警察官の職務執行状況の事後的な確認",
    f"適正な地域警察活動の確保（{'　' * 12}）",
    "現に犯罪が行われた場合や事故が起きた場合における証拠の保全",
)
HEIGHTS = (7, 36, 10, 12, 14, 21, 7, 11, 24)  # millimetres, as in the PDF but for Word's own air
RECEIPT_HEIGHTS = (7, 7, 24)


def add_form(word: Word, paper: Request) -> None:
    """The blank form below the heading that stands already."""
    _line(word, BLANK_DAY, WD_ALIGN_PARAGRAPH.RIGHT)
    _line(word, f"{paper.addressee}　殿", WD_ALIGN_PARAGRAPH.LEFT)
    _line(word, TITLE, WD_ALIGN_PARAGRAPH.CENTER, Pt(16))
    note = "「依頼内容」及び「利用目的」は、該当するものにチェックすること。"
    _line(word, note, WD_ALIGN_PARAGRAPH.LEFT, Pt(9))
    _request(_table(word, HEIGHTS, (CAPTION, *(ENTRY,) * 4)))
    word.add_paragraph().paragraph_format.space_after = Pt(0)
    _receipt(_table(word, RECEIPT_HEIGHTS, RECEIPT))


def _request(grid: Table) -> None:
    rows = grid.rows
    _caption(rows[0], 0, "項　目")
    _write(_merged(rows[0], 1, 4), ("内　　容",), centred=True)
    _caption(rows[1], 0, "事 案 概 要")
    _merged(rows[1], 1, 4)
    _caption(rows[2], 0, "事案取扱日時")
    when = f"{BLANK_DAY} {BLANK_TIME}頃"
    _write(_merged(rows[2], 1, 2), (f"{when}から",), size=Pt(8))
    _write(_merged(rows[2], 3, 4), (f"{when}まで",), size=Pt(8))
    _caption(rows[3], 0, "カメラ装着\n警察官")
    _write(_merged(rows[3], 1, 2), ("係：",))
    _write(_merged(rows[3], 3, 4), ("氏名：",))
    _caption(rows[4], 0, "依頼内容")
    _write(_merged(rows[4], 1, 4), tuple(BOX + words for words in WANTS))
    _caption(rows[5], 0, "利用目的")
    _write(_merged(rows[5], 1, 4), tuple(BOX + words for words in PURPOSES))
    asker = rows[6].cells[0].merge(rows[7].cells[0])
    _write(asker, ("依 頼 者",), centred=True)
    for column, words in enumerate(("所属", "係", "氏名", "警電"), start=1):
        _caption(rows[6], column, words)
    _caption(rows[8], 0, "参 考 事 項")
    _merged(rows[8], 1, 4)


def _receipt(grid: Table) -> None:
    rows = grid.rows
    _write(_merged(rows[0], 0, 3), ("受理所属記載欄",), centred=True)
    for column, words in enumerate(
        ("受理者", "映像ファイル番号", "専用アプリへの入力", "処理結果")
    ):
        _caption(rows[1], column, words)
    _write(rows[2].cells[2], (f"{BOX}済み",))
    _write(rows[2].cells[3], (f"{BOX}画像の提供", f"{BOX}外部記録媒体へ出力"))


def _table(word: Word, heights: tuple[int, ...], widths: tuple[Mm, ...]) -> Table:
    grid: Table = word.add_table(rows=len(heights), cols=len(widths), style="Table Grid")
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for row, height in zip(grid.rows, heights, strict=True):
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    return grid


def _merged(row: _Row, first: int, last: int) -> _Cell:
    made: _Cell = row.cells[first].merge(row.cells[last])
    return made


def _caption(row: _Row, column: int, words: str) -> None:
    _write(row.cells[column], (words,), centred=True)


def _write(
    cell: _Cell, lines: tuple[str, ...], *, centred: bool = False, size: Pt | None = None
) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, words in enumerate(lines):
        made = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        made.paragraph_format.space_after = Pt(1)
        made.add_run(words).font.size = size
        if centred:
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _line(word: Word, words: str, where: WD_ALIGN_PARAGRAPH, size: Pt | None = None) -> None:
    made = word.add_paragraph()
    made.alignment = where
    made.paragraph_format.space_after = Pt(4)
    run = made.add_run(words)
    run.font.size, run.bold = size, size is not None and size > Pt(10.5)
