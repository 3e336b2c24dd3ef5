"""Verbs of retention: the ends of footage, and the refusals to end or extend it otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.formats.certificate import BY_HAND, EXCEPTIONAL
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import HOME_THING, thing_of_org
from hokanko.retention.due import is_over
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.moving import move_to
from hokanko.retention.proof import certificate_of, cited, digest, method_of
from hokanko.retention.queries import is_owed
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.permit import Permit
from hokanko.rules.purpose import weigh
from hokanko.rules.verb import verb
from hokanko.timekeeping.queries import require_no_doubt
from hokanko.vault import fsck
from hokanko.vault.models import SealedObject

LONGEST = timedelta(days=366)  # software default: an extension has an end that one can see


@verb("retention.expire")
def mark(org: Organisation, day: date, *, by: Actor) -> Erasure:
    """Begin the end of a day: from here on none of its footage is held."""
    permit = require(by, "retention.expire", thing_of_org(org), over=is_over(day, clock.today()))
    if Erasure.objects.filter(org=org, day=day, single=None).exists():
        raise Conflict(f"{day} の消去は、もう始まっています。", f"The end of {day} has begun.")
    ending = list(Footage.objects.filter(org=org, last_day=day, state="held").order_by("number"))
    erasure = Erasure.objects.create(
        org=org,
        day=day,
        footage=[_named(f) for f in ending],
        marked_at=clock.now(),
        clause=permit.clause or "",
        article=cited(permit),
        method=method_of(org.pk),
    )
    permit.write(
        "retention.marked",
        about=f"erasure:{erasure.pk}",
        facts={
            "day": day.isoformat(),
            "footage": len(ending),
            "bytes": sum(f.bytes for f in ending),
        },
    )
    require_no_doubt()  # asked last: this very line may be the first after a leap
    return erasure


@verb("retention.expire")
def certify(erasure: Erasure, *, by: Actor) -> None:
    """Write that it is done, piece by piece, and what proves it. Keys and bytes are gone.

    Whoever carries it out, it rests on the clause on which it was begun.
    """
    permit = require(by, "retention.expire", thing_of_org(erasure.org), over=True)
    permit, now = replace(permit, clause=erasure.clause or None), clock.now()
    if Erasure.objects.filter(pk=erasure.pk, stage="unlinked").update(stage="certified") != 1:
        raise Conflict("この消去は、もう証明されています。", "This erasure is certified already.")
    erasure.certified_at, erasure.stage = now, "certified"
    certificate = certificate_of(erasure)
    ids = [row["id"] for row in erasure.footage]
    SealedObject.objects.filter(subject__in=ids).delete()
    gone = Footage.objects.filter(pk__in=ids, state="held")
    for footage in gone.select_related("org"):
        permit.write(
            "retention.erased",
            about=thing(footage).name,
            facts={"day": erasure.day.isoformat(), "method": certificate.method_ja},
        )
    gone.update(state="erased", erased_at=now)
    line = permit.write(
        "retention.erased",
        about=f"erasure:{erasure.pk}",
        facts={
            "day": erasure.day.isoformat(),
            "files": len(ids),
            "digest": digest(certificate),
            "bytes": sum(row["bytes"] for row in erasure.footage),
            "root_generation": erasure.root_generation,
            "method": certificate.method_ja,
        },
    )
    erasure.entry = line.id
    erasure.save()


@verb("retention.extend")
def extend(
    footage: Footage, until: date | None, reason: str, purposes: Sequence[str], *, by: Actor
) -> None:
    """Keep footage longer, where the rulebook has a route for it. Its key moves first."""
    weighed = weigh(footage.org_id, purposes, "")
    permit = require(
        by,
        "retention.extend",
        thing(footage),
        unfit_purpose=not purposes or weighed["unknown_purpose"],
        until_missing=until is None,
        reason_missing=not reason.strip(),
    )
    if until is None or not footage.last_day < until <= clock.today() + LONGEST:
        raise Conflict(
            "延ばす期限は、いまの末日より後で、きょうから一年以内の日にしてください。",
            "The new last day is later than the old one, and within a year from today.",
        )
    before = footage.last_day
    move_to(footage, until)
    permit.write(
        "retention.extended",
        facts={
            "before": before.isoformat(),
            "until": until.isoformat(),
            "purposes": list(purposes),
        },
        private={"reason": reason},
    )


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
        footage=[_named(footage)],
        marked_at=clock.now(),
        clause=permit.clause or "",
        article=cited(permit),
        method=BY_HAND if case.limb == "hand" else EXCEPTIONAL,
    )


def _named(footage: Footage) -> dict[str, str | int]:
    return {
        "id": str(footage.pk),
        "number": footage.number,
        "sha256": footage.sha256,
        "bytes": footage.bytes,
    }


@verb("fsck.mend")
def clear_stray(name: str, *, by: Actor) -> None:
    """Take a sealed file from the shelf that no row knows; a running transfer's is left alone."""
    permit = require(by, "fsck.mend", HOME_THING)
    if SealedObject.objects.filter(pk=name).exists() or is_owed(name):
        raise Conflict("この封印ファイルは使われています。", "This sealed file is in use.")
    fsck.clear(name)
    permit.write("fsck.mended", facts={"kind": "stray"})


@verb("fsck.mend")
def note_gone(footage: Footage, *, by: Actor) -> None:
    """Footage whose key died (a restored backup brought its row back) is written down as erased."""
    permit = require(by, "fsck.mend", HOME_THING)
    for kept in SealedObject.objects.filter(subject=str(footage.pk)):
        fsck.clear(kept.name)
        kept.delete()
    footage.state, footage.erased_at = "erased", clock.now()
    footage.save(update_fields=["state", "erased_at"])
    permit.write(
        "fsck.mended", org=footage.org_id, about=thing(footage).name, facts={"kind": "keyless"}
    )
