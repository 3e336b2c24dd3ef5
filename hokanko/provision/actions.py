"""Verbs of provision: ask, decide, enter, prepare, hand over, report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.formats.canon import JSON
from hokanko.ledger.append import Line, append
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org
from hokanko.provision.models import Provision, ProvisionFile
from hokanko.provision.queries import next_number, thing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, require
from hokanko.rules.duty import is_night, report_due
from hokanko.rules.purpose import weigh
from hokanko.rules.verb import verb
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject

STILL, MEDIUM = "still", "medium"


@dataclass(frozen=True, slots=True)
class Form:
    """The 映像ファイル提供依頼書 as filled in, in the seed's order of fields."""

    outline: str
    happened_from: datetime
    happened_until: datetime
    wearer: Person | None
    wants: Sequence[str]
    purposes: Sequence[str]
    purpose_note: str
    telephone: str
    remarks: str = ""


Wanted = Iterable[tuple[Footage, Sequence[int]]]  # footage, positions of stills in ms


@verb("provision.ask")
def ask(
    org: Organisation, form: Form, requester: Person, files: Wanted = (), *, by: Actor
) -> Provision:
    """Submit the form. Files may be proposed; the receiving unit settles them."""
    empty = [
        name
        for name, value in (
            ("outline", form.outline.strip()),
            ("wearer", form.wearer),
            ("telephone", form.telephone.strip()),
        )
        if not value
    ]
    permit = require(
        by,
        "provision.ask",
        thing_of_org(org),
        **weigh(org.pk, form.purposes, form.purpose_note),
        nothing_wanted=not set(form.wants) & {STILL, MEDIUM},
        empty_fields=empty,
        times_reversed=form.happened_until < form.happened_from,
    )
    assert form.wearer is not None, "a form without a wearer was refused"
    now = clock.now()
    provision = Provision.objects.create(
        number=next_number(org.pk, now),
        org=org,
        submitted_at=now,
        outline=form.outline,
        happened_from=form.happened_from,
        happened_until=form.happened_until,
        wearer=form.wearer,
        wants=list(form.wants),
        purposes=list(form.purposes),
        purpose_note=form.purpose_note,
        requester=requester,
        telephone=form.telephone,
        remarks=form.remarks,
    )
    _choose(provision, files)
    _line(
        "provision.asked",
        provision,
        permit.clause,
        by,
        purposes=list(form.purposes),
        wants=list(form.wants),
        footage=[f.footage.number for f in provision.files.all()],
        private={"outline": form.outline, "requester": requester.name},
    )
    _tell_footage("provision.asked", provision, permit.clause, by)
    return provision


@verb("provision.decide")
def grant(
    provision: Provision, decider: Person, ground: str, ground_note: str = "", *, by: Actor
) -> None:
    """Grant it on one of the closed grounds; in night duty as the manager's substitute."""
    now = clock.now()
    night = is_night(provision.org_id, now)
    known = {g.id: g for g in adopted_book(provision.org_id).grounds}
    missing = ground in known and known[ground].needs_text and not ground_note.strip()
    permit = require(
        by,
        "provision.decide",
        thing(provision),
        night=night,
        granting=True,
        ground_missing=ground not in known,
        ground_text_missing=missing,
    )
    substitute = permit.clause == "police-7.2.4-night"
    _change(
        provision,
        ("asked",),
        state="approved",
        decided_by=decider,
        decided_at=now,
        ground=ground,
        ground_note=ground_note,
        night=substitute,
        report_due=report_due(provision.org_id, now) if substitute else None,
    )
    _line(
        "provision.decided",
        provision,
        permit.clause,
        by,
        ground=ground,
        night=substitute,
        private={"ground_note": ground_note},
    )


@verb("provision.decide")
def decline(provision: Provision, decider: Person, *, by: Actor) -> None:
    """Do not grant it."""
    now = clock.now()
    permit = require(
        by,
        "provision.decide",
        thing(provision),
        night=is_night(provision.org_id, now),
        granting=False,
        ground_missing=True,
        ground_text_missing=False,
    )
    night = permit.clause == "police-7.2.4-night"
    _change(
        provision, ("asked",), state="declined", decided_by=decider, decided_at=now, night=night
    )
    _line("provision.declined", provision, permit.clause, by, night=night)


@verb("provision.enter")
def enter(provision: Provision, clerk: Person, files: Wanted | None = None, *, by: Actor) -> None:
    """Enter the request into the application (専用アプリへの入力), with the files by number."""
    own = provision.requester_id == clerk.pk
    permit = require(by, "provision.enter", thing(provision), own=own)
    if files is not None:
        provision.files.all().delete()
        _choose(provision, files)
    if not provision.files.exists():
        raise Conflict(
            "映像ファイル番号を一つ以上選んでください。",
            "Choose at least one piece of footage.",
            mend_ja="カメラ装着警察官と日時から候補が出ます。",
            mend_en="Candidates follow from the form.",
        )
    _change(provision, ("approved",), state="entered", entered_by=clerk, entered_at=clock.now())
    _line("provision.entered", provision, permit.clause, by)
    _tell_footage("provision.entered", provision, permit.clause, by)


@verb("provision.hand_over")
def prepare(
    provision: Provision, receiver: Person, delivering: Sequence[str], *, by: Actor
) -> None:
    """Ask before the first byte leaves: is it granted, entered, his, and in the form asked for?"""
    permit = require(
        by, "provision.hand_over", thing(provision), **_handing(provision, receiver, delivering)
    )
    _require_held(provision)
    _line("provision.prepared", provision, permit.clause, by)


@verb("provision.hand_over")
def hand_over(
    provision: Provision,
    hander: Person,
    receiver: Person,
    *,
    delivering: Sequence[str],
    medium: str,
    manifest_sha256: str,
    at: datetime,
    by: Actor,
) -> Line:
    """Write that it was handed over; the line carries the manifest's hash (I8, STYLE trap 4)."""
    permit = require(
        by, "provision.hand_over", thing(provision), **_handing(provision, receiver, delivering)
    )
    line = _line(
        "provision.handed",
        provision,
        permit.clause,
        by,
        manifest_sha256=manifest_sha256,
        footage=[f.footage.number for f in provision.files.select_related("footage")],
        medium=medium,
        delivered=list(delivering),
        night=provision.night,
        private={"receiver": receiver.name},
    )
    _change(
        provision,
        ("entered",),
        state="handed",
        handed_by=hander,
        handed_at=at,
        medium=medium,
        handing_entry=line.id,
        manifest_sha256=manifest_sha256,
    )
    for file in provision.files.select_related("footage__org"):
        append(
            "provision.handed",
            by=by,
            org=provision.org_id,
            about=footage_thing(file.footage).name,
            clause=permit.clause,
            facts={"number": provision.number, "medium": medium, "delivered": list(delivering)},
        )
    return line


@verb("provision.hand_over")
def keep_still(
    provision: Provision,
    footage: Footage,
    original: SealedObject,
    image: bytes,
    at_ms: int,
    *,
    by: Actor,
) -> SealedObject:
    """Seal a picture taken for this request; it names its parent and dies with it (I3, I4)."""
    permit = require(
        by,
        "provision.hand_over",
        thing(provision),
        **_handing(provision, provision.requester, [STILL]),
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
    append(
        "provision.pictured",
        by=by,
        org=provision.org_id,
        about=footage_thing(footage).name,
        clause=permit.clause,
        facts={"number": provision.number, "at_ms": at_ms, "sha256": still.sha256},
    )
    return still


@verb("provision.report")
def report(provision: Provision, *, by: Actor) -> None:
    """The supervisor reports what he provided in the night."""
    permit = require(by, "provision.report", thing(provision))
    if provision.report_due is None or provision.reported_at is not None:
        raise Conflict(
            "報告の要る提供ではないか、もう報告されています。",
            "It needs no report, or has been reported.",
        )
    provision.reported_at = clock.now()
    provision.save(update_fields=["reported_at"])
    _line("provision.reported", provision, permit.clause, by)


@verb("provision.acknowledge")
def acknowledge(provision: Provision, *, by: Actor) -> None:
    """The manager takes note of the report."""
    permit = require(by, "provision.acknowledge", thing(provision))
    if provision.reported_at is None or provision.acknowledged_at is not None:
        raise Conflict(
            "まだ報告されていないか、もう受けています。", "Not reported yet, or taken note of."
        )
    provision.acknowledged_at = clock.now()
    provision.save(update_fields=["acknowledged_at"])
    _line("provision.acknowledged", provision, permit.clause, by)


def _handing(provision: Provision, receiver: Person, delivering: Sequence[str]) -> dict[str, bool]:
    return {
        "decided": provision.state in {"approved", "entered"},
        "entered": provision.state == "entered",
        "to_requester": receiver.pk == provision.requester_id,
        "outside_wants": not delivering or not set(delivering) <= set(provision.wants),
    }


def _require_held(provision: Provision) -> None:
    """What has ended cannot be handed over any more."""
    for file in provision.files.select_related("footage"):
        footage = file.footage
        if footage.state != "held" or clock.today() > footage.last_day:
            raise Conflict(
                f"{footage.number} は保存期間が満了し、もう提供できません。",
                f"The retention period of {footage.number} is over: it cannot be provided.",
            )
        if footage.quarantined:
            raise Conflict(
                f"{footage.number} は撮影日時が未確定で、まだ映像ファイルではありません（第2 2）。",
                f"{footage.number} has no capture time yet: it is not filed (police-2.2).",
                mend_ja="運用担当者が撮影日時を確定してください（hokanko footage settle）。",
                mend_en="The clerk settles it first (hokanko footage settle).",
            )


def _choose(provision: Provision, files: Wanted) -> None:
    for footage, stills in files:
        if footage.org_id != provision.org_id:
            raise Conflict(
                f"{footage.number} は、この所属の映像ではありません。",
                f"{footage.number} is not this unit's footage.",
            )
        ProvisionFile.objects.create(provision=provision, footage=footage, stills_ms=list(stills))


def _tell_footage(kind: str, provision: Provision, clause: str | None, by: Actor) -> None:
    """The same act in the life of each piece that the request names."""
    for file in provision.files.select_related("footage__org"):
        append(
            kind,
            by=by,
            org=provision.org_id,
            about=footage_thing(file.footage).name,
            clause=clause,
            facts={"number": provision.number},
        )


def _change(provision: Provision, states: tuple[str, ...], **changes: object) -> None:
    if Provision.objects.filter(pk=provision.pk, state__in=states).update(**changes) != 1:
        raise Conflict(
            "この依頼書は、もう次の段階に進んでいます。",
            "This request has moved on already.",
            mend_ja="画面を開き直してください。",
            mend_en="Reload the page.",
        )
    provision.refresh_from_db()


def _line(
    kind: str,
    provision: Provision,
    clause: str | None,
    by: Actor,
    private: dict[str, str] | None = None,
    **facts: JSON,
) -> Line:
    return append(
        kind,
        by=by,
        org=provision.org_id,
        about=thing(provision).name,
        clause=clause,
        facts={"number": provision.number, **facts},
        private=private,
    )
