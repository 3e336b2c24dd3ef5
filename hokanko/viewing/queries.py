"""Questions about viewings."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.errors import Missing
from hokanko.rules.actor import Actor
from hokanko.viewing import presence
from hokanko.viewing.models import Viewing

EVERY = ("footage__org", "org", "viewer", "attendant", "designated", "decided_by")


def viewing(name: str | UUID) -> Viewing:
    """The viewing of that id. Raises Missing."""
    found = Viewing.objects.select_related(*EVERY).filter(pk=name).first()
    if found is None:
        raise Missing("この閲覧はありません。", "There is no such viewing.")
    return found


def waiting(org: str) -> QuerySet[Viewing]:
    """Viewings that wait for the supervisor, oldest first."""
    return (
        Viewing.objects.select_related(*EVERY).filter(org=org, state="asked").order_by("asked_at")
    )


def problem(viewing: Viewing, by: Actor) -> str:
    """Why the picture may not be shown at this moment; "" when it may.

    "closed" | "expired" | "silent" (the room's page is gone) | "absent" (the attendant is).
    """
    now = clock.now()
    over = viewing.not_after is not None and now > viewing.not_after
    if viewing.state != "open" or over or by.id != str(viewing.viewer_id):
        return "closed"
    if clock.today() > viewing.footage.last_day or viewing.footage.state != "held":
        return "expired"
    if not presence.alive(viewing, now):
        return "silent"
    if viewing.attendant_id is not None and not presence.attended(viewing, now):
        return "absent"
    return ""
