"""Verbs of intake: a transfer begins, becomes footage, is looked into, settled, released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hokanko import clock
from hokanko.cameras.queries import camera as find_camera
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import next_number, thing
from hokanko.intake.facts import (
    AFTER_END,
    CLOCK_OFF,
    STATED,
    Seen,
    known_capture,
    stated_capture,
    told_capture,
)
from hokanko.intake.models import Arrival
from hokanko.intake.sources import Source
from hokanko.jobs.process import me
from hokanko.jobs.queue import put_off
from hokanko.keyring.disk import sync_folder
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.retention.moving import TOO_OLD, count_again, first_day
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, has_ended, require
from hokanko.rules.marking import highest_class
from hokanko.rules.verb import verb
from hokanko.vault.models import SealedObject


@verb("intake.take_in")
def begin(
    org: Organisation,
    number: str,
    source: Source,
    *,
    confidentiality: int | None = None,
    by: Actor,
) -> Arrival:
    """Admit a transfer from a registered camera; the last day that its key may see is fixed here.

    `confidentiality` is the class (機密性) that the sender states, where the rulebook has classes.
    """
    camera, highest = find_camera(org.pk, number), highest_class(org.pk)
    taken = known_capture(source.origin)
    permit = require(
        by,
        "intake.take_in",
        thing_of_org(org),
        known_camera=camera is not None,
        class_too_high=highest is not None and (confidentiality or highest) > highest,
        after_end=taken is not None and has_ended(org.pk, clock.day_of(taken)),
    )
    assert camera is not None, "an unknown camera was refused"
    now = clock.now()
    arrival = Arrival.objects.create(
        org=org,
        camera=camera,
        source=source.name,
        bytes_total=source.size,
        begun_at=now,
        origin=source.origin,
        worker=me(),
        key_day=first_day(org.pk, now, stated_capture(source.origin)),
    )
    permit.write(
        "intake.begun",
        about=f"footage:{arrival.pk}",
        facts={"source": source.name, "origin": source.origin},
    )
    return arrival


@verb("intake.file")
def file(arrival: Arrival, sealed: SealedObject, *, by: Actor) -> Footage:
    """Make the footage (映像ファイル) of a sealed and verified copy."""
    org = arrival.org
    permit = require(by, "intake.file", thing_of_org(org))
    sealed.save(force_insert=True)
    captured, captured_by = told_capture(arrival.origin)
    footage = Footage.objects.create(
        id=arrival.pk,
        number=next_number(org.pk, clock.day_of(arrival.begun_at)),
        org=org,
        camera=arrival.camera,
        source=arrival.source,
        sha256=sealed.sha256,
        bytes=sealed.plain_bytes,
        created=arrival.begun_at,
        last_day=arrival.key_day,
        key_day=arrival.key_day,
        edition=adopted_book(org.pk).fingerprint,
        origin=arrival.origin,
        captured=captured,
        captured_by=captured_by,
    )
    _end(arrival, "filed")
    permit.write(
        "intake.taken_in",
        about=thing(footage).name,
        facts={
            "number": footage.number,
            "camera": footage.camera.number,
            "sha256": footage.sha256,
            "bytes": footage.bytes,
            "created": clock.iso(footage.created),
            "last_day": footage.last_day.isoformat(),
            "origin": footage.origin,
            "edition": footage.edition,
        },
    )
    put_off("intake.examine", key=f"examine:{footage.pk}", footage=str(footage.pk))
    return footage


@verb("intake.file")
def find_again(arrival: Arrival, footage: Footage, *, by: Actor) -> Footage:
    """The same bytes of the same camera are here already: nothing is filed twice."""
    permit = require(by, "intake.file", thing_of_org(arrival.org))
    _end(arrival, "again")
    permit.write(
        "intake.found_again",
        about=thing(footage).name,
        facts={"sha256": footage.sha256, "origin": arrival.origin},
    )
    return footage


@verb("intake.give_up")
def give_up(arrival: Arrival, why: str, *, by: Actor) -> None:
    """Close a transfer that broke off; the camera still has its footage."""
    permit = require(by, "intake.give_up", thing_of_org(arrival.org))
    arrival.note = why
    _end(arrival, "broken")
    permit.write(
        "intake.broken",
        about=f"footage:{arrival.pk}",
        facts={"origin": arrival.origin, "reason": why},
    )


@verb("intake.examine")
def note_facts(footage: Footage, seen: Seen, *, by: Actor) -> None:
    """Bind what was found inside to the footage: capture time with its source, wearer, faults."""
    permit = require(by, "intake.examine", thing(footage))
    footage.facts, footage.flags = seen.facts, list(seen.flags)
    footage.captured, footage.captured_by = seen.captured, seen.captured_by
    footage.duration_ms, footage.wearer = seen.duration_ms, seen.wearer
    footage.save(
        update_fields=[
            "facts",
            "flags",
            "captured",
            "captured_by",
            "duration_ms",
            "wearer",
        ]
    )
    permit.write(
        "intake.examined",
        facts={
            "flags": list(seen.flags),
            "captured_by": seen.captured_by,
            "captured": clock.iso(seen.captured) if seen.captured else None,
            "duration_ms": seen.duration_ms,
            "wearer": str(seen.wearer.pk) if seen.wearer else None,
            "jail": list(seen.facts.get("jail", [])),
        },
    )
    count_again(footage, permit)


@verb("intake.settle")
def settle(
    footage: Footage, *, captured: datetime | None, wearer: Person | None, reason: str, by: Actor
) -> None:
    """State the capture time or the wearer where the file does not say; the file is untouched."""
    permit = require(by, "intake.settle", thing(footage))
    if not reason.strip():
        raise Conflict("確定の理由を書いてください。", "State the reason.")
    settled = set()
    if captured is not None:
        footage.captured, footage.captured_by = captured, STATED
        settled |= {"no-capture-time", "capture-time-ahead", TOO_OLD, CLOCK_OFF}
        if not has_ended(footage.org_id, clock.day_of(captured)):
            settled.add(AFTER_END)
    if wearer is not None:
        footage.wearer = wearer
        settled |= {"no-wearer", "unknown-card"}
    footage.flags = [flag for flag in footage.flags if flag not in settled]
    footage.save(update_fields=["captured", "captured_by", "wearer", "flags"])
    permit.write(
        "intake.settled",
        facts={
            "captured": clock.iso(captured) if captured else None,
            "wearer": str(wearer.pk) if wearer else None,
        },
        private={"reason": reason},
    )
    if captured is not None:
        count_again(footage, permit)


@verb("intake.release")
def release(footage: Footage, path: Path, *, unlink: Callable[[Path], None], by: Actor) -> None:
    """Let the camera's copy go: only after the sealed copy was read back and compared (I5)."""
    verified = SealedObject.objects.filter(subject=footage.pk, sha256=footage.sha256).exists()
    permit = require(by, "intake.release", thing(footage), verified=verified)
    unlink(path)
    sync_folder(path.parent)
    footage.released_at = clock.now()
    footage.save(update_fields=["released_at"])
    Arrival.objects.filter(pk=footage.pk).update(note="")  # nothing is being let go any more
    permit.write("intake.released", facts={"origin": footage.origin})


def _end(arrival: Arrival, state: str) -> None:
    """Close an arrival once: two workers on the same one is a fault, not a race to win."""
    changed = Arrival.objects.filter(pk=arrival.pk, state="copying").update(
        state=state, note=arrival.note, ended_at=clock.now()
    )
    if changed != 1:
        raise Conflict("この取込みは、もう終わっています。", "This transfer has ended already.")
