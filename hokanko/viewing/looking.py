"""Verbs of a stretch: asked for, and each of its pieces shown for the first time."""

from __future__ import annotations

from collections.abc import Sequence

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.coverage.spans import Span
from hokanko.footage.consents import stated
from hokanko.footage.models import Footage, PersonConsent
from hokanko.footage.queries import thing
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.viewing import stretch
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import standing, weighed


@verb("viewing.ask")
def ask_stretch(
    cameras: Sequence[Camera],
    whole: Span,
    viewer: Person,
    purposes: Sequence[str],
    note: str,
    *,
    consents: Sequence[PersonConsent] = (),
    by: Actor,
) -> Viewing:
    """Ask to view up to four cameras from one moment to another, as one asks for a whole piece."""
    note = stated(note, consents)
    films = stretch.films(cameras, whole)
    first = films[0]
    told = weighed(films, purposes, note, consents)
    permit = require(by, "viewing.ask", thing(first), **told)
    viewing = Viewing.objects.create(
        footage=first,
        begun=whole.begun,
        ended=whole.ended,
        org=first.org,
        viewer=viewer,
        purposes=list(purposes),
        note=note,
        asked_at=clock.now(),
    )
    viewing.cameras.set(cameras)
    viewing.rests_on.set(consents)
    permit.write(
        "viewing.asked",
        facts={
            "viewing": str(viewing.pk),
            "purposes": list(purposes),
            **stretch.facts(viewing),
            **({"consents": [row.number for row in consents]} if consents else {}),
        },
    )
    return viewing


@verb("viewing.open")
def show_piece(viewing: Viewing, footage: Footage, *, by: Actor) -> None:
    """A piece of a stretch is about to be shown for the first time: its own life says so."""
    told = standing(viewing, by, clock.now(), footage)
    permit = require(by, "viewing.open", thing(footage), **told)
    if not viewing.shown.filter(pk=footage.pk).exists():  # two requests may come at once
        viewing.shown.add(footage)
        permit.write("viewing.shown", facts={"viewing": str(viewing.pk)})
