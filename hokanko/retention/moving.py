"""Another last day for footage: its key moves before its row, never the other way round."""

from __future__ import annotations

from datetime import date, datetime

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.keyring import keys
from hokanko.ledger.models import Entry
from hokanko.retention.due import counted
from hokanko.rules.decide import adopted_book, parameter
from hokanko.rules.permit import Permit
from hokanko.vault.models import SealedObject

DAYS = "retention.days"
TOO_OLD = "capture-time-old"  # the flag of a capture time that would have ended it before it came


def counted_day(org: str, created: datetime, captured: datetime | None) -> date:
    """The last day by the rules of an organisation, however long ago that may be."""
    return counted(
        created,
        captured,
        parameter(org, DAYS),
        clock_start=parameter(org, "retention.clock_start"),
        count_first_day=parameter(org, "retention.count_first_day"),
    )


def first_day(org: str, created: datetime, captured: datetime | None) -> date:
    """The last day that footage comes in with: what is over already still has today."""
    return max(counted_day(org, created, captured), clock.day_of(created))


def believed(footage: Footage) -> datetime | None:
    """The capture time that retention counts from: not one that waits for a person to settle it."""
    return None if TOO_OLD in footage.flags else footage.captured


def was_over(org: str, created: datetime, captured: datetime) -> bool:
    """Whether it would have ended before it came: more likely a camera's clock that stood still."""
    return counted_day(org, created, captured) < clock.day_of(created)


def count_again(footage: Footage, permit: Permit) -> None:
    """Let footage end as its capture time, now known, has it; a change is a line of its own.

    What somebody extended stays extended, and nothing ends before tonight.
    """
    day = counted_day(footage.org_id, footage.created, believed(footage))
    last, before = max(day, clock.today()), footage.last_day
    if last == before or is_extended(footage):
        return
    move_to(footage, last)
    permit.write(
        "retention.counted",
        about=thing(footage).name,
        clause=next(iter(adopted_book(footage.org_id).parameter(DAYS).clauses), None),
        facts={"last_day": last.isoformat(), "before": before.isoformat()},
    )


def move_to(footage: Footage, last: date) -> None:
    """End on another day. A later one takes the key over; an earlier one leaves it where it grew.

    What ends before its key's day is cut out of that day's tree when its own day is over.
    """
    if last > footage.key_day:
        keys.keyring().adopt(footage.org_id, str(footage.pk), footage.key_day, last)
    move_row(footage, last)


def move_row(footage: Footage, last: date) -> None:
    """The same for the rows alone, where the key has moved already."""
    footage.last_day, footage.key_day = last, max(last, footage.key_day)
    footage.save(update_fields=["last_day", "key_day"])
    SealedObject.objects.filter(subject=str(footage.pk)).update(
        key_day=footage.key_day, last_day=last if last < footage.key_day else None
    )


def is_extended(footage: Footage) -> bool:
    """Whether somebody has extended its retention."""
    return Entry.objects.filter(about=thing(footage).name, kind="retention.extended").exists()
