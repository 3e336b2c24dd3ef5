"""Verbs of shifts: explain a gap, mark where it was filmed, enter a consent, close."""

from __future__ import annotations

from datetime import date, datetime

from hokanko import clock
from hokanko.cameras.models import Checkout
from hokanko.errors import Conflict
from hokanko.footage.flags import OUTSIDE
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as thing_of_footage
from hokanko.footage.worn import PAUSE
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.shifts.gaps import Gap
from hokanko.shifts.models import (
    Explanation,
    Passage,
    PremisesConsent,
    ShiftClose,
    StandingConsent,
)
from hokanko.shifts.queries import is_own, is_running, shift
from hokanko.shifts.terms import is_managed, is_outside, places
from hokanko.shifts.texts import seal


@verb("shift.explain")
def explain(
    out: Checkout, gap: Gap, *, ground: str = "", words: str = "", teller: Person, by: Actor
) -> Explanation:
    """Explain one gap of a check-out: a pause by its ground, everything else in words."""
    permit = require(
        by,
        "shift.explain",
        thing_of_org(out.camera.org),
        own=is_own(out, by),
        gap=gap.kind,
        ground=ground,
        long=gap.is_long,
        words_missing=not words.strip(),
    )
    if gap not in shift(out).unexplained:
        raise Conflict(
            "この時間は、もう説明されているか、映像が見つかって説明が要らなくなりました。",
            "This time has been explained already, or footage of it was found.",
        )
    told = Explanation(
        checkout=out,
        kind=gap.kind,
        begun=gap.begun,
        ended=gap.ended,
        ground=ground if gap.kind == PAUSE else "",
        by=teller,
        at=clock.now(),
    )
    told.words = seal("explanation", told.pk, words)
    told.save()
    permit.write(
        "shift.explained",
        about=_about(out),
        facts={
            "gap": gap.kind,
            "ground": told.ground,
            "from": clock.iso(gap.begun),
            "to": clock.iso(gap.ended),
        },
        private={"words": words},
    )
    return told


@verb("shift.mark")
def mark(
    out: Checkout,
    footage: Footage,
    *,
    begun: datetime,
    ended: datetime,
    place: str,
    marker: Person,
    by: Actor,
) -> Passage:
    """Say at what class of place a stretch was filmed; outside 第6 the footage is flagged so.

    Flagged footage is what an exceptional erasure may be asked for (第7 2(6)ただし書).
    """
    org = out.camera.org
    permit = require(by, "shift.mark", thing_of_footage(footage), own=is_own(out, by))
    _require_stretch(out, footage, begun, ended, place)
    passage = Passage.objects.create(
        footage=footage,
        checkout=out,
        begun=begun,
        ended=ended,
        place=place,
        outside=is_outside(org.pk, place),
        managed=is_managed(org.pk, place),
        by=marker,
        at=clock.now(),
    )
    if passage.outside and OUTSIDE not in footage.flags:
        footage.flags = [*footage.flags, OUTSIDE]
        footage.save(update_fields=["flags"])
    permit.write(
        "footage.placed",
        facts={
            "class": place,
            "outside": passage.outside,
            "from": clock.iso(begun),
            "to": clock.iso(ended),
        },
    )
    return passage


@verb("shift.consent")
def consent(
    passage: Passage,
    *,
    premises: str,
    manager: str,
    asked: str,
    outcome: str,
    standing: StandingConsent | None = None,
    teller: Person,
    by: Actor,
) -> PremisesConsent:
    """Enter what the manager of the premises said; a facility of the list has said it before."""
    permit = require(
        by,
        "shift.consent",
        thing_of_footage(passage.footage),
        own=is_own(passage.checkout, by),
        outcome=outcome,
    )
    given = PremisesConsent(
        passage=passage,
        standing=standing,
        premises=premises,
        asked=asked,
        outcome=outcome,
        by=teller,
        at=clock.now(),
    )
    given.manager = seal("premises", given.pk, manager)
    given.save()
    permit.write(
        "premises.asked",
        facts={"consent": outcome, "consent_asked": asked, "standing": standing is not None},
        private={"premises": premises, "manager": manager},
    )
    return given


@verb("shift.close")
def close(out: Checkout, *, closer: Person, by: Actor) -> ShiftClose:
    """Close a shift: every gap has its explanation, every third party's premises its entry."""
    found = shift(out)
    permit = require(
        by,
        "shift.close",
        thing_of_org(out.camera.org),
        out=is_running(out),
        unexplained=sorted({gap.kind for gap in found.unexplained}),
        consent_missing=bool(found.unconsented),
    )
    if found.closing is not None:
        raise Conflict("この勤務は、もう締められています。", "This shift has been closed already.")
    closing = ShiftClose.objects.create(checkout=out, at=clock.now(), by=closer)
    permit.write("shift.closed", about=_about(out), facts={"gaps": len(found.asked)})
    return closing


@verb("premises.enter")
def enter_premises(
    org: Organisation, *, premises: str, manager: str, since: date, by: Actor
) -> StandingConsent:
    """Put a facility on the list of those that have agreed once and for all."""
    permit = require(by, "premises.enter", thing_of_org(org))
    if since > clock.today():
        raise Conflict("日付がまだ来ていません。", "That day has not come yet.")
    row = StandingConsent(org=org, premises=premises, since=since)
    row.manager = seal("standing", row.pk, manager)
    row.save()
    permit.write(
        "premises.entered",
        about=f"premises:{row.pk}",
        facts={"since": since.isoformat()},
        private={"premises": premises, "manager": manager},
    )
    return row


@verb("premises.end")
def end_premises(row: StandingConsent, *, by: Actor) -> None:
    """The facility has taken its consent back."""
    permit = require(by, "premises.end", thing_of_org(row.org))
    changed = StandingConsent.objects.filter(pk=row.pk, ended_on=None).update(
        ended_on=clock.today()
    )
    if changed != 1:
        raise Conflict("この施設の承諾は、もう終わっています。", "This consent has ended already.")
    permit.write("premises.ended", about=f"premises:{row.pk}")


def _about(out: Checkout) -> str:
    return f"checkout:{out.pk}"


def _require_stretch(
    out: Checkout, footage: Footage, begun: datetime, ended: datetime, place: str
) -> None:
    if place not in places(out.camera.org_id):
        raise Conflict("この場所の区分はありません。", "There is no such class of place.")
    if footage not in shift(out).pieces:
        raise Conflict(
            "この映像は、この持ち出しの間に撮られたものではありません。",
            "This footage was not taken during this check-out.",
        )
    if ended <= begun:
        raise Conflict("終わりが始めより前です。", "The end is not after the beginning.")
