"""A clock that jumps: each line's time is held against the newest line's before it is written.

Backward nothing is written, since it would be dated wrong. Forward, in a real home, the jump is
written first; until a person has confirmed the clock, no day ends on its word (I7, I11).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from hokanko import clock
from hokanko.errors import Unavailable
from hokanko.ledger.models import Entry

STEP_BACK = timedelta(minutes=2)  # what setting a clock right may take back without a word
FORWARD = timedelta(hours=48)  # a running home writes at least one line a day
NEWEST = "SELECT at FROM hokanko_entry ORDER BY id DESC LIMIT 1"
LEAPT = "clock.leapt"
SETTLED = ("clock.confirmed", "clock.corrected")
# A rehearsal's clock is moved by a verb that says so; the others speak of the jump itself.
EXEMPT = frozenset({"clock.moved", LEAPT, "clock.corrected"})


@dataclass(frozen=True, slots=True)
class Leap:
    """From the time of the line before to the time of the line after."""

    start: datetime
    end: datetime

    @property
    def facts(self) -> dict[str, str]:
        """As a line says it."""
        return {"from": clock.iso(self.start), "to": clock.iso(self.end)}


@dataclass(frozen=True, slots=True)
class _Machine:
    """The home's own machine, which notices; the ledger stands below the law and its actors."""

    id: str = "machine:clock"
    name: str = "clock"
    posts: tuple[str, ...] = ("自動処理@HOME",)
    via: str = "machine"


def look(kind: str, at: datetime, write: Callable[..., object]) -> None:
    """Before a line is written at `at`: raises Unavailable where it may not be.

    A leap forward is written first, by `write`, which is `append`.
    """
    if kind in EXEMPT:
        return
    before = newest()
    if error := _behind(at, before):
        raise error
    if leap := _leap(at, before):
        write(LEAPT, by=_Machine(), org="HOME", about="org:HOME", facts=leap.facts)


def newest() -> datetime | None:
    """When the newest line was written; None in an empty ledger."""
    with connection.cursor() as cursor:  # plain SQL: this is asked before every line
        cursor.execute(NEWEST)
        row = cursor.fetchone()
    return _moment(row[0]) if row else None


def behind(at: datetime) -> Unavailable | None:
    """What is to be said while the clock, at `at`, stands before the newest line."""
    return _behind(at, newest())


def standing(at: datetime) -> Leap | None:
    """The leap that nobody has confirmed or corrected: the last written, or one seen at `at`."""
    # Few there are, so they are put in order here: to find the newest, PostgreSQL would walk back
    # through the whole ledger.
    last = max(
        Entry.objects.filter(kind__in=(LEAPT, *SETTLED)).values_list("id", "kind"), default=None
    )
    if last is None or last[1] != LEAPT:
        return _leap(at, newest())
    body = Entry.objects.values_list("body", flat=True).get(pk=last[0])
    told = json.loads(bytes(body))["facts"]
    return Leap(datetime.fromisoformat(told["from"]), datetime.fromisoformat(told["to"]))


def _leap(at: datetime, before: datetime | None) -> Leap | None:
    if before is None or at <= before + FORWARD or not clock.is_real():
        return None
    return Leap(before, at)


def _behind(at: datetime, before: datetime | None) -> Unavailable | None:
    if before is None or at >= before - STEP_BACK:
        return None
    return Unavailable(
        f"時計が、台帳の最後の記載（{clock.iso(before)}）より前を指しています。",
        f"The clock stands before the newest line of the ledger ({clock.iso(before)}).",
        mend_ja="このコンピューターの日時を合わせてから、もう一度実行してください。日時が正しく、"
        "台帳の記載のほうが誤った時計によるときは、運用管理者が hokanko clock correct "
        "--by ログイン名 --reason 理由 を実行してください。",
        mend_en="Set this computer's date and time, then run it again. If they are right, and the "
        "line was dated by a wrong clock, the unit operations manager runs "
        "hokanko clock correct --by LOGIN --reason TEXT.",
    )


def _moment(stored: datetime | str) -> datetime:
    """A moment as the driver gives it: SQLite keeps UTC without saying so, PostgreSQL says it."""
    found = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
