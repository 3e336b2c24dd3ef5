"""What waits for an attendant: viewings for which one was named, or which one's post may attend."""

from __future__ import annotations

from hokanko import clock
from hokanko.footage.queries import thing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may
from hokanko.viewing import presence, queries
from hokanko.viewing.models import Viewing


def to_attend(by: Actor) -> list[Viewing]:
    """Viewings of one's unit that wait for an attendant whom one may be, designations first."""
    now = clock.now()
    here = Viewing.objects.select_related(*queries.EVERY).filter(
        org=by.org, state__in=("approved", "open")
    )
    found = [
        each
        for each in here.order_by("decided_at", "pk")
        if queries.has_attendants(each.org_id)
        and each.decided_by_id is not None
        and not queries.is_over(each, now)
        and not presence.attended(each, now)
        and _may_attend(each, by)
    ]
    return sorted(found, key=lambda each: str(each.designated_id) != by.id)


def _may_attend(viewing: Viewing, by: Actor) -> bool:
    told = {
        "himself": str(viewing.viewer_id) == by.id,
        "designated": str(viewing.designated_id) == by.id,
        "attending": False,  # he may leave the other screen first
    }
    return may(by, "viewing.attend", thing(viewing.footage), **told)
