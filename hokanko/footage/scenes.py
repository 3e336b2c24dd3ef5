"""Moments marked in a viewing (控えた場面), as a request for stills takes them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.footage.models import Footage, Scene
from hokanko.people.models import Person

MOST = 50  # in one viewing


def marked_in(viewing: UUID, person: Person) -> QuerySet[Scene]:
    """What this person marked in one viewing and is still held, in the order of the film."""
    own = Scene.objects.filter(viewing=viewing, person=person, footage__org=person.org_id)
    return (
        own.filter(footage__state="held").select_related("footage__wearer").order_by("at_ms", "pk")
    )


def wanted(scenes: Iterable[Scene]) -> list[tuple[Footage, list[int]]]:
    """Footage, and the positions in it."""
    found: dict[Footage, list[int]] = {}
    for scene in scenes:
        found.setdefault(scene.footage, []).append(scene.at_ms)
    return list(found.items())


def note_asked(person: UUID, asked: Iterable[tuple[Footage, Sequence[int]]]) -> None:
    """Note which scenes of the person of this id a request took up: they stay."""
    own = Scene.objects.filter(person_id=person, asked_at=None)
    for footage, stills in asked:
        own.filter(footage=footage, at_ms__in=stills).update(asked_at=clock.now())


def span(scenes: Iterable[Scene]) -> tuple[datetime, datetime] | None:
    """The whole minutes in which they were taken; None where that is not known."""
    taken = [
        scene.footage.captured + timedelta(milliseconds=scene.at_ms)
        for scene in scenes
        if scene.footage.captured is not None
    ]
    if not taken:
        return None
    begin, end = (at.replace(second=0, microsecond=0) for at in (min(taken), max(taken)))
    return begin, end + timedelta(minutes=1)


def place(at_ms: int) -> str:
    """A position as the clerk writes it: "1:03.500"."""
    minutes, rest = divmod(at_ms, 60_000)
    return f"{minutes}:{rest // 1000:02d}.{rest % 1000:03d}"
