"""Verbs of evidence: enter it in a register, withdraw an entry (which stays, struck through)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from hokanko import clock
from hokanko.audit.arising import arising, over, require_stated
from hokanko.audit.attaching import Attachment, keep
from hokanko.audit.attested import CONFIRMED, put_down
from hokanko.audit.certificates import COMPLETED, completing
from hokanko.audit.columns import FACTS
from hokanko.audit.daily import facts
from hokanko.audit.disposals import meant, require_first
from hokanko.audit.explained import explained
from hokanko.audit.models import Evidence
from hokanko.audit.queries import context, media
from hokanko.audit.seen import coded
from hokanko.audit.sound import all_of, owner_of, sound
from hokanko.audit.weigh import able_to_answer, answerable, told
from hokanko.casebook.actions import note_over, open_incident
from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.keyring.texts import sealer
from hokanko.people.models import Organisation
from hokanko.people.queries import called, thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book, require
from hokanko.rules.permit import Permit
from hokanko.rules.verb import verb

REPLACED, DAILY = "replacement", "daily"
SAME_PLACE = {"cabinet", "lock", "keyholder", "cameras"}  # of a medium, that its successor keeps


@verb("evidence.enter")
def enter(
    org: Organisation,
    *,
    register: str,
    clauses: Sequence[str],
    on: date,
    fields: Mapping[str, str],
    by: Actor,
    about: str = "",
    owner: str = "",
    expires_on: date | None = None,
    attachment: Attachment | None = None,
) -> Evidence:
    """Enter evidence of the day `on`. The newest counts; nothing entered is ever altered.

    Raises Refusal as the rulebook says, and Conflict for what cannot be: an unknown register or
    column, a clause of another book, a day to come, an attachment over 10 MiB.
    """
    kept = {name: text.strip() for name, text in fields.items() if text.strip()}
    form = sound(register, kept, on, expires_on, attachment)
    if form.about == "medium" and not about:  # a serial typed instead of the medium picked
        about = meant(org, kept.get("serial", ""), disposed=register == CONFIRMED)
    weighed = told(
        org,
        form,
        kept,
        about,
        clauses,
        with_file=attachment is not None,
        with_photo=attachment is not None and attachment.pictured,
        with_day=expires_on is not None,
    )
    with explained(org, form, weighed, about, kept, with_file=attachment is not None):
        permit = require(by, "evidence.enter", thing_of_org(org), **weighed)
    book = adopted_book(org.pk)
    speaks_for = [book.clause(clause).id for clause in clauses] or all_of(book, register)
    require_stated(org, form, kept, on)
    if register == CONFIRMED:
        require_first(org, about, kept["serial"])
    charged = answerable(org, kept.get("responsible", "")) if register == REPLACED else None
    if charged is not None:
        kept["responsible"] = called(charged, able_to_answer(org))  # picked by login, read by name
    row = Evidence(
        id=uuid.uuid4(),
        org=org,
        kind=register,
        number=_next_number(org.pk, register),
        clauses=speaks_for,
        about=about[:60],
        spoken_of=on,
        entered_at=clock.now(),
        entered_by_id=UUID(by.id),
        owner=owner or owner_of(book, speaks_for),
        expires_on=expires_on,
        waiting=register == CONFIRMED,
        charged=charged,
    )
    opened = _open_incidents(org, row, kept, by)
    _seal(row, kept | opened | _found(org, register), attachment)
    row.save(force_insert=True)
    permit.write(
        "evidence.entered",
        about=f"evidence:{row.pk}",
        clause=_cited(permit, row),
        facts=_facts(row),
    )
    if row.waiting:
        _confirm(row, kept["check"], permit, by)
    if register == REPLACED:
        _take_over(org, row, kept, by)
    return row


def _take_over(org: Organisation, row: Evidence, kept: Mapping[str, str], by: Actor) -> None:
    """Enter the new medium in the place of the one taken out, where that is registered."""
    old = next((each for each in media(org.pk) if f"medium:{each.row.pk}" == row.about), None)
    if old is None or not kept.get("new"):
        return
    same = {name: text for name, text in old.fields.items() if name in SAME_PLACE}
    fields = same | {"name": kept["new"]}
    enter(org, register="medium", clauses=[], on=row.spoken_of, fields=fields, by=by)


@verb("evidence.withdraw")
def withdraw(row: Evidence, reason: str, *, by: Actor) -> None:
    """Withdraw an entry: it no longer counts, and stays to be read, struck through."""
    permit = require(
        by, "evidence.withdraw", thing_of_org(row.org), own=str(row.entered_by_id) == by.id
    )
    if not reason.strip():
        raise Conflict("取り下げる理由を書いてください。", "Give the reason.")
    now = clock.now()
    if not Evidence.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise Conflict("もう取り下げられています。", "It has been withdrawn already.")
    row.withdrawn_at = now
    permit.write(
        "evidence.withdrawn",
        about=f"evidence:{row.pk}",
        facts={"register": row.kind, "number": row.number},
        private={"reason": reason},
    )


def _confirm(row: Evidence, check: str, permit: Permit, by: Actor) -> None:
    """Who enters a disposal has confirmed it himself; others may be needed besides."""
    put_down(row, check, by)
    told_of = f"evidence:{row.pk}"
    facts: dict[str, JSON] = {"register": row.kind, "number": row.number}
    permit.write("evidence.attested", about=told_of, facts=facts)
    if not row.waiting:
        permit.write(COMPLETED, about=told_of, facts=completing(row))


def _open_incidents(
    org: Organisation, row: Evidence, fields: Mapping[str, str], by: Actor
) -> dict[str, str]:
    """The incidents that the entry opens, in its own transaction; their numbers as its column."""
    for fact, which in over(org, row.kind, fields, row.spoken_of):
        note_over(org, fact=fact, which=which, by=by)
    found = arising(org, row.kind, fields, row.spoken_of, row.number)
    cases = [
        open_incident(org, fact=one.fact, which=one.which, story=one.story, by=by) for one in found
    ]
    return {"incidents": "、".join(case.number for case in cases)} if cases else {}


def _found(org: Organisation, register: str) -> dict[str, str]:
    """What the machine itself finds at a daily check, as its column."""
    found = facts(org) if register == DAILY else None
    return {FACTS: coded(found)} if found else {}


def _seal(row: Evidence, fields: Mapping[str, str], attachment: Attachment | None) -> None:
    written = json.dumps(dict(fields), ensure_ascii=False).encode()
    row.fields = sealer()(written, context(row.pk, "fields"))
    if attachment is not None:
        keep(row, attachment)


def _next_number(org: str, register: str) -> int:
    last = Evidence.objects.filter(org=org, kind=register).order_by("-number").first()
    return last.number + 1 if last else 1


def _cited(permit: Permit, row: Evidence) -> str | None:
    """The clause that the line rests on: the first it speaks for."""
    return row.clauses[0] if row.clauses else permit.clause


def _facts(row: Evidence) -> dict[str, Any]:
    return {
        "register": row.kind,
        "number": row.number,
        "clauses": list(row.clauses),
        "about": row.about,
        "spoken_of": str(row.spoken_of),
        "expires_on": str(row.expires_on) if row.expires_on else "",
        "file_sha256": row.file_sha256,
    }
