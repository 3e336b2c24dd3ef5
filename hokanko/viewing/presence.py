"""Whether the attendant is there now: a sign of life from the room, and his own confirmation.

The room's page beats while it is shown; the attendant confirms with a key or a touch. When
either is too old the picture hides and the stream stops serving: presence is a heartbeat.
Beats are not ledger lines; that attendance began and ended is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import isfinite

from django.db.models import Q

from hokanko import clock
from hokanko.ledger.turn import write_turn
from hokanko.people.models import Person
from hokanko.viewing.models import Viewing

BEAT_MAX = timedelta(milliseconds=1500)  # with the page's 0.5 s beat: hidden within 2 s
PHONE_MAX = timedelta(seconds=6)  # the phone's page beats every 2 s
CONFIRM_MAX = timedelta(seconds=60)  # software default: how often the attendant confirms
ABANDONED_AFTER = timedelta(seconds=30)
MOST_RANGES = 500


def beat(
    viewing: Viewing, watched: list[list[float]], *, terminal: str | None, browser: str = ""
) -> None:
    """The room is shown at this terminal, or in this browser where it is bound to none.

    `watched` are the ranges (seconds) that have been watched so far.
    """
    there = Q(terminal_id=terminal) if terminal else Q(pk=None)
    if browser:
        there |= Q(terminal=None, browser=browser)
    here = Viewing.objects.filter(there, pk=viewing.pk, state="open")
    with write_turn():
        for row in here.select_for_update():
            viewing.watched = merge(row.watched + watched)
            viewing.beat_at = clock.now()
            viewing.save(update_fields=["watched", "beat_at"])


def watched_too(viewing: Viewing, ranges: list[list[float]]) -> None:
    """Ranges (seconds) of single pictures that the room was given; no sign of life."""
    with write_turn():
        for row in Viewing.objects.filter(pk=viewing.pk, state="open").select_for_update():
            row.watched = merge(row.watched + ranges)
            row.save(update_fields=["watched"])


def confirm(viewing: Viewing, phone: str = "") -> bool:
    """The attendant says that he is there. Too late, he has to come in again with his password.

    Who came in by phone says so there; a key in the room is not his.
    """
    lately = clock.now() - CONFIRM_MAX
    rows = Viewing.objects.filter(
        pk=viewing.pk, state__in=("approved", "open"), confirmed_at__gte=lately, phone=phone
    )
    return rows.update(confirmed_at=clock.now()) == 1


def attended(viewing: Viewing, now: datetime) -> bool:
    """Whether an attendant has confirmed lately enough, and his phone, if he uses one, is on."""
    confirmed = viewing.confirmed_at is not None and now - viewing.confirmed_at <= CONFIRM_MAX
    seen = viewing.phone_beat_at
    return confirmed and (not viewing.phone or (seen is not None and now - seen <= PHONE_MAX))


def attends_another(attendant: Person, viewing: Viewing) -> bool:
    """Whether somebody is attending another screen at this moment."""
    others = Viewing.objects.filter(attendant=attendant, state__in=("approved", "open"))
    return any(attended(each, clock.now()) for each in others.exclude(pk=viewing.pk))


def attending(viewing: Viewing, attendant: Person) -> dict[str, bool]:
    """What the law is told when somebody is about to attend."""
    return {
        "himself": attendant.pk == viewing.viewer_id,
        "designated": attendant.pk == viewing.designated_id,
        "attending": attends_another(attendant, viewing),
    }


def confirm_in(viewing: Viewing, now: datetime) -> int:
    """Seconds until the attendant has to confirm again; 0 when he is not there."""
    if viewing.confirmed_at is None:
        return 0
    return max(0, int((viewing.confirmed_at + CONFIRM_MAX - now).total_seconds()))


def alive(viewing: Viewing, now: datetime) -> bool:
    """Whether the room's page is still shown."""
    return viewing.beat_at is not None and now - viewing.beat_at <= BEAT_MAX


def read_ranges(said: object, longest_s: float) -> list[list[float]]:
    """Ranges as a page tells them, which may be anything. Raises ValueError.

    Beyond the end of the footage nothing was watched; more pieces than `MOST_RANGES` are told as
    one, so that a line of the ledger can carry them.
    """
    if not isinstance(said, list):
        raise ValueError("ranges")
    pairs = [[min(float(start), longest_s), min(float(end), longest_s)] for start, end in said]
    if not all(isfinite(edge) for pair in pairs for edge in pair):
        raise ValueError("ranges")
    return pairs


def abandoned(now: datetime) -> Q:
    """Open rooms whose page has been silent for too long."""
    since = now - ABANDONED_AFTER
    return Q(state="open") & (Q(beat_at__lt=since) | Q(beat_at=None, opened_at__lt=since))


def merge(ranges: list[list[float]]) -> list[list[float]]:
    """Ranges [start, end] in seconds, sorted, overlapping ones joined, to a tenth of a second."""
    joined: list[list[float]] = []
    for start, end in sorted((round(a, 1), round(b, 1)) for a, b in ranges if b > a >= 0):
        if joined and start <= joined[-1][1] + 0.1:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    if len(joined) > MOST_RANGES:
        return [[joined[0][0], joined[-1][1]]]
    return joined
