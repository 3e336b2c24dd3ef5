"""Words that templates may use: dates in 令和, sizes, durations, flags, both languages."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.translation import get_language

from hokanko.clock import TOKYO
from hokanko.formats import era

register = template.Library()


@register.filter
def reiwa(value: date | datetime | None) -> str:
    """A day for people: 令和8年11月20日, or ISO for readers of English."""
    if value is None:
        return "—"
    day = value.astimezone(TOKYO).date() if isinstance(value, datetime) else value
    return era.both(day) if get_language() != "en" else day.isoformat()


@register.filter
def moment(value: datetime | None) -> str:
    """A moment for people, to the second, in Tokyo."""
    if value is None:
        return "—"
    at = value.astimezone(TOKYO)
    return f"{reiwa(at)} {at:%H:%M:%S}"


@register.filter
def size(count: int | None) -> str:
    """Bytes for people."""
    value, units = float(count or 0), ["B", "KB", "MB", "GB", "TB"]
    while value >= 1000 and len(units) > 1:
        value, units = value / 1000, units[1:]
    return f"{value:.0f} {units[0]}" if units[0] == "B" else f"{value:.1f} {units[0]}"


@register.filter
def length(ms: int | None) -> str:
    """A duration in milliseconds as h:mm:ss."""
    if ms is None:
        return "—"
    seconds = round(ms / 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@register.filter
def speak(thing: object) -> str:
    """The words of anything that has `ja` and `en`, in the reader's language."""
    return str(getattr(thing, "en" if get_language() == "en" else "ja", thing))
