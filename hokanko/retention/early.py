"""Verbs that end one piece before its day: by hand, or asked for and decided."""

from __future__ import annotations

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.formats.certificate import BY_HAND, EXCEPTIONAL
from hokanko.people.models import Person
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.proof import cited, row_of
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.permit import Permit
from hokanko.rules.verb import verb


@verb("retention.erase_by_hand")
def erase_by_hand(footage: Footage, reason: str, person: Person, *, by: Actor) -> Erasure:
    """End one piece before its day by one's own decision; most rulebooks know no such operation.

    What is refused is written. What is granted is carried out by `erase.erase_now`.
    """
    permit = require(
        by, "retention.erase_by_hand", thing(footage), reason_missing=not reason.strip()
    )
    now = clock.now()
    case = ErasureCase.objects.create(
        org=footage.org,
        footage=footage,
        limb="hand",
        circumstances=reason,
        state="granted",
        asked_by=person,
        asked_at=now,
        decided_by=person,
        decided_at=now,
    )
    erasure = _single(footage, case, permit)
    permit.write(
        "retention.marked",
        about=f"erasure:{erasure.pk}",
        facts={"day": erasure.day.isoformat(), "footage": 1},
        private={"reason": reason},
    )
    return erasure


@verb("erasure.ask")
def ask_erasure(
    footage: Footage,
    *,
    limb: str,
    departed: str,
    asked_by_subject: str,
    circumstances: str,
    asker: Person,
    by: Actor,
) -> ErasureCase:
    """Ask for an exceptional erasure (第7 2(6)ただし書), by one of its two limbs."""
    permit = require(
        by,
        "erasure.ask",
        thing(footage),
        limb=limb,
        departed=bool(departed.strip()),
        asked_by_subject=bool(asked_by_subject.strip()),
        circumstances=bool(circumstances.strip()),
    )
    case = ErasureCase.objects.create(
        org=footage.org,
        footage=footage,
        limb=limb,
        departed=departed,
        asked_by_subject=asked_by_subject,
        circumstances=circumstances,
        asked_by=asker,
        asked_at=clock.now(),
    )
    permit.write(
        "erasure.asked",
        facts={"case": str(case.pk), "limb": limb},
        private={
            "departed": departed,
            "asked_by_subject": asked_by_subject,
            "circumstances": circumstances,
        },
    )
    return case


@verb("erasure.decide")
def grant_erasure(case: ErasureCase, decider: Person, *, by: Actor) -> Erasure:
    """Grant it: the footage's own key is then cut out and a certificate issued."""
    permit = require(by, "erasure.decide", thing(case.footage))
    _decide(case, decider, "granted")
    erasure = _single(case.footage, case, permit)
    permit.write("erasure.granted", facts={"case": str(case.pk), "limb": case.limb})
    return erasure


@verb("erasure.decide")
def decline_erasure(case: ErasureCase, decider: Person, *, by: Actor) -> None:
    """Decline it: the footage lives on to its day."""
    permit = require(by, "erasure.decide", thing(case.footage))
    _decide(case, decider, "declined")
    permit.write("erasure.declined", facts={"case": str(case.pk)})


def _decide(case: ErasureCase, decider: Person, state: str) -> None:
    changed = ErasureCase.objects.filter(pk=case.pk, state="asked").update(
        state=state, decided_by=decider, decided_at=clock.now()
    )
    if changed != 1:
        raise Conflict("この申請は、もう決裁されています。", "This case has been decided already.")
    case.refresh_from_db()


def _single(footage: Footage, case: ErasureCase, permit: Permit) -> Erasure:
    return Erasure.objects.create(
        org=footage.org,
        day=footage.key_day,
        single=footage,
        case=case,
        footage=[row_of(footage)],
        marked_at=clock.now(),
        clause=permit.clause or "",
        article=cited(permit),
        method=BY_HAND if case.limb == "hand" else EXCEPTIONAL,
    )
