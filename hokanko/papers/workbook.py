"""A register as an Excel workbook: text, days and ledger numbers, and nothing ever computed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, time

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hokanko.formats import era
from hokanko.papers.register import Register

FACE = "BIZ UDPゴシック"
SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML cannot hold
EPOCH = (1980, 1, 1, 0, 0, 0)
HEAD_ROW = 4
DAY = '[$-411]ggge"年"m"月"d"日"'  # Excel's own way to write an era; 411 is Japanese
TIME = 'AM/PM h"時"m"分"'
NUMBERS = {"台帳番号", "番号"}
NUMBER = re.compile(r"0|[1-9]\d{0,14}", re.ASCII)  # Excel holds 15 digits
WIDTH_OF_SHARE = 9  # characters


def render(paper: Register) -> bytes:
    """The register as .xlsx: title, whose and when, then the table with a frozen head."""
    book = Workbook()
    book.properties.creator = paper.sheet.unit
    book.properties.created = datetime.combine(paper.sheet.day, time(), UTC).replace(tzinfo=None)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET_NAME.sub("　", paper.title)[:31]
    _text(sheet, 1, 1, paper.title).font = Font(FACE, 14, bold=True)
    _text(sheet, 2, 1, f"{paper.organisation}　{paper.period}　{paper.basis}")
    _text(sheet, 3, 1, _numbers(paper))
    for place, column in enumerate(paper.columns, 1):
        head = _text(sheet, HEAD_ROW, place, column.caption)
        head.font, head.fill = Font(FACE, 10.5, bold=True), PatternFill("solid", "F0F0F0")
        width = WIDTH_OF_SHARE * max(column.share, 1)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for down, row in enumerate(paper.rows, HEAD_ROW + 1):
        for place, words in enumerate(row, 1):
            _cell(sheet, down, place, words, paper.columns[place - 1].caption)
    _frame(sheet, paper)
    return _bytes(book, paper)


def _numbers(paper: Register) -> str:
    return f"{paper.sheet.number}　{paper.sheet.edition}"


def _text(sheet: Worksheet, row: int, column: int, words: str):  # type: ignore[no-untyped-def]  # openpyxl has no types
    """A cell of text, whatever the words begin with."""
    cell = sheet.cell(row, column)
    cell.value = UNSAFE.sub("", words) or None
    cell.data_type = "s" if words else "n"  # openpyxl would make a formula of what begins with "="
    cell.number_format = "@"
    cell.font = Font(FACE, 10.5)
    return cell


def _cell(sheet: Worksheet, row: int, column: int, words: str, caption: str) -> None:
    """A cell to sort by where it is a day, a moment or a ledger number; else text."""
    cell = _text(sheet, row, column, words)
    day = era.read(words)
    if day is not None:
        cell.value = day
        cell.number_format = f"{DAY} {TIME}" if isinstance(day, datetime) else DAY
    elif caption in NUMBERS and NUMBER.fullmatch(words):
        cell.value, cell.number_format = int(words), "0"


def _frame(sheet: Worksheet, paper: Register) -> None:
    """Lines around the table, and how it is printed."""
    line = Side(style="thin")
    box, wrap = Border(line, line, line, line), Alignment(vertical="top", wrap_text=True)
    last = HEAD_ROW + len(paper.rows)
    for row in sheet.iter_rows(HEAD_ROW, last, 1, len(paper.columns)):
        for cell in row:
            cell.border, cell.alignment = box, wrap
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P／&N"


def _bytes(book: Workbook, paper: Register) -> bytes:
    """The archive packed again without the moment of packing: the same rows, the same bytes."""
    packed, out = io.BytesIO(), io.BytesIO()
    book.save(packed)
    moment = f"{paper.sheet.day}T00:00:00Z".encode()
    with zipfile.ZipFile(packed) as read, zipfile.ZipFile(out, "w") as write:
        for name in read.namelist():
            content = read.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, content)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(entry, content)
    return out.getvalue()
