"""Which camera a file of an import belongs to, when it was filmed, and whether it is footage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC

from hokanko import clock
from hokanko.footage.clocks import IMPORT, named_time
from hokanko.formats.canon import JSON
from hokanko.formats.era import both
from hokanko.imports.models import Import
from hokanko.imports.named import time_in
from hokanko.imports.words import EMPTY, NO_FOOTAGE, OVER, PACKED, Why
from hokanko.retention.moving import counted_day, was_over

# What recorders and cards put beside their footage. Anything else is taken in, also what no
# program here can play: a recorder's own format is evidence all the same.
BESIDE = """
    exe dll msi dmg pkg apk bat cmd sh ini inf cfg conf txt log md html htm xml json csv pdf doc
    docx rtf lnk url idx db sys ocx sig md5 sha1 sha256 jpg jpeg png bmp gif ico thm srt gpx
    nmea
"""

ARCHIVES = "zip 7z rar tar gz tgz lzh cab"


def camera_of(cameras: Mapping[str, str], path: str) -> str | None:
    """The one camera whose mark stands in a path; None where none or several do.

    A camera without a mark gets what no other claims. A longer mark counts before a shorter one,
    and "ch1" does not stand in "ch10".
    """
    folded = path.casefold()
    claims = {number: mark for number, mark in cameras.items() if mark and _claims(mark, folded)}
    longest = max((len(mark) for mark in claims.values()), default=0)
    best = [number for number, mark in claims.items() if len(mark) == longest]
    if not best:
        best = [number for number, mark in cameras.items() if not mark]
    return best[0] if len(best) == 1 else None


def no_footage(path: str, size: int) -> Why | None:
    """Why a file is left where it lies, going by its name and size alone."""
    name = path.rpartition("/")[2]
    _, dot, suffix = name.rpartition(".")
    if dot and suffix.casefold() in ARCHIVES.split():
        return PACKED
    if name.startswith(".") or (dot and suffix.casefold() in BESIDE.split()):
        return NO_FOOTAGE
    return EMPTY if size == 0 else None


def origin_of(lot: Import, path: str, modified: str) -> dict[str, JSON]:
    """What its sealed row keeps of where it came from: every time as it was told, uncorrected."""
    origin: dict[str, JSON] = {
        "via": IMPORT,
        "import": lot.number,
        "path": path,
        "brought_on": lot.kind,
        "taken_out": clock.iso(lot.taken_at),
    }
    if modified:
        origin["file_time"] = modified
    if (named := time_in(path)) is not None:
        zone = UTC if lot.names_utc else clock.TOKYO
        origin |= {"named": clock.iso(named.at.replace(tzinfo=zone)), "named_by": named.by}
    return origin | clock_said(lot)


def clock_said(lot: Import) -> dict[str, JSON]:
    """What an origin says of its recorder's clock."""
    offset = lot.offset_s
    return (
        {"clock_by": "unknown"}
        if offset is None
        else {
            "clock_by": "stated",
            "clock_offset_s": offset,
        }
    )


def over(lot: Import, origin: Mapping[str, JSON]) -> Why | None:
    """Why it is too old to be held: its last day by the rules has ended.

    Only where its clock was stated: a clock of which nobody knows may have stood still.
    """
    captured, now = named_time(origin), clock.now()
    if lot.offset_s is None or captured is None or not was_over(lot.org_id, now, captured):
        return None
    day = both(counted_day(lot.org_id, now, captured))
    return Why(
        OVER,
        f"{both(clock.day_of(captured))}の撮影で、規程の保存期間は{day}に終わっています。",
        f"Filmed on {clock.day_of(captured)}: by the rules its retention has ended.",
    )


def _claims(mark: str, folded: str) -> bool:
    before = r"(?<!\d)" if mark[0].isdigit() else ""
    after = r"(?!\d)" if mark[-1].isdigit() else ""
    return re.search(before + re.escape(mark.casefold()) + after, folded) is not None
