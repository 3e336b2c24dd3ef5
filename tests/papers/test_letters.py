"""任命書, 誓約書 and the year's report: every field, and what is left blank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hokanko.papers import appointment, oath, report
from tests.papers.samples import CHECKPOINT, SHEET, lines, words

LETTER = appointment.Appointment(
    sheet=SHEET,
    name="渡辺 花子",
    section="総務課",
    post="管理責任者",
    rules="防犯カメラ設置・運用要領",
    article="３",
    since=date(2026, 4, 1),
    appointer="設置者　青木 一郎",
)
OATH = oath.Oath(
    sheet=SHEET,
    addressee="青葉区",
    rules="防犯カメラ設置・運用要領",
    article="３(4)",
    lines=("人に漏らしません。", "不当な目的に使用しません。"),
    name="渡辺 花子",
    section="総務課",
    post="管理責任者",
)
REPORT = report.Report(
    sheet=SHEET,
    organisation="青葉区",
    rules="防犯カメラ設置・運用要領",
    begins=date(2025, 4, 1),
    ends=date(2026, 3, 31),
    groups=(report.Group("提供", (report.Figure("提供した", 1234, note="見せたものを含む"),)),),
    ledger_size=12345,
    checkpoint=CHECKPOINT,
)


def test_an_appointment_says_who_to_what_from_when_and_by_whom() -> None:
    found = words(appointment.render(LETTER))
    for part in ("任命書", "総務課渡辺花子殿", "（３）に基づき", "管理責任者に任命する。"):
        assert part in found
    for part in ("令和8年4月1日から", "設置者青木一郎", "台帳番号1234"):
        assert part in found


def test_a_term_has_an_end() -> None:
    found = words(appointment.render(replace(LETTER, until=date(2027, 3, 31))))
    assert "令和8年4月1日から令和9年3月31日まで" in found


def test_an_oath_has_each_promise_on_its_own_numbered_line() -> None:
    found = lines(oath.render(OATH))
    assert "1人に漏らしません。" in found
    assert "2不当な目的に使用しません。" in found
    assert "令和年月日" in found


def test_a_signed_oath_carries_its_day() -> None:
    assert "令和8年4月2日" in words(oath.render(replace(OATH, signed=date(2026, 4, 2))))


def test_a_report_has_its_numbers_and_where_they_come_from() -> None:
    found = words(report.render(REPORT))
    for part in ("令和7年4月1日から令和8年3月31日まで", "1提供", "提供した1,234件見せたものを含む"):
        assert part in found
    for part in ("2数の出所", "12,345行", "CsUYapGGPo4dkMgIAUqom"):
        assert part in found


def test_the_same_letters_are_the_same_bytes() -> None:
    assert appointment.render(LETTER) == appointment.render(LETTER)
    assert oath.render(OATH) == oath.render(OATH)
    assert report.render(REPORT) == report.render(REPORT)
