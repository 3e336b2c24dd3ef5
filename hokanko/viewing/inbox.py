"""What waits for somebody: viewings to attend, questions to answer, requests of one's desk."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hokanko import clock
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may
from hokanko.viewing import presence, queries
from hokanko.viewing.models import Viewing
from hokanko.viewing.steps import has_attendants
from hokanko.viewing.stretch import thing_of
from hokanko.viewing.weighing import is_over

LATEST = 20


def to_attend(by: Actor) -> list[Viewing]:
    """Viewings of one's unit that wait for an attendant whom one may be, designations first."""
    now = clock.now()
    here = Viewing.objects.select_related(*queries.EVERY).filter(
        org=by.org, state__in=("approved", "open")
    )
    found = [
        each
        for each in here.order_by("decided_at", "pk")
        if has_attendants(each.org_id)
        and each.decided_by_id is not None
        and not is_over(each, now)
        and not presence.attended(each, now)
        and _may_attend(each, by)
    ]
    return sorted(found, key=lambda each: str(each.designated_id) != by.id)


def to_answer(person: str) -> QuerySet[Viewing]:
    """Requests sent back to the person of this id, the one due first first."""
    rows = Viewing.objects.select_related(*queries.EVERY).filter(Q(viewer=person), state="returned")
    return rows.order_by("answer_due", "pk")


def of_the_desk(by: Actor, *states: str) -> list[Viewing]:
    """What this person may decide, in these states, newest first: sent back, or ended undecided."""
    rows = Viewing.objects.select_related(*queries.EVERY).filter(org=by.org, state__in=states)
    found = rows.order_by("-asked_at", "-pk")[:LATEST]
    return [each for each in found if may(by, "viewing.decide", thing_of(each))]


def _may_attend(viewing: Viewing, by: Actor) -> bool:
    told = {
        "himself": str(viewing.viewer_id) == by.id,
        "designated": str(viewing.designated_id) == by.id,
        "attending": False,  # he may leave the other screen first
    }
    return may(by, "viewing.attend", thing_of(viewing), **told)
