"""The papers page, the registers in three forms, the letters and the year's report."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from hokanko.footage.models import Footage
from hokanko.formats.canon import JSON
from hokanko.ledger.append import append
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.ledger.turn import write_turn
from hokanko.people.models import Appointment
from hokanko.rehearsal.cast import Cast
from hokanko.web.exports import fiscal_year
from hokanko.web.registers import REGISTERS, arising
from tests.papers.samples import pages, words
from tests.web.visitors import browser, kinds_written

PERIOD = "?since=2026-11-01&until=2026-11-30"


def taken(client: Client, which: str, form: str) -> Any:
    """A register of this November."""
    return client.get(f"/papers/at/CHUO/{which}.{form}{PERIOD}")


def test_the_page_offers_the_rules_every_register_and_the_report(cast: Cast) -> None:
    page = browser(cast, "suzuki").get("/papers/").content.decode()
    for which, kind in arising("CHUO").items():
        assert kind.ja in page
        assert f"/papers/at/CHUO/{which}.xlsx" in page
    assert {"provisions", "inspection", "medium"} & arising("CHUO").keys()
    assert REGISTERS["print"].ja not in page  # the police's rules ask for no register of prints
    assert "/rules/at/CHUO/paper.docx" in page
    assert "/papers/at/CHUO/report.pdf" in page


def test_the_period_is_this_fiscal_year_unless_another_is_asked_for(cast: Cast) -> None:
    visitor = browser(cast, "suzuki")
    assert 'value="2026-04-01"' in visitor.get("/papers/").content.decode()
    assert "since=2026-11-01" in visitor.get(f"/papers/{PERIOD}").content.decode()


@pytest.mark.parametrize("which", sorted(REGISTERS))
def test_a_register_comes_as_pdf_and_that_is_written(cast: Cast, which: str) -> None:
    answer = taken(browser(cast, "suzuki"), which, "pdf")
    assert answer["Content-Type"] == "application/pdf"
    found = words(answer.content)
    assert REGISTERS[which].ja in found
    assert "令和8年11月1日から令和8年11月30日まで" in found
    (line,) = acts([Entry.objects.order_by("-id")[0]])
    assert (line.kind, line.facts["what"]) == (
        "ledger.read",
        f"register {which} 2026-11-01–2026-11-30 pdf",
    )


@pytest.fixture
def lent(cast: Cast) -> None:
    """田中 has recorded that 佐藤 takes camera 1 out."""
    about = f"camera:{cast.cameras['CHUO-1'].pk}"
    facts: dict[str, JSON] = {"number": "1", "holder": str(cast.people["sato"].pk)}
    with write_turn():
        append("camera.issued", by=cast.as_actor("tanaka"), org="CHUO", about=about, facts=facts)


@pytest.mark.usefixtures("lent")
def test_a_camera_that_was_taken_out_stands_in_its_register(cast: Cast) -> None:
    found = words(taken(browser(cast, "suzuki"), "cameras", "pdf").content)
    assert "佐藤" in found
    assert "持ち出した者" in found


@pytest.mark.usefixtures("lent")
def test_excel_has_the_same_rows_with_moments_as_moments(cast: Cast) -> None:
    answer = taken(browser(cast, "suzuki"), "cameras", "xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    captions = ["持ち出した日時", "カメラ", "持ち出した者", "装着の位置", "確かめたこと"]
    captions += ["記録した者", "返却"]
    assert rows[0] == [*captions, "台帳番号"]
    assert any("佐藤" in str(row[2]) for row in rows[1:])
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=4) for cell in row}
    assert "f" not in kinds, "nothing is ever computed"
    assert sheet.cell(5, 1).data_type == "d"


@pytest.mark.usefixtures("lent")
def test_csv_has_the_same_rows(cast: Cast) -> None:
    answer = taken(browser(cast, "suzuki"), "cameras", "csv")
    assert answer.content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "持ち出した日時"
    assert any("佐藤" in row[2] for row in rows[1:])


@pytest.mark.parametrize("address", ["nothing.pdf", "cameras.doc"])
def test_an_unknown_register_or_form_is_missing(cast: Cast, address: str) -> None:
    assert browser(cast, "suzuki").get(f"/papers/at/CHUO/{address}").status_code == 404


def test_the_year_is_counted_from_the_ledger(cast: Cast, footage: Footage) -> None:
    found = words(browser(cast, "suzuki").get(f"/papers/at/CHUO/report.pdf{PERIOD}").content)
    assert "作成した映像ファイル1本" in found
    assert "提供した0件" in found
    before = browser(cast, "suzuki").get(
        "/papers/at/CHUO/report.pdf?since=2025-04-01&until=2026-03-31"
    )
    assert "作成した映像ファイル0本" in words(before.content)


@pytest.mark.parametrize(
    "address",
    ["/papers/at/CHUO/", "/papers/at/CHUO/cameras.pdf", "/papers/at/CHUO/report.pdf"],
)
def test_an_outsider_and_somebody_without_the_post_get_none(cast: Cast, address: str) -> None:
    for login in ("yamada", "sato"):
        assert browser(cast, login).get(address).status_code == 403
    assert "ledger.read" not in kinds_written()


def test_the_rules_come_as_pdf_and_word_to_those_they_bind(cast: Cast) -> None:
    visitor = browser(cast, "sato")
    assert "運用及び管理要領" in words(visitor.get("/rules/paper.pdf").content)
    assert visitor.get("/rules/paper.docx").content.startswith(b"PK")
    assert visitor.get("/rules/paper.odt").status_code == 404
    assert browser(cast, "yamada").get("/rules/at/CHUO/paper.pdf").status_code == 403


def test_a_letter_says_to_which_post_by_whom_and_on_which_article(cast: Cast) -> None:
    held = Appointment.objects.get(person=cast.people["tanaka"], post="運用担当者")
    found = words(browser(cast, "suzuki").get(f"/people/posts/{held.pk}/letter.pdf").content)
    assert "任命書" in found
    assert "運用管理者鈴木一郎" in found
    assert "田中" in found
    assert "運用担当者に任命する。" in found
    assert "第32(3)ア" in found
    assert browser(cast, "yamada").get(f"/people/posts/{held.pk}/letter.pdf").status_code == 403
    assert browser(cast, "suzuki").get("/people/posts/99999/letter.pdf").status_code == 404


def test_an_oath_is_printed_for_signature(cast: Cast) -> None:
    person = cast.people["tanaka"]
    found = words(browser(cast, "suzuki").get(f"/people/{person.pk}/oath.pdf").content)
    assert "誓約書" in found
    assert "氏名（署名）" in found
    assert browser(cast, "yamada").get(f"/people/{person.pk}/oath.pdf").status_code == 403


def test_the_fiscal_year_begins_in_april() -> None:
    assert fiscal_year(date(2027, 3, 31)) == date(2026, 4, 1)
    assert fiscal_year(date(2027, 4, 1)) == date(2027, 4, 1)


@pytest.mark.clause("police-form-check", "police-form-receiver")
def test_the_rules_carry_the_form_itself_on_one_page(cast: Cast) -> None:
    visitor = browser(cast, "sato")
    last = pages(visitor.get("/rules/paper.pdf").content)[-1]
    assert last.index("別記様式") < last.index("中央警察署長殿") < last.index("事案概要")
    for field in ("午時分頃から", "係：氏名：", "所属係氏名警電", "受理所属記載欄", "□済み"):
        assert field in last
    grids = Document(io.BytesIO(visitor.get("/rules/paper.docx").content)).tables[-2:]
    form, receipt = ([[cell.text for cell in row.cells] for row in grid.rows] for grid in grids)
    assert form[3][1:] == ["係：", "係：", "氏名：", "氏名："]
    assert form[6] == ["依 頼 者", "所属", "係", "氏名", "警電"]
    assert form[7][0] == "依 頼 者"  # over both of its lines
    assert receipt[1] == ["受理者", "映像ファイル番号", "専用アプリへの入力", "処理結果"]


def test_the_year_counts_erased_footage_and_certificates_apart(
    cast: Cast, footage: Footage
) -> None:
    by = cast.as_actor("tanaka")
    with write_turn():
        for about in (f"footage:{footage.pk}", "erasure:1"):
            append("retention.erased", by=by, org="CHUO", about=about, facts={})
    found = words(browser(cast, "suzuki").get(f"/papers/at/CHUO/report.pdf{PERIOD}").content)
    assert "消去した映像ファイル1本" in found
    assert "消去証明書1件" in found
