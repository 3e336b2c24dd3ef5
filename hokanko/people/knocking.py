"""Wrong passwords from one address: after too many, none from there is looked at for a while.

An account is locked by five of its own (`login.py`); this holds whoever tries many accounts a few
times each. An office behind one address shares the count, so it is a wide one.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_network

from django.http import HttpRequest

from hokanko import clock
from hokanko.people.inside import came_from
from hokanko.people.models import Knock
from hokanko.people.queries import digest

MOST = 30  # wrong passwords from one address within `WITHIN`
WITHIN = timedelta(minutes=15)
SHUT_FOR = timedelta(minutes=15)
FORGET = timedelta(days=1)
HOUSEHOLD = 64  # bits of an IPv6 address: one customer has all that follow


def place_of(request: HttpRequest) -> str:
    """From where somebody knocks, as it is kept: a digest, so that no list of addresses is."""
    came = came_from(request)
    if isinstance(came, IPv6Address):
        return digest(str(ip_network((came, HOUSEHOLD), strict=False)))
    return digest(str(came))


def is_shut(place: str) -> bool:
    """Whether nothing from there is looked at now."""
    return bool(place) and Knock.objects.filter(place=place, shut_until__gt=clock.now()).exists()


def note_wrong(place: str) -> bool:
    """Count one more, inside a transaction; whether this shut the place."""
    if not place:
        return False
    now = clock.now()
    Knock.objects.filter(since__lt=now - FORGET).delete()
    Knock.objects.get_or_create(place=place, defaults={"since": now})
    row = Knock.objects.select_for_update().get(place=place)
    if now - row.since > WITHIN:
        row.since, row.wrong = now, 0
    row.wrong += 1
    if shut := row.wrong >= MOST:
        row.shut_until, row.since, row.wrong = now + SHUT_FOR, now, 0
    row.save(update_fields=["since", "wrong", "shut_until"])
    return shut
