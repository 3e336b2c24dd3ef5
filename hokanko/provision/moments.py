"""The two moments of 事案取扱日時, each in six blanks; years are counted in Reiwa."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko import clock

REIWA_BEGAN = 2018  # 令和1年 is 2019
ENDS = ("from", "until")
PARTS = ("year", "month", "day", "half", "hour", "minute")
HALVES = (("午前", _("午前")), ("午後", _("午後")))


def blanks() -> dict[str, forms.Field]:
    """The blanks of one moment, by their part."""
    found: dict[str, forms.Field] = {
        "year": forms.IntegerField(label=_("年（令和）"), min_value=1, max_value=99),
        "month": forms.IntegerField(label=_("月"), min_value=1, max_value=12),
        "day": forms.IntegerField(label=_("日"), min_value=1, max_value=31),
        "half": forms.ChoiceField(label=_("午前・午後"), choices=HALVES),
        "hour": forms.IntegerField(label=_("時"), min_value=0, max_value=11),
        "minute": forms.IntegerField(label=_("分"), min_value=0, max_value=59),
    }
    for blank in found.values():
        blank.widget.attrs["aria-label"] = blank.label
    return found


def day_in_parts(end: str, day: date) -> dict[str, object]:
    """A day in the first three blanks of one end."""
    year = day.year - REIWA_BEGAN
    return {f"{end}_year": year, f"{end}_month": day.month, f"{end}_day": day.day}


def moment_in_parts(end: str, at: datetime) -> dict[str, object]:
    """A moment in the six blanks of one end."""
    here = at.astimezone(clock.TOKYO)
    told = day_in_parts(end, here) | {f"{end}_half": HALVES[here.hour >= 12][0]}
    return told | {f"{end}_hour": here.hour % 12, f"{end}_minute": here.minute}


def moment_told(end: str, told: Mapping[str, Any]) -> datetime:
    """The moment that six blanks tell. Raises ValueError for a day that no calendar has."""
    year, month, day, half, hour, minute = (told[f"{end}_{part}"] for part in PARTS)
    hour += 12 if half == "午後" else 0
    return datetime(year + REIWA_BEGAN, month, day, hour, minute, tzinfo=clock.TOKYO)
