"""Verbs of viewing: ask, decide, attend, open, close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.formats.canon import JSON
from hokanko.ledger.append import append
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.purpose import weigh
from hokanko.rules.verb import verb
from hokanko.viewing import presence
from hokanko.viewing.models import Viewing

APPROVED_FOR = timedelta(hours=8)  # software default: an approval is for this shift


@verb("viewing.ask")
def ask(
    footage: Footage, viewer: Person, purposes: Sequence[str], note: str, *, by: Actor
) -> Viewing:
    """Ask to view, with purposes from the closed list."""
    permit = require(by, "viewing.ask", thing(footage), **weigh(footage.org_id, purposes, note))
    viewing = Viewing.objects.create(
        footage=footage,
        org=footage.org,
        viewer=viewer,
        purposes=list(purposes),
        note=note,
        asked_at=clock.now(),
    )
    _line("viewing.asked", viewing, permit.clause, by, purposes=list(purposes))
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
    _change(
        viewing,
        ("asked",),
        state="approved",
        decided_by=decider,
        decided_at=clock.now(),
        designated=designated,
        not_after=until,
    )
    _line(
        "viewing.approved",
        viewing,
        permit.clause,
        by,
        until=clock.iso(until),
        designated=str(designated.pk) if designated else None,
    )


@verb("viewing.decide")
def decline(viewing: Viewing, decider: Person, *, by: Actor) -> None:
    """Do not approve it."""
    permit = require(by, "viewing.decide", thing(viewing.footage))
    _change(viewing, ("asked",), state="declined", decided_by=decider, decided_at=clock.now())
    _line("viewing.declined", viewing, permit.clause, by)


@verb("viewing.attend")
def attend(viewing: Viewing, attendant: Person, *, by: Actor) -> None:
    """Begin to attend, with one's own credentials, in the room where the viewer sits."""
    permit = require(
        by,
        "viewing.attend",
        thing(viewing.footage),
        himself=attendant.pk == viewing.viewer_id,
        designated=attendant.pk == viewing.designated_id,
    )
    _change(
        viewing,
        ("approved", "open"),
        attendant=attendant,
        confirmed_at=clock.now(),
        beat_at=clock.now(),
    )
    _line("viewing.attended", viewing, permit.clause, by)


@verb("viewing.open")
def open_room(viewing: Viewing, *, by: Actor) -> None:
    """Show the picture: the line is on the ledger before the first frame."""
    now = clock.now()
    permit = require(by, "viewing.open", thing(viewing.footage), **_standing(viewing, by, now))
    assert by.seat is not None, "a viewing without a seat was refused"
    line = append(
        "viewing.opened",
        by=by,
        org=viewing.org_id,
        about=thing(viewing.footage).name,
        clause=permit.clause,
        facts={
            "viewing": str(viewing.pk),
            "purposes": viewing.purposes,
            "attended": viewing.attendant_id is not None,
            "terminal": by.seat.id,
        },
        private=_attendant(viewing) | {"note": viewing.note},
    )
    _change(
        viewing,
        ("asked", "approved"),
        state="open",
        opened_at=now,
        beat_at=now,
        terminal_id=by.seat.id,
        opening_entry=line.id,
    )


@verb("viewing.close")
def close(viewing: Viewing, reason: str, *, by: Actor) -> None:
    """End a viewing; the ranges watched go on the ledger."""
    own = str(viewing.viewer_id) == by.id
    permit = require(by, "viewing.close", thing(viewing.footage), own=own)
    viewing.refresh_from_db()
    _change(viewing, ("open",), state="closed", closed_at=clock.now(), told=viewing.watched)
    _line("viewing.closed", viewing, permit.clause, by, ranges_s=viewing.watched, reason=reason)


@verb("viewing.close")
def tell_watched(viewing: Viewing, *, by: Actor) -> None:
    """Put the ranges watched so far on the ledger (at a pause, and every minute)."""
    permit = require(
        by, "viewing.close", thing(viewing.footage), own=str(viewing.viewer_id) == by.id
    )
    viewing.refresh_from_db()
    if viewing.watched != viewing.told:
        _change(viewing, ("open",), told=viewing.watched)
        _line("viewing.watched", viewing, permit.clause, by, ranges_s=viewing.watched)


@verb("viewing.close")
def note_absence(viewing: Viewing, *, by: Actor) -> None:
    """The attendant went or fell silent: the picture is hidden."""
    permit = require(
        by, "viewing.close", thing(viewing.footage), own=str(viewing.viewer_id) == by.id
    )
    _change(viewing, ("open", "approved"), confirmed_at=None)
    _line("viewing.left", viewing, permit.clause, by)


def _standing(viewing: Viewing, by: Actor, now: datetime) -> dict[str, object]:
    approved = viewing.state == "approved" and (
        viewing.not_after is None or now <= viewing.not_after
    )
    mine = str(viewing.viewer_id) == by.id
    return {
        **weigh(viewing.org_id, viewing.purposes, viewing.note),
        "seat_enrolled": by.seat is not None and by.seat.org == viewing.org_id,
        "approved": approved and mine,
        "attended": viewing.attendant_id is not None and presence.attended(viewing, now),
    }


def _attendant(viewing: Viewing) -> dict[str, str]:
    return {"attendant": viewing.attendant.name} if viewing.attendant else {}


def _change(viewing: Viewing, states: tuple[str, ...], **changes: object) -> None:
    """Move on from one of these states, counted, so that no two hands move the same room."""
    if Viewing.objects.filter(pk=viewing.pk, state__in=states).update(**changes) != 1:
        raise Conflict(
            "この閲覧は、もう次の段階に進んでいます。",
            "This viewing has moved on already.",
            mend_ja="画面を開き直してください。",
            mend_en="Reload the page.",
        )
    viewing.refresh_from_db()


def _line(kind: str, viewing: Viewing, clause: str | None, by: Actor, **facts: JSON) -> None:
    append(
        kind,
        by=by,
        org=viewing.org_id,
        about=thing(viewing.footage).name,
        clause=clause,
        facts={"viewing": str(viewing.pk), **facts},
    )
