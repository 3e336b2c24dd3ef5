"""Verbs of what leaves custody: asked once more, pictures kept, handed over, or only shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.formats.canon import JSON
from hokanko.formats.package import MediaFile
from hokanko.ledger.append import Line
from hokanko.people.models import Person
from hokanko.provision.choosing import chosen_of, insist_held
from hokanko.provision.form import SHOW, STILL
from hokanko.provision.media import insist_back, issue
from hokanko.provision.models import Provision
from hokanko.provision.protecting import insist_protected
from hokanko.provision.queries import thing
from hokanko.provision.stages import move_on
from hokanko.provision.taker import Taker, handing, insist_kind_only, taken
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject


@verb("provision.hand_over")
def prepare(
    provision: Provision,
    taker: Taker,
    delivering: Sequence[str],
    medium: str = "",
    protected: str = "",
    *,
    by: Actor,
) -> None:
    """Ask before the first byte leaves: is it granted, entered, his, and in the form asked for?

    Raises Conflict where the medium is still out, more of a document is noted than its kind, or
    others are seen and nobody says how they are `protected`.
    """
    permit = require(
        by, "provision.hand_over", thing(provision), **handing(provision, taker, delivering)
    )
    insist_held(chosen_of(provision))
    insist_kind_only(taker.identity)
    insist_back(provision.org_id, medium)
    insist_protected(provision, delivering, protected)
    permit.write("provision.prepared", facts={"number": provision.number})


@verb("provision.hand_over")
def hand_over(
    provision: Provision,
    hander: Person,
    taker: Taker,
    *,
    delivering: Sequence[str],
    medium: str,
    media: Sequence[MediaFile] = (),
    manifest_sha256: str,
    at: datetime,
    protected: str = "",
    by: Actor,
) -> Line:
    """Write that it was handed over; the line carries the manifest's hash (I8)."""
    permit = require(
        by, "provision.hand_over", thing(provision), **handing(provision, taker, delivering)
    )
    insist_protected(provision, delivering, protected)
    line = permit.write(
        "provision.handed",
        facts={
            "number": provision.number,
            "manifest_sha256": manifest_sha256,
            "footage": [f.footage.number for f in provision.files.select_related("footage")],
            "medium": medium,
            "delivered": list(delivering),
            "night": provision.night,
        },
        private=_private(taker, protected),
    )
    move_on(
        provision,
        ("entered",),
        handed_at=at,
        medium=medium,
        handing_entry=line.id,
        manifest_sha256=manifest_sha256,
        **_done(provision, hander, taker, taken(taker, delivering, protected)),
    )
    issue(provision, taker, delivering, medium, media, permit)
    for file in provision.files.select_related("footage__org"):
        permit.write(
            "provision.handed",
            about=footage_thing(file.footage).name,
            facts={"number": provision.number, "medium": medium, "delivered": list(delivering)},
        )
    return line


@verb("provision.hand_over")
def write_shown(provision: Provision, hander: Person, taker: Taker, *, by: Actor) -> Line:
    """Write that it was shown at the desk, and nothing given away (ward-6.2-record)."""
    permit = require(
        by, "provision.hand_over", thing(provision), **handing(provision, taker, [SHOW])
    )
    insist_held(chosen_of(provision))
    line = permit.write(
        "provision.shown",
        facts={
            "number": provision.number,
            "footage": [f.footage.number for f in provision.files.select_related("footage")],
        },
        private=_private(taker),
    )
    move_on(
        provision,
        ("entered",),
        handed_at=clock.now(),
        handing_entry=line.id,
        **_done(provision, hander, taker, taken(taker, [SHOW])),
    )
    for file in provision.files.select_related("footage__org"):
        told = {"number": provision.number}
        permit.write("provision.shown", about=footage_thing(file.footage).name, facts=told)
    return line


@verb("provision.hand_over")
def keep_still(
    provision: Provision,
    footage: Footage,
    original: SealedObject,
    image: bytes,
    at_ms: int,
    *,
    taker: Taker,
    by: Actor,
) -> SealedObject:
    """Seal a picture taken for this request; it names its parent and dies with it (I3, I4)."""
    permit = require(
        by,
        "provision.hand_over",
        thing(provision),
        **handing(provision, taker, [STILL]),
    )
    role = f"still-{at_ms}"
    kept = SealedObject.objects.filter(subject=str(footage.pk), role=role).first()
    if kept is not None:
        return kept
    still = cabinet.put(
        BytesIO(image).readinto,
        org=footage.org_id,
        key_day=footage.key_day,
        subject=str(footage.pk),
        role=role,
        parent=original.name,
        operation=f"picture shown at {at_ms} ms, unretouched",
    )
    still.save(force_insert=True)
    permit.write(
        "provision.pictured",
        about=footage_thing(footage).name,
        facts={"number": provision.number, "at_ms": at_ms, "sha256": still.sha256},
    )
    return still


def _private(taker: Taker, protected: str = "") -> dict[str, str]:
    told = {"receiver": taker.label, "identity": taker.identity, "protected": protected.strip()}
    return {key: value for key, value in told.items() if value}


def _done(
    provision: Provision, hander: Person, taker: Taker, took: dict[str, JSON]
) -> dict[str, object]:
    """The columns of a request that is done."""
    return {
        "state": "handed",
        "handed_by": hander,
        "identity": taker.identity,
        "undertaking_on": taker.undertaking_on,
        "details": provision.details | took,
    }
