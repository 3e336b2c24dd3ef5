"""The end of footage, and the proof of it.

A lifecycle of steps, each of which may be repeated; a crash between any two is finished later:
mark (the rulebook is asked, the row says what will end) → destroy the key, in every place →
unlink bytes and derivatives → verify that reading fails → certificate and ledger line, in one
transaction. After the first step nothing can be read; after the second, from no backup either.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from hokanko import clock
from hokanko.errors import Conflict, Missing, Unavailable, Unsound
from hokanko.footage.models import Footage
from hokanko.keyring import keys
from hokanko.people.models import Organisation, Person
from hokanko.retention.actions import certify, mark
from hokanko.retention.due import is_over
from hokanko.retention.early import erase_by_hand, grant_erasure
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.retention.proof import certificate_path, publish_certificate, row_of
from hokanko.rules.actor import Actor, machine
from hokanko.timekeeping.jobs import watch
from hokanko.timekeeping.queries import require_no_doubt
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf


def erase_due(*, by: Actor) -> list[Erasure]:
    """End every day that is over, oldest first, after finishing what was begun before.

    Raises Unavailable, and ends nothing, while the clock is in doubt.
    """
    watch()
    require_no_doubt()
    for org, day in days_over():
        with suppress(Conflict):  # another process was quicker
            mark(org, day, by=by)
    done, late = [], None
    for erasure in unfinished():
        try:
            done.append(finish(erasure, by=by))
        except Conflict:  # another process walks it
            continue
        except Unavailable as away:  # the others do not wait for it
            late = late or away
    if late is not None:
        raise late
    return done


def unfinished() -> list[Erasure]:
    """Erasures that have begun and whose certificate is not published yet, or is lost."""
    rows = Erasure.objects.select_related("org", "single", "case__decided_by")
    begun = rows.exclude(stage="certified", certificate__gt="")
    certified = rows.filter(stage="certified", certificate__gt="")
    lost = [e for e in certified.defer("certificate") if not certificate_path(e).exists()]
    return sorted([*begun, *lost], key=lambda erasure: (erasure.marked_at, erasure.day))


def finish(erasure: Erasure, *, by: Actor) -> Erasure:
    """Walk the remaining steps; the certificate is written again where its file is lost.

    Raises Unavailable while a key's second place is out of reach, and Conflict when another
    process walks the same steps.
    """
    if erasure.stage == "marked":
        _add_late(erasure)
        _destroy_key(erasure)
    if erasure.stage == "key-dead":
        _unlink(erasure)
    if erasure.stage == "unlinked":
        _verify_gone(erasure)
        certify(erasure, by=by)
    publish_certificate(erasure)
    return erasure


def carry_out(
    case: ErasureCase, decider: Person, *, confirmed: bool, reason: str, by: Actor
) -> Erasure:
    """Grant an exceptional erasure and walk its steps at once, to the certificate.

    The deciding is the person's, the erasing the management PC's. What stops half-way is
    finished by the night's sweep.
    """
    erasure = grant_erasure(case, decider, confirmed=confirmed, reason=reason, by=by)
    return finish(erasure, by=machine("retention", erasure.org_id))


def erase_now(footage: Footage, reason: str, person: Person, *, by: Actor) -> Erasure:
    """Erase one piece by hand, where the rulebook lets somebody, and walk its steps at once."""
    erasure = erase_by_hand(footage, reason, person, by=by)
    return finish(erasure, by=machine("retention", erasure.org_id))


def days_over() -> list[tuple[Organisation, date]]:
    """Days that are over and whose end has not begun, oldest first."""
    today = clock.today()
    over = Footage.objects.filter(state="held", last_day__lt=today).values_list("org", "last_day")
    marked = set(Erasure.objects.filter(single=None).values_list("org_id", "day"))
    due = sorted(set(over) - marked, key=lambda pair: (pair[1], pair[0]))
    orgs = Organisation.objects.select_related("parent").in_bulk()
    return [(orgs[code], day) for code, day in due]


def _add_late(erasure: Erasure) -> None:
    """What was filed after the mark, its last day over by then, ends with the others."""
    known = [row["id"] for row in erasure.footage]
    late = Footage.objects.filter(org=erasure.org, last_day=erasure.day, state="held")
    rows = [row_of(piece) for piece in late.exclude(pk__in=known).order_by("number")]
    if rows and erasure.single_id is None:
        erasure.footage = [*erasure.footage, *rows]
        Erasure.objects.filter(pk=erasure.pk, stage="marked").update(footage=erasure.footage)


def _destroy_key(erasure: Erasure) -> None:
    """After a crash it may be dead already: then with the generation given, or before it."""
    ring, org, day = keys.keyring(), erasure.org_id, erasure.day
    if erasure.single_id is not None:
        generation = ring.puncture(org, day, str(erasure.single_id))
    else:
        _require_over(day)
        ending = [row["id"] for row in erasure.footage]
        living, apart = _living_beyond(erasure), _apart(erasure)
        generation = ring.destroy(org, day, living=living, ending=ending, apart=apart)
    _step(erasure, "key-dead", root_generation=generation, key_dead_at=clock.now())


def _require_over(day: date) -> None:
    """What a wrong clock has marked waits for the day itself to end (I7)."""
    require_no_doubt()
    if not is_over(day, clock.today()):
        raise Unavailable(
            f"{day} はまだ終わっていません。この日の消去は、終わってから続けます。",
            f"{day} is not over yet: its erasure goes on when it is.",
        )


def _living_beyond(erasure: Erasure) -> list[str]:
    """Footage that came in under this day's key and lives on under a later one."""
    ending = {row["id"] for row in erasure.footage}
    rows = Footage.objects.filter(org=erasure.org, key_day=erasure.day, state="held")
    return [str(key) for key in rows.values_list("pk", flat=True) if str(key) not in ending]


def _apart(erasure: Erasure) -> list[tuple[str, date]]:
    """What ends on this day although its key grew in a later day's tree, with that day."""
    rows = _ending(erasure).filter(key_day__gt=erasure.day).values_list("pk", "key_day")
    return [(str(key), day) for key, day in rows]


def _ending(erasure: Erasure) -> QuerySet[Footage]:
    return Footage.objects.filter(pk__in=[row["id"] for row in erasure.footage])


def _unlink(erasure: Erasure) -> None:
    for thing in _objects(erasure):
        shelf().remove(thing.name)
    _step(erasure, "unlinked")


def _verify_gone(erasure: Erasure) -> None:
    """Try to read: a key that still opens, or bytes still there, stop the certificate."""
    ring = keys.keyring()
    for footage in _ending(erasure):
        if ring.opens(erasure.org_id, footage.key_day, str(footage.pk)):
            raise Unsound(
                f"{footage.number} の鍵がまだ生きています。",
                f"The key of {footage.number} still lives.",
                mend_ja="hokanko fsck --repair を実行してください。",
                mend_en="Run hokanko fsck --repair.",
            )
    left = sorted(thing.name for thing in _objects(erasure) if _on_shelf(thing))
    if left:
        raise Unsound(f"封印ファイルが残っています: {left}", f"Sealed files are left: {left}")


def _on_shelf(thing: SealedObject) -> bool:
    try:
        with shelf().open(thing.name):
            return True
    except Missing:
        return False


def _objects(erasure: Erasure) -> list[SealedObject]:
    subjects = [str(UUID(row["id"])) for row in erasure.footage]
    return list(SealedObject.objects.filter(subject__in=subjects))


def _step(erasure: Erasure, stage: str, **changes: object) -> None:
    rows = Erasure.objects.filter(pk=erasure.pk, stage=erasure.stage)
    if rows.update(stage=stage, **changes) != 1:
        raise Conflict(
            "この消去は、別の処理が進めています。", "Another process is carrying this erasure on."
        )
    erasure.stage = stage
    for name, value in changes.items():
        setattr(erasure, name, value)
