"""閲覧記録簿, the register of viewings: what was opened, by whom, and which ranges were watched."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hokanko import clock
from hokanko.formats.era import day_and_time
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import EVERY, ledger_number
from hokanko.viewing.weighing import chosen

COLUMNS = (
    *("閲覧を始めた日時", "閲覧した者", "立ち会った者", "承認した者"),
    *("利用目的", "映像ファイル", "見た範囲", "台帳番号"),
)


def register_rows(org: str, since: date, until: date) -> list[tuple[str, ...]]:
    """閲覧記録簿: what was opened from one day to another, both counted, oldest first.

    Moment, viewer, attendant, who approved, purposes, footage, seconds watched, ledger number: as
    COLUMNS has them.
    """
    begin = datetime.combine(since, time.min, clock.TOKYO)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.TOKYO)
    opened = Viewing.objects.filter(org=org, opened_at__gte=begin, opened_at__lt=end)
    return [
        _register_row(each) for each in opened.select_related(*EVERY).order_by("opened_at", "pk")
    ]


def _register_row(viewing: Viewing) -> tuple[str, ...]:
    words = "、".join(purpose.ja for purpose in chosen(viewing))
    number = ledger_number(viewing)
    return (
        day_and_time(viewing.opened_at) if viewing.opened_at else "",
        viewing.viewer.name,
        viewing.attendant.name if viewing.attendant else "―",
        viewing.decided_by.name if viewing.decided_by else "―",
        f"{words}（{viewing.note}）" if viewing.note else words,
        viewing.label,
        "、".join(_range(viewing, *each) for each in viewing.watched) or "―",
        "" if number is None else str(number),
    )


def _range(viewing: Viewing, start: float, stop: float) -> str:
    """A range watched: of a whole piece in seconds, of a stretch by the clock."""
    if viewing.begun is None:
        return f"{start:.0f}–{stop:.0f}秒"
    edges = (viewing.begun + timedelta(seconds=at) for at in (start, stop))
    return "–".join(f"{edge.astimezone(clock.TOKYO):%H:%M:%S}" for edge in edges)
