"""Verbs that end one piece before its day: by hand, or asked for and decided."""

from __future__ import annotations

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.formats.certificate import BY_HAND, EXCEPTIONAL
from hokanko.people.models import Person
from hokanko.retention.asking import Request, require_sense
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.proof import cited, row_of
from hokanko.retention.texts import Said, seal_said, seal_word
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
    case = ErasureCase(
        org=footage.org,
        footage=footage,
        limb="hand",
        state="granted",
        asked_by=person,
        asked_at=now,
        decided_by=person,
        decided_at=now,
    )
    case.said = seal_said(case, Said(circumstances=reason))
    case.save()
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
    footage: Footage, *, limb: str, request: Request, asker: Person, by: Actor
) -> ErasureCase:
    """Ask for an exceptional erasure (第7 2(6)ただし書), by one of its two limbs."""
    said = request.said
    permit = require(
        by,
        "erasure.ask",
        thing(footage),
        limb=limb,
        segment=bool(request.departs and request.begun and request.ended),
        departed=bool(said.departed.strip()),
        asked_by_subject=bool(said.asked_by_subject.strip() and request.subject_asked_on),
        identified=bool(said.identified.strip()),
        circumstances=bool(said.circumstances.strip()),
        needs_stated=bool(said.needs.strip()),
    )
    require_sense(footage, request)
    case = ErasureCase(
        org=footage.org,
        footage=footage,
        limb=limb,
        departs=request.departs,
        begun=request.begun,
        ended=request.ended,
        subject_asked_on=request.subject_asked_on,
        asked_by=asker,
        asked_at=clock.now(),
    )
    case.said = seal_said(case, said)
    case.save()
    on = request.subject_asked_on
    permit.write(
        "erasure.asked",
        facts={
            "case": str(case.pk),
            "limb": limb,
            "departs": request.departs,
            "subject_asked_on": on.isoformat() if on else "",
        },
        private=said.told(),
    )
    return case


@verb("erasure.second")
def second_erasure(case: ErasureCase, text: str, person: Person, *, by: Actor) -> None:
    """Somebody else of the unit has checked what the request states; headquarters see no footage.

    Raises Conflict for a request that was checked or decided already.
    """
    own = by.id == str(case.asked_by_id)
    permit = require(by, "erasure.second", thing(case.footage), own=own)
    if not text.strip():
        raise Conflict("何をどう確かめたかを書いてください。", "Write what was checked, and how.")
    changed = ErasureCase.objects.filter(pk=case.pk, state="asked", seconded_by=None).update(
        second=seal_word(case, "second", text.strip()), seconded_by=person, seconded_at=clock.now()
    )
    if changed != 1:
        raise Conflict(
            "この申請は、もう確かめられたか、決裁されています。",
            "This request has been checked or decided already.",
        )
    case.refresh_from_db()
    permit.write("erasure.seconded", facts={"case": str(case.pk)}, private={"text": text.strip()})


@verb("erasure.decide")
def grant_erasure(
    case: ErasureCase, decider: Person, *, confirmed: bool, reason: str, by: Actor
) -> Erasure:
    """Grant it: the footage's own key is then cut out and a certificate issued.

    `confirmed`: the decider has found what the limb asks for, of the first limb both conditions.
    """
    told = _weigh(case, by) | {"confirmed": confirmed, "reason_missing": not reason.strip()}
    permit = require(by, "erasure.decide", thing(case.footage), granting=True, **told)
    _decide(case, decider, "granted", reason)
    erasure = _single(case.footage, case, permit)
    permit.write(
        "erasure.granted",
        facts={"case": str(case.pk), "limb": case.limb},
        private={"reason": reason.strip()},
    )
    return erasure


@verb("erasure.decide")
def decline_erasure(case: ErasureCase, decider: Person, *, reason: str, by: Actor) -> None:
    """Decline it: the footage lives on to its day."""
    told = _weigh(case, by) | {"confirmed": False, "reason_missing": not reason.strip()}
    permit = require(by, "erasure.decide", thing(case.footage), granting=False, **told)
    _decide(case, decider, "declined", reason)
    permit.write(
        "erasure.declined", facts={"case": str(case.pk)}, private={"reason": reason.strip()}
    )


def _weigh(case: ErasureCase, by: Actor) -> dict[str, object]:
    """What the law is told of a request and of who decides it."""
    case.refresh_from_db()  # in its turn: somebody may just have checked it
    return {
        "limb": case.limb,
        "own": by.id in {str(case.asked_by_id), str(case.seconded_by_id)},
        "seconded": case.seconded_by_id is not None,
    }


def _decide(case: ErasureCase, decider: Person, state: str, reason: str) -> None:
    changed = ErasureCase.objects.filter(pk=case.pk, state="asked").update(
        state=state,
        decided_by=decider,
        decided_at=clock.now(),
        decision=seal_word(case, "decision", reason.strip()),
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
