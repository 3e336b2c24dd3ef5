"""The clock of a recorder that footage was brought from: what it showed, and how wrong it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hokanko.footage.models import Footage

IMPORT = "import"  # how it came, as its origin says
BY = "import:"  # what the sources of such times begin with
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # what is older is a clock that was never set
SOURCES = {
    "name": _("ファイル名の時刻"),
    "folder": _("フォルダー名の時刻"),
    "file_time": _("カードに書かれたファイル時刻"),
}
UNITS = (("日", " d"), ("時間", " h"), ("分", " min"), ("秒", " s"))
SLACK = timedelta(minutes=5)  # so much later than it was taken out, a time is still believed


@dataclass(frozen=True, slots=True)
class Shown:
    """What the recorder's clock showed at the first picture, and that clock less the true time.

    `offset_s` is None where nobody knows by how much it was wrong.
    """

    at: datetime
    offset_s: int | None


def shown_by_recorder(footage: Footage) -> Shown | None:
    """The original time beside the corrected one; None where none was told, or none is its own."""
    origin = footage.origin
    if origin.get("via") != IMPORT:
        return None
    offset = offset_of(origin)
    if footage.captured is not None and footage.captured_by.startswith(BY):
        return Shown(footage.captured + timedelta(seconds=offset or 0), offset)
    if named := origin.get("named"):
        return Shown(datetime.fromisoformat(named), offset)
    return None


def offset_of(origin: Mapping[str, Any]) -> int | None:
    """Its recorder's clock less the true time, in seconds, as a person read it off the screen."""
    offset = origin.get("clock_offset_s")
    return offset if isinstance(offset, int) else None


def corrected(origin: Mapping[str, Any], shown: datetime | None) -> datetime | None:
    """A time of the recorder as it truly was; None where it cannot have been.

    What is later than the moment at which it was taken out, was not its recording.
    """
    if shown is None:
        return None
    moment = shown - timedelta(seconds=offset_of(origin) or 0)
    latest = datetime.fromisoformat(origin["taken_out"]) + SLACK
    return moment if EARLIEST < moment <= latest else None


def named_time(origin: Mapping[str, Any]) -> datetime | None:
    """The true time that the name of an imported file tells, if it tells one."""
    if origin.get("via") != IMPORT or "named" not in origin:
        return None
    return corrected(origin, datetime.fromisoformat(origin["named"]))


def error_in_words(offset_s: int | None) -> str:
    """How wrong a clock was, in the reader's language: 3分12秒進んでいた."""
    if offset_s is None:
        return gettext("分からない")
    if offset_s == 0:
        return gettext("合っていた")
    parts = zip(UNITS, _parts(abs(offset_s)), strict=True)
    japanese = get_language() != "en"
    length = ("" if japanese else " ").join(
        f"{count}{ja if japanese else en}" for (ja, en), count in parts if count
    )
    told = gettext("%(length)s進んでいた") if offset_s > 0 else gettext("%(length)s遅れていた")
    return told % {"length": length}


def source_in_words(captured_by: str) -> str:
    """Where a capture time comes from; a container's own word as it is."""
    if not captured_by.startswith(BY):
        return captured_by
    told = captured_by.removeprefix(BY)
    return gettext("持込み：%(source)s") % {"source": SOURCES.get(told, told)}


def _parts(seconds: int) -> tuple[int, int, int, int]:
    return seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
