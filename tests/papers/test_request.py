"""映像ファイル提供依頼書, held against the wording of the original form."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from hokanko.papers.press import png
from hokanko.papers.request import Request, data, render
from tests.papers.samples import RECEIPT, REQUEST, SHEET, pages, squeezed, words

FORM = (  # 別記様式, every printed word in its order
    "映像ファイル提供依頼書",
    "「依頼内容」及び「利用目的」は、該当するものにチェックすること。",
    "項目",
    "内容",
    "事案概要",
    "事案取扱日時",
    "カメラ装着警察官",
    "係：",
    "氏名：",
    "依頼内容",
    "□映像の一部を収めた画像の提供",
    "映像の外部記録媒体への出力",
    "利用目的",
    "地域警察官の職務執行状況の事後的な確認",
    "適正な地域警察活動の確保（",
    "現に犯罪が行われた場合や事故が起きた場合における証拠の保全",
    "依頼者",
    "所属",
    "警電",
    "参考事項",
    "受理所属記載欄",
    "受理者",
    "映像ファイル番号",
    "専用アプリへの入力",
    "処理結果",
    "済み",
    "画像の提供",
    "外部記録媒体へ出力",
)
BLANK = Request(
    SHEET, None, "自動車警ら隊長", "", None, None, "", "", False, False, (), "", "", "", "", "", ""
)
TICK = "✓"
PPI = 72


def test_every_word_of_the_form_is_there() -> None:
    found = words(render(REQUEST))
    assert [part for part in FORM if part not in found] == []


@pytest.mark.clause("police-form-date")
@pytest.mark.clause("police-form-to")
@pytest.mark.clause("police-form-time")
@pytest.mark.clause("police-8.2")
def test_every_field_is_printed() -> None:
    found = words(render(REQUEST))
    for part in (
        "令和7年8月1日",
        "中央警察署長殿",
        REQUEST.outline,
        "令和7年7月30日午後2時5分頃から",
        "令和7年7月30日午後3時40分頃まで",
        "係：地域第一係",
        "氏名：佐藤一郎",
        "適正な地域警察活動の確保（受傷事故防止に係る教養）",
        "交通課",
        "事故捜査係",
        "鈴木花子",
        "2-3456",
        REQUEST.remarks,
        "運用主任者田中次郎",
        *RECEIPT.file_numbers,
        "機密性2・完全性2・可用性1",
        "提供-R7-0012運用管理要領令和7年7月24日版台帳番号1234",
        "1／1頁",
    ):
        assert part in found


@pytest.mark.clause("police-form-receiver")
def test_only_a_night_deputy_is_marked() -> None:
    day = replace(REQUEST, receipt=replace(RECEIPT, night_duty=False))
    assert "当直代行" in words(render(REQUEST))
    assert "当直代行" not in words(render(day))


@pytest.mark.clause("police-form-content")
@pytest.mark.clause("police-form-entered")
@pytest.mark.clause("police-form-result")
def test_ticks_are_as_many_as_chosen() -> None:
    found = words(render(REQUEST))
    assert (found.count("□"), found.count(TICK)) == (8, 5)  # medium, イ, ウ, entered, medium given
    assert words(render(replace(REQUEST, receipt=None))).count(TICK) == 3


@pytest.mark.clause("police-form-note")
def test_a_blank_form_is_the_original() -> None:
    (found,) = pages(render(BLANK))
    assert [part for part in FORM if part not in found] == []
    assert "令和年月日午時分頃から" in found
    assert "令和年月日午時分頃まで" in found
    assert "自動車警ら隊長殿" in found
    assert "適正な地域警察活動の確保（）" in found
    assert (found.count("□"), found.count(TICK)) == (8, 0)


@pytest.mark.clause("police-form-fileno")
def test_twelve_file_numbers_stay_in_their_frame() -> None:
    numbers = tuple(f"C01-20250730-{n:04}" for n in range(12))
    (found,) = pages(render(replace(REQUEST, receipt=replace(RECEIPT, file_numbers=numbers))))
    assert [number for number in numbers if number not in found] == []


def test_a_longish_text_is_set_smaller_on_the_same_page() -> None:
    outline = "本町二丁目の路上において、" * 40
    (found,) = pages(render(replace(REQUEST, outline=outline)))
    assert outline in found


@pytest.mark.parametrize("outline", ["路上において" * 400, "x" * 2000, "行\n" * 60])
def test_a_text_too_long_goes_to_an_annexed_sheet(outline: str) -> None:
    first, *annexed = pages(render(replace(REQUEST, outline=outline)))
    assert "別紙のとおり" in first
    assert "外部記録媒体へ出力" in first
    assert annexed[0].startswith("中央警察署")
    assert "別紙（事案概要）" in "".join(annexed)
    assert squeezed(outline)[:40] in annexed[0]


def test_every_field_may_be_too_long_and_the_form_stays_one_page() -> None:
    long = "長" * 2000
    paper = replace(
        REQUEST,
        outline=long,
        wearer_section=long,
        wearer_name=long,
        purpose_text=long,
        requester_unit=long,
        requester_section=long,
        requester_name=long,
        requester_telephone="1" * 2000,
        remarks=long,
        addressee=long,
        sheet=replace(SHEET, unit=long, edition=long),
        receipt=replace(RECEIPT, receiver_name=long, file_numbers=("N" * 2000,) * 12),
    )
    first, *annexed = pages(render(paper))
    assert [part for part in FORM if part not in first] == []
    assert first.count("別紙のとおり") == 12
    assert "別紙（映像ファイル番号）" in "".join(annexed)


@pytest.mark.parametrize(
    "letter", ["長", "W", "W ", "𠮷\n", "ー", "っ", "。", "（", "Ж", "々", "あっ", "（あ）。"]
)
def test_nothing_spills_into_the_margins(letter: str) -> None:
    long = letter * 400
    paper = replace(
        REQUEST,
        outline=long,
        remarks=long,
        wearer_name=long,
        requester_name=letter * 20,
        requester_section=letter * 8,
        purpose_text=long,
        addressee=long,
        sheet=replace(SHEET, unit=long, number=long),
        receipt=replace(RECEIPT, receiver_name=letter * 20, file_numbers=(letter * 20,) * 9),
    )
    for page in png("request", data(paper), PPI):
        picture = Image.open(io.BytesIO(page)).convert("L")
        margin = int(19.5 / 25.4 * PPI)  # the frame stands 20 mm from the edge
        for left in (0, picture.width - margin):
            strip = picture.crop((left, 0, left + margin, picture.height))
            assert strip.getextrema() == (255, 255)
