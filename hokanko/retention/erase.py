"""The end of footage, and the proof of it.

A lifecycle of steps, each of which may be repeated; a crash between any two is finished later:
mark (the rulebook is asked, the row says what will end) → destroy the key, in every place →
unlink bytes and derivatives → verify that reading fails → certificate and ledger line, in one
transaction. After the first step nothing can be read; after the second, from no backup either.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hokanko import clock
from hokanko.errors import Missing, Unsound
from hokanko.footage.models import Footage
from hokanko.keyring import keys
from hokanko.people.models import Organisation, Person
from hokanko.retention.actions import certify, grant_erasure, mark
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.proof import publish_certificate
from hokanko.rules.actor import Actor, machine
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf


def erase_due(*, by: Actor) -> list[Erasure]:
    """End every day that is over, oldest first, after finishing what was begun before."""
    for org, day in days_over():
        mark(org, day, by=by)
    return [finish(erasure, by=by) for erasure in unfinished()]


def unfinished() -> list[Erasure]:
    """Erasures that have begun and whose certificate is not published yet."""
    rows = Erasure.objects.exclude(stage="certified", certificate__gt="")
    return list(rows.select_related("org", "single", "case__decided_by").order_by("marked_at"))


def finish(erasure: Erasure, *, by: Actor) -> Erasure:
    """Walk the remaining steps. Raises Unavailable while a key's second place is out of reach."""
    if erasure.stage == "marked":
        _destroy_key(erasure)
    if erasure.stage == "key-dead":
        _unlink(erasure)
    if erasure.stage == "unlinked":
        _verify_gone(erasure)
        certify(erasure, by=by)
    if not erasure.certificate:
        publish_certificate(erasure)
    return erasure


def carry_out(case: ErasureCase, decider: Person, *, by: Actor) -> Erasure:
    """Grant an exceptional erasure and walk its steps at once, to the certificate.

    The deciding is the person's, the erasing the management PC's. What stops half-way is
    finished by the night's sweep.
    """
    erasure = grant_erasure(case, decider, by=by)
    return finish(erasure, by=machine("retention", erasure.org_id))


def days_over() -> list[tuple[Organisation, date]]:
    """Days that are over and whose end has not begun, oldest first."""
    today = clock.today()
    over = Footage.objects.filter(state="held", last_day__lt=today).values_list("org", "last_day")
    marked = set(Erasure.objects.filter(single=None).values_list("org_id", "day"))
    due = sorted(set(over) - marked, key=lambda pair: (pair[1], pair[0]))
    orgs = Organisation.objects.select_related("parent").in_bulk()
    return [(orgs[code], day) for code, day in due]


def _destroy_key(erasure: Erasure) -> None:
    ring = keys.keyring()
    if erasure.single is not None:
        generation = ring.puncture(erasure.org_id, erasure.day, str(erasure.single_id))
    elif ring.has_day(erasure.org_id, erasure.day):
        generation = ring.destroy(erasure.org_id, erasure.day, living=_living_beyond(erasure))
    else:  # the crash came after the key had died
        generation = ring.ring().generation - 1
    ring.settle()
    _step(erasure, "key-dead", root_generation=generation, key_dead_at=clock.now())


def _living_beyond(erasure: Erasure) -> list[str]:
    """Footage that came in under this day's key and lives on under a later one."""
    ending = {row["id"] for row in erasure.footage}
    rows = Footage.objects.filter(org=erasure.org, key_day=erasure.day, state="held")
    return [str(key) for key in rows.values_list("pk", flat=True) if str(key) not in ending]


def _unlink(erasure: Erasure) -> None:
    for thing in _objects(erasure):
        shelf().remove(thing.name)
    _step(erasure, "unlinked")


def _verify_gone(erasure: Erasure) -> None:
    """Try to read: a key that still opens, or bytes still there, stop the certificate."""
    ring = keys.keyring()
    for row in erasure.footage:
        try:
            ring.file_key(erasure.org_id, erasure.day, row["id"])
        except Missing:
            continue
        raise Unsound(
            f"{row['number']} の鍵がまだ生きています。",
            f"The key of {row['number']} still lives.",
            mend_ja="hokanko fsck --repair を実行してください。",
            mend_en="Run hokanko fsck --repair.",
        )
    left = set(shelf().names()) & {thing.name for thing in _objects(erasure)}
    if left:
        raise Unsound(
            f"封印ファイルが残っています: {sorted(left)}", f"Sealed files are left: {sorted(left)}"
        )


def _objects(erasure: Erasure) -> list[SealedObject]:
    subjects = [str(UUID(row["id"])) for row in erasure.footage]
    return list(SealedObject.objects.filter(subject__in=subjects))


def _step(erasure: Erasure, stage: str, **changes: object) -> None:
    erasure.stage = stage
    for name, value in changes.items():
        setattr(erasure, name, value)
    erasure.save(update_fields=["stage", *changes])
