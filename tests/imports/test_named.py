"""Times in names: what recorders, cards and cameras call their files, and what only looks alike."""

from __future__ import annotations

import pytest

from hokanko.imports.named import time_in

HALF_PAST_TEN = "2026-01-15T10:30:00"


@pytest.mark.parametrize(
    ("path", "by"),
    [
        ("ch01_20260115103000.mp4", "name"),  # Hikvision
        ("192.168.1.64_01_20260115103000_20260115110000.mp4", "name"),
        ("export/NVR_ch1_main_20260115103000_20260115110000.dav", "name"),  # Dahua
        ("2026-01-15/001/dav/10/10.30.00-11.00.00[M][0@0][0].dav", "folder"),
        ("RecM01_20260115_103000_110000_6D28808.mp4", "name"),  # Reolink
        ("DCIM/Movie/2026_0115_103000_001F.MP4", "name"),  # dash camera
        ("DCIM/100MEDIA/VID_20260115_103000.mp4", "name"),
        ("PXL_20260115_103000123.mp4", "name"),
        ("2026-01-15 10-30-00.mkv", "name"),
        ("2026-01-15T10.30.00.mp4", "name"),
        ("2026年01月15日10時30分00秒.mp4", "name"),
        ("recordings/2026-01-15/10/front/30.00.mp4", "folder"),  # Frigate
        ("camera1/2026/01/15/10/30-00.mp4", "folder"),
        ("camera1/2026/01/15/10/30.mp4", "folder"),
        ("2026011510/30M00S_1768440600.mp4", "folder"),  # Xiaomi
        ("2026-01-15/103000.mp4", "folder"),
        ("防犯カメラ/北口_20260115_1030.mp4", "name"),
    ],
)
def test_a_name_tells_when_it_begins(path: str, by: str) -> None:
    named = time_in(path)
    assert named is not None
    assert (named.at.isoformat(), named.by) == (HALF_PAST_TEN, by)


@pytest.mark.parametrize(
    "path",
    [
        "DCIM/100MEDIA/MOV_0001.MP4",
        "hiv00012.mp4",
        "00000000123000000.mp4",
        "20260231103000.mp4",  # no such day
        "20261315103000.mp4",
        "120260115103000.mp4",  # a longer number
        "2026-01-15/front.mp4",  # a day is not a moment
        "2026-01-15/25.00.mp4",  # no hour above it
        "10.30.00-11.00.00.dav",
        "",
    ],
)
def test_what_tells_no_moment_is_none(path: str) -> None:
    assert time_in(path) is None


def test_the_name_counts_before_the_folders() -> None:
    named = time_in("2025-12-31/10/20260115103000.mp4")
    assert named is not None
    assert named.at.isoformat() == HALF_PAST_TEN


def test_the_innermost_day_counts() -> None:
    """The folder of the day on which it was copied stands above the days of the recorder."""
    named = time_in("copied 2026-02-01/2026-01-15/10/30.00.mp4")
    assert named is not None
    assert named.at.isoformat() == HALF_PAST_TEN
