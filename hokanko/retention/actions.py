"""Verbs of retention: the ends of footage, and the refusals to end or extend it otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hokanko import clock
from hokanko.casebook.actions import open_incident
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.people.models import Organisation
from hokanko.people.queries import thing_of_org
from hokanko.retention.due import is_over
from hokanko.retention.models import Erasure
from hokanko.retention.moving import move_to
from hokanko.retention.proof import certificate_of, cited, digest, method_of, row_of
from hokanko.retention.queries import days_late
from hokanko.rules.actor import Actor, machine
from hokanko.rules.decide import require
from hokanko.rules.purpose import weigh
from hokanko.rules.verb import verb
from hokanko.timekeeping.queries import require_no_doubt
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
        footage=[row_of(f) for f in ending],
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
    _tell_late(erasure)


def _tell_late(erasure: Erasure) -> None:
    """An erasure more than a day late is an incident; one that stands open speaks for all."""
    days, org = days_late(erasure), erasure.org
    if days:
        day = erasure.day.isoformat()
        story = f"{day} に終わった映像の消去が {days}日 遅れました（消去証明書 {org.pk}-{day}）。"
        open_incident(
            org, fact="late", which="erasure", story=story, by=machine("retention", org.pk)
        )


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
        range_missing=False,
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
