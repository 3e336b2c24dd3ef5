"""Verbs of the picture: a piece of a stretch is shown, a scene is marked or taken off again."""

from __future__ import annotations

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage, Scene
from hokanko.footage.queries import thing
from hokanko.footage.scenes import MOST
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.viewing import stretch
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import problem
from hokanko.viewing.stretch import thing_of
from hokanko.viewing.weighing import requesting, standing


@verb("viewing.open")
def show_piece(viewing: Viewing, footage: Footage, *, by: Actor) -> None:
    """A piece of a stretch is about to be shown for the first time: its own life says so."""
    told = standing(viewing, by, clock.now(), footage)
    permit = require(by, "viewing.open", thing(footage), **told)
    if not viewing.shown.filter(pk=footage.pk).exists():  # two requests may come at once
        viewing.shown.add(footage)
        permit.write("viewing.shown", facts={"viewing": str(viewing.pk)})


@verb("viewing.open")
def mark_scene(viewing: Viewing, at_ms: int, *, by: Actor) -> None:
    """Mark a moment while it is watched, to ask for it as a still; for whoever may ask for one.

    Of a stretch, the picture of each camera that has one.
    """
    require(by, "viewing.open", thing_of(viewing), **standing(viewing, by, clock.now()))
    require(by, "provision.ask", thing_of_org(viewing.org), **requesting(viewing.org_id))
    if problem(viewing, by) not in ("", "silent"):  # its page is gone while this is sent
        raise Conflict(
            "場面を控えられるのは、映像が映っている間だけです。",
            "Scenes are marked while the picture is shown.",
        )
    shown = stretch.under(viewing, at_ms)
    if not shown:
        raise Conflict("この位置に映像はありません。", "There is no picture at that position.")
    rows = Scene.objects.filter(viewing=viewing.pk)
    new = [one for one in shown if not rows.filter(footage=one[0], at_ms=one[1]).exists()]
    if rows.count() + len(new) > MOST or not new:
        raise Conflict(
            f"同じ場面は一度だけ、一つの閲覧で{MOST}か所まで控えられます。",
            f"A scene is marked once, and {MOST} of them in one viewing.",
        )
    for footage, at_ms in new:
        told = standing(viewing, by, clock.now(), footage)
        permit = require(by, "viewing.open", thing(footage), **told)
        Scene.objects.create(
            footage=footage,
            person=viewing.viewer,
            viewing=viewing.pk,
            at_ms=at_ms,
            at=clock.now(),
        )
        permit.write("viewing.marked", facts={"viewing": str(viewing.pk), "at_ms": at_ms})


@verb("viewing.close")
def drop_scene(viewing: Viewing, scene: int, *, by: Actor) -> None:
    """Take a marked scene off again, in the room or afterwards; not once a request took it up."""
    own = str(viewing.viewer_id) == by.id
    found = Scene.objects.filter(viewing=viewing.pk, pk=scene, asked_at=None).first()
    about = viewing.footage if found is None else found.footage
    permit = require(by, "viewing.close", thing(about), own=own)
    if found is None:
        raise Conflict(
            "この場面は控えられていないか、もう静止画を求めています。",
            "That scene is not marked, or its still has been asked for.",
        )
    found.delete()
    permit.write("viewing.unmarked", facts={"viewing": str(viewing.pk), "at_ms": found.at_ms})
