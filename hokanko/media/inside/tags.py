"""When and by what the footage says it was taken: every statement with its source, none merged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from av.container import InputContainer

from hokanko.media.inside.desk import Desk
from hokanko.media.inside.riff import written_dates

_ISO = re.compile(
    r"(\d{4})[-:/](\d\d)[-:/](\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$",
    re.ASCII,
)
_ASCTIME = re.compile(r"\w{3} +(\w{3}) +(\d\d?) +(\d\d?):(\d\d):(\d\d) +(\d{4})$", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEFORE_CAMERAS = 1990  # clocks that were never set count from 1904 or 1970
_TAGS = ("com.apple.quicktime.creationdate", "date", "date-eng", "date_utc", "datetimeoriginal")
_DEVICE = {
    "make": ("com.apple.quicktime.make", "com.android.manufacturer", "make", "manufacturer"),
    "model": ("com.apple.quicktime.model", "com.android.model", "model"),
    "software": ("com.apple.quicktime.software", "firmware", "software"),
    "serial": ("com.apple.quicktime.camera.identifier", "serial", "serial_number"),
    "comment": ("comment",),
}
_LONGEST = 500


def capture_times(desk: Desk, container: InputContainer, kind: str) -> list[dict[str, str | None]]:
    """Each time of taking that the file states: source, raw text, and ISO 8601 where readable."""
    said: dict[tuple[str, str], None] = {}
    names = {"matroska": "matroska:DATE_UTC", "avi": "avi:creation_time"}
    for scope, tags in _all_tags(container):
        for name, raw in tags.items():
            if name == "creation_time":
                source = names.get(kind, f"{kind}:{scope}creation_time")
            elif name in _TAGS:
                source = f"tag:{scope}{name}"
            else:
                continue
            said[source, raw] = None
    if kind == "avi":
        said |= {(f"avi:{chunk}", raw): None for chunk, raw in written_dates(desk)}
    return [{"source": source, "raw": raw, "iso": iso(raw)} for source, raw in said]


def device(container: InputContainer) -> dict[str, str]:
    """Make, model and what else the file's tags say of the camera."""
    tags = _lowered(container.metadata)
    found = {
        fact: next((tags[name] for name in names if tags.get(name)), "")
        for fact, names in _DEVICE.items()
    }
    return {fact: text for fact, text in found.items() if text}


def iso(raw: str) -> str | None:
    """The statement in ISO 8601, with an offset only if it names one; None if unreadable."""
    found = _ISO.match(raw.strip()) or _ASCTIME.match(raw.strip())
    try:
        moment = _from_iso(found) if found and found.re is _ISO else _from_asctime(found)
    except ValueError:
        return None
    return moment.isoformat() if moment.year >= _BEFORE_CAMERAS else None


def _from_iso(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second, _, offset = found.groups()
    zone = (offset or "").replace("Z", "+00:00")
    return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}")


def _from_asctime(found: re.Match[str] | None) -> datetime:
    """What C's asctime() writes, as in AVI files; by hand, since strptime loads modules late."""
    if found is None:
        raise ValueError("no date")
    month, *numbers = found.groups()
    day, hour, minute, second, year = (int(number) for number in numbers)
    place = _MONTHS.index(month.lower()) + 1
    return datetime(year, place, day, hour, minute, second)  # noqa: DTZ001 it names no offset


def _all_tags(container: InputContainer) -> list[tuple[str, dict[str, str]]]:
    """("", the container's tags), then those of each stream which differ from them."""
    whole = _lowered(container.metadata)
    scopes = [("", whole)]
    for stream in container.streams:
        own = {
            name: raw for name, raw in _lowered(stream.metadata).items() if raw != whole.get(name)
        }
        scopes.append((f"stream{stream.index}:", own))
    return scopes


def _lowered(tags: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): str(raw)[:_LONGEST] for name, raw in tags.items()}
