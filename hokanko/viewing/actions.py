"""Verbs of viewing: ask, decide, attend, open, close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.consents import stated
from hokanko.footage.models import Footage, PersonConsent, Scene
from hokanko.footage.queries import thing
from hokanko.footage.scenes import MOST
from hokanko.people.models import Person
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.viewing import phone, presence, stretch
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import is_terminal_bound, problem, requesting, standing, weighed
from hokanko.viewing.stages import move_on

REASONS = ("button", "left", "abandoned")
APPROVED_FOR = timedelta(hours=8)  # software default: an approval is for this shift


@verb("viewing.ask")
def ask(
    footage: Footage,
    viewer: Person,
    purposes: Sequence[str],
    note: str,
    *,
    consents: Sequence[PersonConsent] = (),
    by: Actor,
) -> Viewing:
    """Ask to view, with purposes from the closed list, and the consents that it rests on."""
    note = stated(note, consents)
    told = weighed([footage], purposes, note, consents)
    permit = require(by, "viewing.ask", thing(footage), **told)
    viewing = Viewing.objects.create(
        footage=footage,
        org=footage.org,
        viewer=viewer,
        purposes=list(purposes),
        note=note,
        asked_at=clock.now(),
    )
    viewing.rests_on.set(consents)
    permit.write(
        "viewing.asked",
        facts={
            "viewing": str(viewing.pk),
            "purposes": list(purposes),
            **({"consents": [row.number for row in consents]} if consents else {}),
        },
    )
    return viewing


@verb("viewing.decide")
def approve(
    viewing: Viewing,
    decider: Person,
    *,
    designated: Person | None = None,
    not_after: datetime | None = None,
    by: Actor,
) -> None:
    """Approve a viewing by other staff, for a time, naming who attends if not the supervisor."""
    permit = require(by, "viewing.decide", thing(viewing.footage))
    if designated is not None and designated.pk == viewing.viewer_id:
        raise Conflict(
            "閲覧する本人は立会人に指定できません。", "The viewer cannot be the attendant."
        )
    until = not_after or clock.now() + APPROVED_FOR
    move_on(
        viewing,
        ("asked",),
        state="approved",
        decided_by=decider,
        decided_at=clock.now(),
        designated=designated,
        not_after=until,
    )
    permit.write(
        "viewing.approved",
        facts={
            "viewing": str(viewing.pk),
            "until": clock.iso(until),
            "designated": str(designated.pk) if designated else None,
        },
    )


@verb("viewing.decide")
def decline(viewing: Viewing, decider: Person, *, by: Actor) -> None:
    """Do not approve it."""
    permit = require(by, "viewing.decide", thing(viewing.footage))
    move_on(viewing, ("asked",), state="declined", decided_by=decider, decided_at=clock.now())
    permit.write("viewing.declined", facts={"viewing": str(viewing.pk)})


@verb("viewing.attend")
def attend(viewing: Viewing, attendant: Person, *, code: str = "", by: Actor) -> None:
    """Begin to attend, with one's own credentials, in the room where the viewer sits.

    With the code that the room shows, from the login on one's own phone.
    """
    told = presence.attending(viewing, attendant)
    permit = require(by, "viewing.attend", thing(viewing.footage), **told)
    if code:
        phone.spend(viewing, code)
    move_on(
        viewing,
        ("approved", "open"),
        attendant=attendant,
        confirmed_at=clock.now(),
        phone=by.browser if code else "",
        phone_beat_at=clock.now() if code else None,
        beat_at=clock.now(),
    )
    permit.write("viewing.attended", facts={"viewing": str(viewing.pk)})


@verb("viewing.open")
def open_room(viewing: Viewing, *, by: Actor) -> None:
    """Show the picture: the line is on the ledger before the first frame.

    From here on the room belongs to one place: the terminal, where the rules bind viewing to one;
    else the browser in which the viewer is logged in.
    """
    now = clock.now()
    permit = require(by, "viewing.open", thing(viewing.footage), **standing(viewing, by, now))
    bound = is_terminal_bound(viewing.org_id)
    terminal = by.seat.id if by.seat else None
    if str(viewing.viewer_id) != by.id:
        raise Conflict(
            "この閲覧を始められるのは、申し出た本人だけです。",
            "Only the person who asked can begin this viewing.",
        )
    line = permit.write(
        "viewing.opened",
        facts={
            "viewing": str(viewing.pk),
            "purposes": viewing.purposes,
            "attended": viewing.attendant_id is not None,
            "terminal": terminal,
            **stretch.facts(viewing),
        },
        private=_attendant(viewing) | {"note": viewing.note},
    )
    move_on(
        viewing,
        ("asked", "approved"),
        state="open",
        opened_at=now,
        beat_at=now,
        terminal_id=terminal if bound else None,
        browser="" if bound else by.browser,
        opening_entry=line.id,
    )


@verb("viewing.open")
def mark_scene(viewing: Viewing, at_ms: int, *, by: Actor) -> None:
    """Mark a moment while it is watched, to ask for it as a still; for whoever may ask for one.

    Of a stretch, the picture of each camera that has one.
    """
    require(by, "viewing.open", thing(viewing.footage), **standing(viewing, by, clock.now()))
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


@verb("viewing.close")
def close(viewing: Viewing, reason: str, *, by: Actor) -> None:
    """End a viewing, for one of `REASONS`; the ranges watched go on the ledger."""
    own = str(viewing.viewer_id) == by.id
    permit = require(by, "viewing.close", thing(viewing.footage), own=own)
    viewing.refresh_from_db()
    move_on(viewing, ("open",), state="closed", closed_at=clock.now(), told=viewing.watched)
    permit.write(
        "viewing.closed",
        facts={"viewing": str(viewing.pk), "ranges_s": viewing.watched, "reason": reason},
    )


@verb("viewing.close")
def tell_watched(viewing: Viewing, *, by: Actor) -> None:
    """Put the ranges watched so far on the ledger (at a pause, and every minute)."""
    permit = require(
        by, "viewing.close", thing(viewing.footage), own=str(viewing.viewer_id) == by.id
    )
    viewing.refresh_from_db()
    if viewing.watched != viewing.told:
        move_on(viewing, ("open",), told=viewing.watched)
        permit.write(
            "viewing.watched", facts={"viewing": str(viewing.pk), "ranges_s": viewing.watched}
        )


@verb("viewing.close")
def note_absence(viewing: Viewing, *, by: Actor) -> None:
    """The attendant went or fell silent: the picture is hidden until he comes in again."""
    permit = require(
        by, "viewing.close", thing(viewing.footage), own=str(viewing.viewer_id) == by.id
    )
    move_on(viewing, ("open", "approved"), confirmed_at=None, phone="", phone_beat_at=None)
    permit.write("viewing.left", facts={"viewing": str(viewing.pk)}, private=_attendant(viewing))


def _attendant(viewing: Viewing) -> dict[str, str]:
    return {"attendant": viewing.attendant.name} if viewing.attendant else {}
