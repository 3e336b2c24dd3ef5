"""A login that nobody uses falls asleep: after a while without a press, the password is asked anew.

Pages that keep themselves fresh are no sign of a person. They stay on their screen all the same:
the wall of a dock hangs where nobody presses anything all day.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.http import HttpRequest

from hokanko import clock

SEEN = "seen_at"  # in the session: when somebody last did something
WRITTEN_EVERY = timedelta(minutes=1)
# By the names of their addresses. Walls keep themselves fresh as long as they hang (`fresh.py`);
# the others are looked at again by their own script while something on them is under way.
WALLS = frozenset({"dock.wall", "dock.wall_live", "recorder.now_at", "recorder.now_live"})
MOVING = frozenset(
    {"intake.arrivals", "imports.one", "provision.show", "provision.state", "viewing.phone"}
)
BEATS = frozenset({"viewing.beat"})


def idle_after() -> timedelta | None:
    """How long a login lives without a press; None for as long as its session."""
    return settings.IDLE


def is_asleep(request: HttpRequest) -> bool:
    """Whether this login has not been used for too long, by a person."""
    seen, longest = request.session.get(SEEN), idle_after()
    if longest is None or seen is None:
        return False
    return abs(clock.unmoved() - datetime.fromisoformat(seen)) > longest


def is_by_itself(request: HttpRequest) -> bool:
    """Whether a page asks of its own accord: nobody has pressed anything."""
    return _name(request) in WALLS | BEATS or _is_by_script(request)


def goes_on_asleep(request: HttpRequest) -> bool:
    """Whether this is served to a login that has fallen asleep: what is on its screen already."""
    name = _name(request)
    return name in WALLS or (name in MOVING and _is_by_script(request))


def note_used(request: HttpRequest) -> None:
    """Somebody did something in this login; written once a minute at most."""
    now, seen = clock.unmoved(), request.session.get(SEEN)
    if idle_after() is None:
        return
    if seen is not None and abs(now - datetime.fromisoformat(seen)) < WRITTEN_EVERY:
        return
    changed, request.session[SEEN] = request.session.modified, now.isoformat(timespec="seconds")
    write_still(request, SEEN)
    request.session.modified = changed


def write_still(request: HttpRequest, *names: str) -> None:
    """These names of the session as they are now; the rest and its end stay as they are."""
    session = request.session
    with suppress(DatabaseError):  # busy: no page fails for that
        row = Session.objects.filter(pk=session.session_key).first()
        if row is None:
            return
        held = row.get_decoded()  # another tab may have changed the rest since
        for name in names:
            held.pop(name, None)
            if name in session:
                held[name] = session[name]
        # not by its own `save`, which would lengthen it
        Session.objects.filter(pk=row.pk).update(session_data=session.encode(held))


def _name(request: HttpRequest) -> str | None:
    return request.resolver_match.view_name if request.resolver_match else None


def _is_by_script(request: HttpRequest) -> bool:
    """Browsers say for what they fetch (Fetch Metadata); to open a page is "document"."""
    what = request.headers.get("Sec-Fetch-Dest", "document")
    return request.method in ("GET", "HEAD") and what != "document"
