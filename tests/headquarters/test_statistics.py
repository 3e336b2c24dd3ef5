"""Statistics of all units: on the page, to take away, and merged with other forces'."""

from __future__ import annotations

import csv
import json
from codecs import BOM_UTF8
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override
from openpyxl import load_workbook

from hokanko import clock
from hokanko.errors import Unsound
from hokanko.footage.models import Footage
from hokanko.formats.statistics import Statistics, Unit, merge, read, write
from hokanko.headquarters import papers, queries
from hokanko.headquarters.words import label
from hokanko.intake.actions import note_facts
from hokanko.intake.facts import Seen
from hokanko.ledger.models import Entry
from hokanko.ledger.numbers import count, monthly
from hokanko.provision.actions import ask as submit
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from hokanko.viewing.actions import ask, open_room
from tests.people.test_appoint import seated
from tests.provision.requests import form as request_form
from tests.web.visitors import browser

SINCE, UNTIL = date(2025, 8, 1), date(2026, 11, 20)
DAYS = "?since=2025-08-01&until=2026-11-20"


def force(code: str, **numbers: int) -> Statistics:
    """A force with one unit, in one month."""
    unit = Unit(code, f"{code}-1", "署", "2025-08", numbers)
    return Statistics({code: f"{code}警察"}, SINCE, UNTIL, (unit,))


def test_a_page_tells_every_unit_with_a_chart_and_a_table(cast: Cast, footage: Footage) -> None:
    del footage
    page = browser(cast, "watanabe").get(f"/headquarters/{DAYS}").content.decode()
    assert page.count("<svg") == page.count("<table")
    assert "中央警察署" in page
    assert "1本" in page
    for form, first in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        answer = browser(cast, "watanabe").get(f"/headquarters/at/HONBU/statistics.{form}{DAYS}")
        assert answer.content.startswith(first)


def test_nobody_else_reads_the_statistics(cast: Cast) -> None:
    for login in ("sato", "ito", "tanaka"):
        assert browser(cast, login).get("/headquarters/").status_code == 403
    for url in ("", "project/", "reports/", "statistics.json"):
        assert browser(cast, "yamada").get(f"/headquarters/at/CHUO/{url}").status_code == 403


def test_the_days_of_the_project_are_told(cast: Cast) -> None:
    page = browser(cast, "kobayashi").get("/headquarters/at/HONBU/project/").content.decode()
    assert "公安委員会に報告する" in page
    days = {duty.name: duty for duty in queries.calendar(cast.hq)}
    assert days["start"].day == date(2025, 8, 1)
    assert days["end"].day == date(2025, 10, 31)
    assert days["valid"].day == date(2026, 3, 31)
    assert days["kept"].day == date(2026, 1, 29)
    assert days["publish"].state == "done"
    assert days["results"].state == "late"


def rows_of(sheet: bytes) -> list[tuple[str, ...]]:
    """The table of a workbook below its head, as a spreadsheet reads it."""
    page = load_workbook(BytesIO(sheet)).active
    assert page is not None
    return [tuple(str(cell) for cell in row) for row in page.iter_rows(min_row=5, values_only=True)]


def test_what_is_taken_away_agrees_with_the_page(cast: Cast, footage: Footage) -> None:
    by = seated(cast, "tanaka")
    open_room(ask(footage, cast.people["tanaka"], ["ア"], "", by=by), by=by)
    reader = browser(cast, "watanabe")
    page = reader.get(f"/headquarters/{DAYS}").content.decode()
    here = f"/headquarters/at/HONBU/statistics.{{}}{DAYS}"
    sheet = rows_of(reader.get(here.format("xlsx")).content)
    text = reader.get(here.format("csv")).content
    assert text.startswith(BOM_UTF8)
    lines = [tuple(line) for line in csv.reader(StringIO(text.decode("utf-8-sig")))]
    assert lines[0] == ("所属", "月", "項目", "数")
    assert lines[1:] == sheet
    told = queries.statistics(cast.hq, SINCE, UNTIL)
    assert sheet == list(papers.table(cast.hq, told).rows)  # which is what the PDF prints
    purpose = "閲覧の目的（地域警察官の職務執行状況の事後的な確認）"
    for unit, month, words, number in sheet:
        assert words in page
        assert unit in page
        assert month in page
        assert number.rstrip("本回件時間")
    assert ("中央警察署", "2026-11", purpose, "1件") in sheet
    assert ("中央警察署", "2026-11", "閲覧した者（運用担当者）", "1件") in sheet


def test_viewings_are_told_by_purpose_and_by_post(cast: Cast, footage: Footage) -> None:
    by = seated(cast, "tanaka")
    room = ask(footage, cast.people["tanaka"], ["ア", "ウ"], "路上の事故", by=by)
    open_room(room, by=by)
    told = count(("CHUO",), SINCE, UNTIL)
    assert told["viewings"] == told["viewings/ア"] == told["viewings/ウ"] == 1
    assert told["viewing_posts/運用担当者"] == 1
    assert "viewing_posts/-" not in told


def test_a_request_is_one_request_however_many_files_it_names(cast: Cast, footage: Footage) -> None:
    by, ito = cast.as_actor("ito"), cast.people["ito"]
    asking = request_form(cast)
    submit(cast.station, asking, ito, [(footage, [])], by=by)  # told in the footage's life too
    told = count(("CHUO",), SINCE, UNTIL)
    assert Entry.objects.filter(kind="provision.asked").count() > 1
    assert told["requests"] == told["requests/ウ"] == 1


def test_a_file_examined_twice_is_counted_once(cast: Cast, footage: Footage) -> None:
    by = machine("intake", "CHUO")
    before = count(("CHUO",), SINCE, UNTIL)["filmed_ms"]
    for length in (None, 90_000, 90_000):
        seen = Seen({"jail": []}, (), footage.captured, "stated", length, None)
        note_facts(footage, seen, by=by)
    assert Entry.objects.filter(kind="intake.examined").count() >= 3
    assert count(("CHUO",), SINCE, UNTIL)["filmed_ms"] == (before or 90_000)
    clock.fix(clock.now() + timedelta(days=30))
    note_facts(footage, seen, by=by)
    months = monthly(("CHUO",), SINCE, date(2026, 12, 31))
    assert sum(each["filmed_ms"] for each in months.values()) == (before or 90_000)


@pytest.mark.clause("police-notice-7.2")
def test_exports_of_several_forces_add_up(cast: Cast, footage: Footage, tmp_path: Path) -> None:
    del footage
    ours, theirs, both = (tmp_path / name for name in ("ours", "theirs", "both"))
    call_command(
        "statistics",
        "export",
        "--org",
        "HONBU",
        "--since",
        str(SINCE),
        "--until",
        str(UNTIL),
        "--by",
        "watanabe",
        "--out",
        str(ours),
        stdout=StringIO(),
        stderr=StringIO(),
    )
    theirs.write_bytes(write(force("OSAKA", recordings=5, complaints=2)))
    call_command(
        "statistics",
        "merge",
        str(ours),
        str(theirs),
        "--out",
        str(both),
        stdout=StringIO(),
        stderr=StringIO(),
    )
    told = [json.loads(path.read_bytes())["numbers"] for path in (ours, theirs)]
    assert json.loads(both.read_bytes())["numbers"] == dict(Counter(told[0]) + Counter(told[1]))
    assert json.loads(both.read_bytes())["numbers"]["recordings"] == 6


def test_a_file_that_is_there_is_not_written_over(cast: Cast, tmp_path: Path) -> None:
    ours, there = tmp_path / "ours.json", tmp_path / "there.json"
    ours.write_bytes(write(force("OSAKA", recordings=5)))
    there.write_text("mine")
    for words in (
        ["merge", str(ours), "--out", str(there)],
        ["export", "--org", "HONBU", "--by", "watanabe", "--out", str(there)],
    ):
        said = StringIO()
        with suppress(SystemExit):
            call_command("statistics", *words, stdout=said, stderr=said)
        assert "上書きしません" in said.getvalue()
        assert there.read_text() == "mine"


def test_a_force_told_twice_is_not_counted_twice() -> None:
    with pytest.raises(Unsound):
        merge([force("OSAKA", recordings=1), force("OSAKA", recordings=1)])


def test_a_file_is_read_as_it_was_written() -> None:
    assert read(write(force("OSAKA", recordings=3))) == force("OSAKA", recordings=3)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"recordings": 3', b'"recordings": 4'),  # in the totals alone
        (b"hokanko-statistics-1", b"hokanko-statistics-9"),
        (b'"force": "OSAKA"', b'"force": "TOKYO"'),
        (b'"2026-11-20"', b'"never"'),
        (b'"units"', b'"unit"'),
    ],
)
def test_a_file_that_is_not_sound_is_refused(old: bytes, new: bytes) -> None:
    data = write(force("OSAKA", recordings=3))
    assert old in data
    with pytest.raises(Unsound):
        read(data.replace(old, new, 1))


def test_a_pause_is_told_by_its_ground_in_words(cast: Cast) -> None:
    assert "居宅" in label(cast.hq.pk, "pauses/ア")
    assert label(cast.hq.pk, "pauses/?") == "撮影していない時間の説明（?）"
    with override("en"):
        assert "duty in a home" in label(cast.hq.pk, "pauses/ア")
