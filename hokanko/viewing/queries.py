"""Questions about viewings: whose they are, who waits for whom, may the picture be shown."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.errors import Missing
from hokanko.footage.flags import AT_REST
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.ledger.models import Entry
from hokanko.people.models import Person
from hokanko.people.queries import actor
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may
from hokanko.viewing import presence
from hokanko.viewing.models import Viewing
from hokanko.viewing.stretch import leading, thing_of
from hokanko.viewing.weighing import is_direct, is_over, may_ask, standing

EVERY = (
    "footage__org",
    "footage__camera",
    "org",
    "viewer",
    "attendant",
    "designated",
    "decided_by",
)


def viewing(name: str | UUID) -> Viewing:
    """The viewing of that id. Raises Missing."""
    found = Viewing.objects.select_related(*EVERY).filter(pk=name).first()
    if found is None:
        raise Missing("この閲覧はありません。", "There is no such viewing.")
    return found


def own(name: UUID, viewer: Person) -> Viewing:
    """A viewing of this person; somebody else's does not exist for him. Raises Missing."""
    found = viewing(name)
    if found.viewer_id != viewer.pk:
        raise closed_to(found, viewer)
    return found


def closed_to(room: Viewing, stranger: Person) -> Missing:
    """What somebody else's viewing is to a person: nothing.

    Raises Refusal instead for who holds a post here that shows no footage at all: it names the
    article (police-7.2.2).
    """
    by, org = actor(stranger), room.footage.org
    if by.posts_at(org.pk, org.parent_id or ""):
        may_ask(room.footage, by)
    return Missing("この閲覧はありません。", "There is no such viewing.")


def mine(viewer: Person) -> QuerySet[Viewing]:
    """A person's viewings, newest first."""
    return Viewing.objects.select_related(*EVERY).filter(viewer=viewer).order_by("-asked_at", "-pk")


def waiting(org: str) -> QuerySet[Viewing]:
    """Viewings that wait for the supervisor, oldest first."""
    return (
        Viewing.objects.select_related(*EVERY)
        .filter(org=org, state="asked")
        .order_by("asked_at", "pk")
    )


def to_decide(by: Actor) -> list[Viewing]:
    """What waits for this person's approval. Whoever may view directly waits for nobody."""
    asked = [v for v in waiting(by.org) if may(by, "viewing.decide", thing_of(v))]
    return [v for v in asked if not is_direct(v, actor(v.viewer))]


def ledger_number(viewing: Viewing) -> int | None:
    """The place of the opening in the ledger; None until the next checkpoint, seconds later."""
    if viewing.opening_entry is None:
        return None
    return Entry.objects.values_list("place", flat=True).get(pk=viewing.opening_entry)


def problem(viewing: Viewing, by: Actor, piece: Footage | None = None) -> str:
    """Why the picture (of this piece of a stretch) may not be shown at this moment; "" when it may.

    "closed" | "elsewhere" (another terminal or login) | "expired" | "over" (the approved time) |
    "silent" (the room's page is gone) | "absent" (the attendant is) | "damaged" (what is sealed is
    not what was taken in) | "withdrawn" (the law says no by now).
    """
    now = clock.now()
    footage = piece or leading(viewing)
    alone = viewing.attendant_id is not None and not presence.attended(viewing, now)
    faults = {
        "closed": viewing.state != "open" or by.id != str(viewing.viewer_id),
        "elsewhere": not is_here(viewing, by),
        "expired": clock.today() > footage.last_day or footage.state != "held",
        "over": is_over(viewing, now),
        "silent": not presence.alive(viewing, now),
        "absent": alone,
    }
    found = next((code for code, present in faults.items() if present), "")
    if found or may(by, "viewing.open", thing(footage), **standing(viewing, by, now, piece)):
        return found
    return "damaged" if AT_REST & set(footage.flags) else "withdrawn"


def is_here(viewing: Viewing, by: Actor) -> bool:
    """Whether somebody sits where the room was opened: at its terminal, or in its browser."""
    if viewing.terminal_id is not None:
        return by.seat is not None and by.seat.id == str(viewing.terminal_id)
    return viewing.browser != "" and viewing.browser == by.browser


def abandoned() -> QuerySet[Viewing]:
    """Open rooms whose page is gone without a word."""
    return Viewing.objects.select_related(*EVERY).filter(presence.abandoned(clock.now()))
