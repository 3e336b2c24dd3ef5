"""A register as PDF, Excel and CSV: the same rows in each, and nothing that computes."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from hokanko.papers import commas, workbook
from hokanko.papers.register import Column, render
from tests.papers.samples import REGISTER, pages, words

FORMULA = "=cmd|' /C calc'!A0"


def test_the_paper_says_whose_when_and_how_many() -> None:
    found = words(render(REGISTER))
    for part in (
        "閲覧記録簿",
        "中央警察署",
        "令和7年4月1日から令和8年3月31日まで",
        "2件",
        "第72(2)",
    ):
        assert part in found
    for part in ("佐藤一郎", "鈴木花子", "点検のため", "台帳番号1234", "1／1頁"):
        assert part in found


def test_a_long_register_has_its_head_on_every_page() -> None:
    found = pages(render(replace(REGISTER, rows=REGISTER.rows * 40)))
    assert len(found) > 1
    assert [page for page in found if "閲覧した者" not in page] == []


def test_an_empty_register_says_so() -> None:
    assert "この期間に記載はありません。" in words(render(replace(REGISTER, rows=())))


def test_excel_keeps_days_as_days_and_all_else_as_text() -> None:
    sheet = load_workbook(io.BytesIO(workbook.render(REGISTER))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0] == ["日時", "閲覧した者", "理由"]
    assert [row[1:] for row in rows[1:]] == [list(row[1:]) for row in REGISTER.rows]
    assert [f"{row[0]:%F %R}" for row in rows[1:]] == ["2025-08-01 00:00", "2025-08-02 00:00"]
    assert sheet.cell(5, 1).number_format.endswith('ggge"年"m"月"d"日"')
    cell = sheet.cell(5, 3)
    assert (cell.value, cell.data_type, cell.number_format) == (FORMULA, "s", "@")
    assert sheet.freeze_panes == "A5"


def test_excel_sorts_by_moments_and_by_ledger_numbers() -> None:
    columns = (Column("日時"), Column("台帳番号"), Column("媒体の番号"))
    rows = (("令和8年11月20日 午後0時5分", "1234", "1234"), ("令和8年13月1日", "007", "＝1"))
    made = workbook.render(replace(REGISTER, columns=columns, rows=rows))
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    assert f"{sheet.cell(5, 1).value:%F %R}" == "2026-11-20 12:05"
    assert [cell.value for cell in sheet[5]][1:] == [1234, "1234"]
    assert [cell.value for cell in sheet[6]] == ["令和8年13月1日", "007", "＝1"]


def test_excel_takes_what_xml_cannot_hold() -> None:
    rows = (("\x00甲\x1f", "", "乙\n丙"),)
    sheet = load_workbook(io.BytesIO(workbook.render(replace(REGISTER, rows=rows)))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[5]] == ["甲", None, "乙\n丙"]


@pytest.mark.parametrize("title", ["閲覧/記録:簿", "長" * 40])
def test_excel_takes_any_title(title: str) -> None:
    book = load_workbook(io.BytesIO(workbook.render(replace(REGISTER, title=title))))
    assert book.sheetnames[0]


@pytest.mark.parametrize("words_of", [FORMULA, "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_csv_lets_no_cell_begin_a_formula(words_of: str) -> None:
    rows = ((words_of, "佐藤", '「"引用"」、改行\nあり'),)
    made = commas.render(replace(REGISTER, rows=rows))
    assert made.startswith("\ufeff".encode())
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert read == [["日時", "閲覧した者", "理由"], [f"'{words_of}", "佐藤", rows[0][2]]]


def test_the_same_register_is_the_same_bytes() -> None:
    for made in (render, workbook.render, commas.render):
        assert made(REGISTER) == made(REGISTER)
