"""Questions about arrivals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import OuterRef, QuerySet, Subquery

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.intake.facts import AFTER_END, CLOCK_OFF
from hokanko.intake.models import Arrival
from hokanko.retention.moving import TOO_OLD
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, may, why_not
from hokanko.rules.purpose import weigh

OPEN_QUESTIONS = {"no-capture-time", TOO_OLD, AFTER_END, CLOCK_OFF, "no-wearer", "unknown-card"}


def same_as(camera: Camera, sha256: str) -> Footage | None:
    """Held footage of this camera with these very bytes."""
    held = Footage.objects.filter(
        camera=camera, sha256=sha256, state="held", last_day__gte=clock.today()
    )
    return held.select_related("org").first()


def brought_before(org: str, sha256: str) -> Footage | None:
    """Footage of an organisation that was made of these very bytes, held or erased: held first."""
    made = Footage.objects.filter(org=org, sha256=sha256).select_related("org", "camera")
    return made.order_by("-state", "-last_day", "number").first()  # "held" before "erased"


def recent(org: str, count: int = 50) -> QuerySet[Arrival]:
    """The latest transfers, newest first; `number` is that of the footage made of one, if any."""
    made = Footage.objects.filter(pk=OuterRef("pk")).values("number")
    rows = Arrival.objects.filter(org=org).select_related("camera").annotate(number=Subquery(made))
    return rows.order_by("-begun_at", "pk")[:count]


def held_back(pieces: Iterable[Footage], by: Actor) -> Refusal | None:
    """How the rulebook holds back footage whose capture time is unknown, if it does."""
    piece = next((piece for piece in pieces if piece.quarantined), None)
    if piece is None:
        return None
    free = replace(thing(piece), attributes=(("quarantined", False), ("held", True)))
    first = next(p.id for p in adopted_book(piece.org_id).purposes if not p.needs_text)
    told = weigh(piece.org_id, [first], "")
    if not may(by, "viewing.ask", free, **told):
        return None  # it is not the missing time that bars this reader
    return why_not(by, "viewing.ask", thing(piece), **told)


def unsettled(org: str) -> list[Footage]:
    """Held footage whose capture time or wearer somebody must state, oldest first.

    What the rulebook calls a task (police-2.2, police-5.2.2) is read off the flags themselves.
    """
    held = Footage.objects.filter(org=org, state="held", last_day__gte=clock.today())
    rows = held.select_related("org", "camera").order_by("created", "pk")
    return [piece for piece in rows.exclude(flags=[]) if OPEN_QUESTIONS & set(piece.flags)]
