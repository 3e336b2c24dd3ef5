"""Statistics of all units: on the page, to take away, and merged with other forces'."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko.errors import Unsound
from hokanko.footage.models import Footage
from hokanko.formats.statistics import Statistics, Unit, merge, read, write
from hokanko.headquarters import queries
from hokanko.rehearsal.cast import Cast
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
