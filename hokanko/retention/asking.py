"""What a request for an exceptional erasure states, whether that can be so, and who may ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import any_footage
from hokanko.people.models import Organisation
from hokanko.retention.texts import Said
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, may
from hokanko.rules.rows import Clause

STATED = {"limb": "special"} | dict.fromkeys(
    ("segment", "departed", "asked_by_subject", "identified", "circumstances", "needs_stated"), True
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is stated: the stretch and the clause that it departs from, the day of asking, words."""

    departs: str = ""
    begun: datetime | None = None
    ended: datetime | None = None
    subject_asked_on: date | None = None
    said: Said = field(default_factory=Said)


def may_ask(org: Organisation, by: Actor) -> bool:
    """Whether this person could ask for one there, all else stated: to show the way or not."""
    return may(by, "erasure.ask", any_footage(org), **STATED)


def departures(org: str) -> tuple[Clause, ...]:
    """The clauses of 第6の1及び2 that filming can depart from: its places, its grounds to pause."""
    book = adopted_book(org)
    places = book.parameter("capture.places_outside").clauses[:1]
    grounds = book.parameter("capture.pause_grounds").clauses[1:]
    return tuple(book.clause(name) for name in (*places, *grounds))


def require_sense(footage: Footage, request: Request) -> None:
    """Raises Conflict for a stretch that is not of this footage, or a day that is not possible."""
    if request.departs and request.departs not in {c.id for c in departures(footage.org_id)}:
        raise Conflict(
            f"「{request.departs}」という定めはありません。",
            f"There is no such provision: {request.departs}",
        )
    if request.begun and request.ended:
        _require_within(footage, request.begun, request.ended)
    on = request.subject_asked_on
    first = clock.day_of(footage.captured or footage.created)
    if on is not None and not first <= on <= clock.today():
        raise Conflict(
            "要請のあった日が、撮影の前か、先の日付です。",
            "The day of the request lies before the filming, or in future.",
        )


def _require_within(footage: Footage, begun: datetime, ended: datetime) -> None:
    if begun >= ended:
        raise Conflict("区間の終わりが始めより前です。", "The stretch ends before it begins.")
    if footage.captured is None:
        return
    length = timedelta(milliseconds=footage.duration_ms or 0)
    slack = timedelta(seconds=1)  # moments are typed by the second
    inside = footage.captured - slack <= begun
    if footage.duration_ms is not None:
        inside = inside and ended <= footage.captured + length + slack
    if not inside:
        raise Conflict(
            "この区間は、この映像に入っていません。",
            "This stretch does not lie within the footage.",
            mend_ja="映像の撮影日時と長さを確かめてください。",
            mend_en="See when the footage was taken, and its length.",
        )
