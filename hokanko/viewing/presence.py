"""Whether the attendant is there now: a sign of life from the room, and his own confirmation.

The room's page beats while it is shown; the attendant confirms with a key or a touch. When
either is too old the picture hides and the stream stops serving (DESIGN §9: presence is a heartbeat).
Beats are not ledger lines; that attendance began and ended is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from hokanko import clock
from hokanko.viewing.models import Viewing

BEAT_MAX = timedelta(milliseconds=1500)  # with the page's 0.5 s beat: hidden within 2 s
CONFIRM_MAX = timedelta(seconds=60)  # software default: how often the attendant confirms


def beat(viewing: Viewing, watched: list[list[float]]) -> None:
    """The room is shown; these ranges (seconds) have been watched so far."""
    Viewing.objects.filter(pk=viewing.pk, state="open").update(
        beat_at=clock.now(), watched=merge(viewing.watched + watched)
    )


def confirm(viewing: Viewing) -> None:
    """The attendant says that he is there."""
    Viewing.objects.filter(pk=viewing.pk).update(confirmed_at=clock.now(), beat_at=clock.now())


def leave(viewing: Viewing) -> None:
    """The attendant goes: nothing is shown until he comes back."""
    Viewing.objects.filter(pk=viewing.pk).update(confirmed_at=None)


def attended(viewing: Viewing, now: datetime) -> bool:
    """Whether an attendant has confirmed lately enough."""
    return viewing.confirmed_at is not None and now - viewing.confirmed_at <= CONFIRM_MAX


def alive(viewing: Viewing, now: datetime) -> bool:
    """Whether the room's page is still shown."""
    return viewing.beat_at is not None and now - viewing.beat_at <= BEAT_MAX


def merge(ranges: list[list[float]]) -> list[list[float]]:
    """Ranges [start, end] in seconds, sorted, overlapping ones joined, to a tenth of a second."""
    joined: list[list[float]] = []
    for start, end in sorted((round(a, 1), round(b, 1)) for a, b in ranges if b > a >= 0):
        if joined and start <= joined[-1][1] + 0.1:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return joined


def abandoned(now: datetime, after: timedelta) -> Q:
    """Open rooms whose page has been silent for so long."""
    silent = Q(beat_at__lt=now - after) | Q(beat_at=None, opened_at__lt=now - after)
    return Q(state="open") & silent
