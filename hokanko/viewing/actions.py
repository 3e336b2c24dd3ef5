"""Verbs of viewing: ask, decide, attend, open, close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.coverage.spans import Span
from hokanko.errors import Conflict
from hokanko.footage.consents import stated
from hokanko.footage.models import Footage, PersonConsent
from hokanko.footage.queries import thing
from hokanko.footage.turns import DECLINED, take
from hokanko.people.models import Person
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.permit import Permit
from hokanko.rules.verb import verb
from hokanko.viewing import phone, presence, stretch
from hokanko.viewing.models import Viewing
from hokanko.viewing.stages import move_on
from hokanko.viewing.steps import is_terminal_bound
from hokanko.viewing.stretch import thing_of
from hokanko.viewing.weighing import standing, weighed

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
    asked = Viewing(footage=footage, viewer=viewer, purposes=list(purposes), note=note)
    return _note_request(permit, asked, consents)


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
    told = weighed(films, purposes, note, consents)
    permit = require(by, "viewing.ask", thing(films[0]), **told)
    asked = Viewing(footage=films[0], viewer=viewer, purposes=list(purposes), note=note)
    asked.begun, asked.ended = whole.begun, whole.ended
    return _note_request(permit, asked, consents, cameras)


def _note_request(
    permit: Permit,
    asked: Viewing,
    consents: Sequence[PersonConsent],
    cameras: Sequence[Camera] = (),
) -> Viewing:
    """Keep a request that was permitted, and write it."""
    asked.org, asked.asked_at = asked.footage.org, clock.now()
    asked.save()
    asked.cameras.set(cameras)
    asked.rests_on.set(consents)
    permit.write(
        "viewing.asked",
        facts={
            "viewing": str(asked.pk),
            "purposes": asked.purposes,
            **stretch.facts(asked),
            **({"consents": [row.number for row in consents]} if consents else {}),
        },
    )
    return asked


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
    permit = require(by, "viewing.decide", thing_of(viewing))
    if designated is not None and designated.pk == viewing.viewer_id:
        raise Conflict(
            "閲覧する本人は立会人に指定できません。", "The viewer cannot be the attendant."
        )
    until = not_after or clock.now() + APPROVED_FOR
    if until <= clock.now():
        raise Conflict(
            "期限がもう過ぎています。これから先の日時にしてください。",
            "That time has passed already: choose one that lies ahead.",
        )
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
def decline(viewing: Viewing, decider: Person, reason: str, *, by: Actor) -> None:
    """Do not approve it, for a reason that the asker can read. Raises Conflict without one."""
    reason = reason.strip()
    permit = require(by, "viewing.decide", thing_of(viewing))
    if not reason:
        raise Conflict("認めない理由を書いてください。", "Say why it is not approved.")
    move_on(viewing, ("asked",), state="declined", decided_by=decider, decided_at=clock.now())
    take(viewing.turns, viewing.pk, DECLINED, decider, reason)
    permit.write("viewing.declined", facts={"viewing": str(viewing.pk)}, private={"reason": reason})


@verb("viewing.attend")
def attend(viewing: Viewing, attendant: Person, *, code: str = "", by: Actor) -> None:
    """Begin to attend, with one's own credentials, in the room where the viewer sits.

    With the code that the room shows, from the login on one's own phone.
    """
    told = presence.attending(viewing, attendant)
    permit = require(by, "viewing.attend", thing_of(viewing), **told)
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
    permit = require(by, "viewing.open", thing_of(viewing), **standing(viewing, by, now))
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


@verb("viewing.close")
def close(viewing: Viewing, reason: str, *, by: Actor) -> None:
    """End a viewing, for one of `REASONS`; the ranges watched go on the ledger."""
    own = str(viewing.viewer_id) == by.id
    permit = require(by, "viewing.close", thing_of(viewing), own=own)
    viewing.refresh_from_db()
    move_on(viewing, ("open",), state="closed", closed_at=clock.now(), told=viewing.watched)
    permit.write(
        "viewing.closed",
        facts={"viewing": str(viewing.pk), "ranges_s": viewing.watched, "reason": reason},
    )


@verb("viewing.close")
def tell_watched(viewing: Viewing, *, by: Actor) -> None:
    """Put the ranges watched so far on the ledger (at a pause, and every minute)."""
    permit = require(by, "viewing.close", thing_of(viewing), own=str(viewing.viewer_id) == by.id)
    viewing.refresh_from_db()
    if viewing.watched != viewing.told:
        move_on(viewing, ("open",), told=viewing.watched)
        permit.write(
            "viewing.watched", facts={"viewing": str(viewing.pk), "ranges_s": viewing.watched}
        )


@verb("viewing.close")
def note_absence(viewing: Viewing, *, by: Actor) -> None:
    """The attendant went or fell silent: the picture is hidden until he comes in again."""
    permit = require(by, "viewing.close", thing_of(viewing), own=str(viewing.viewer_id) == by.id)
    move_on(viewing, ("open", "approved"), confirmed_at=None, phone="", phone_beat_at=None)
    permit.write("viewing.left", facts={"viewing": str(viewing.pk)}, private=_attendant(viewing))


def _attendant(viewing: Viewing) -> dict[str, str]:
    return {"attendant": viewing.attendant.name} if viewing.attendant else {}
