"""What the machine found at a daily check (日常点検), kept as codes and worded when it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hokanko import clock
from hokanko.audit.daily import Facts, Seen
from hokanko.formats.era import clock_time, day_and_time, reiwa


def coded(facts: Facts) -> str:
    """The facts as JSON: numbers, moments and codes, no words."""
    room = facts.room
    told = {
        "at": clock.iso(facts.at),
        "cameras": [_coded(each) for each in facts.seen],
        "free_bytes": room.free if room else None,
        "full_on": str(room.breaks_on) if room and room.breaks_on else None,
    }
    return json.dumps(told, ensure_ascii=False)


def worded(text: str) -> str:
    """The same in the reader's language, a line for each camera; text that is no code as it is."""
    try:
        told = json.loads(text)
    except ValueError:
        return text
    return "\n".join(_lines(told))


def _coded(seen: Seen) -> dict[str, Any]:
    return {
        "number": seen.camera.number,
        "state": "records" if seen.records else "off" if seen.planned_off else "stopped",
        "until": clock.iso(seen.until) if seen.until else None,
        "clock_off_ms": seen.clock_off_ms,
        "gaps": seen.gaps,
        "owed": seen.owed,
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    at = datetime.fromisoformat(told["at"])
    yield _("%(time)s現在") % {"time": f"{at:%H:%M}" if _in_english() else clock_time(at)}
    for each in told["cameras"]:
        yield _("、").join(_of_camera(each))
    if told["free_bytes"] is not None:
        free = _("ディスクの空き %(size)s GB") % {"size": f"{told['free_bytes'] / 1e9:.1f}"}
        yield _("、").join((free, _room(told["full_on"])))


def _of_camera(each: dict[str, Any]) -> Iterator[str]:
    states = {
        "records": _("録画中"),
        "off": _("計画停止中"),
        "stopped": _("録画が止まっている"),
    }
    yield _("カメラ %(number)s：%(state)s") % {
        "number": each["number"],
        "state": states[each["state"]],
    }
    until = datetime.fromisoformat(each["until"]) if each["until"] else None
    yield _("最後の映像 %(when)s") % {"when": _moment(until)} if until else _("映像なし")
    off_ms = each["clock_off_ms"]
    yield (
        _("時計のずれ 不明")
        if off_ms is None
        else _("時計のずれ %(seconds)s秒") % {"seconds": f"{off_ms / 1000:+.1f}"}
    )
    yield _("前回の点検からの録画のない時間 %(gaps)s件（理由がまだ %(owed)s件）") % each


def _room(full_on: str | None) -> str:
    if full_on is None:
        return _("保存期間を守れる")
    day = date.fromisoformat(full_on)
    return _("%(day)sにいっぱいになる見込み") % {"day": day if _in_english() else reiwa(day)}


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if _in_english() else day_and_time(moment)


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
