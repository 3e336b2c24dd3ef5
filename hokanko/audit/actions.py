"""Verbs of evidence: enter it in a register, withdraw an entry (which stays, struck through)."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hokanko import clock
from hokanko.audit.arising import arising, over, require_stated
from hokanko.audit.attested import CONFIRMED, put_down
from hokanko.audit.daily import facts
from hokanko.audit.disposals import require_first
from hokanko.audit.explained import explained
from hokanko.audit.models import Evidence
from hokanko.audit.queries import context, media, medium_named
from hokanko.audit.registers import BY_CODE, FACTS, Register
from hokanko.audit.seen import coded
from hokanko.audit.weigh import able_to_answer, answerable, told
from hokanko.casebook.actions import note_over, open_incident
from hokanko.errors import Conflict
from hokanko.keyring.texts import sealer
from hokanko.people.models import Organisation
from hokanko.people.queries import called, thing_of_org
from hokanko.people.sniff import kind_of, plain_name
from hokanko.rules.actor import Actor
from hokanko.rules.book import Book
from hokanko.rules.decide import adopted_book, require
from hokanko.rules.permit import Permit
from hokanko.rules.verb import verb

REPLACED, DAILY = "replacement", "daily"
SAME_PLACE = {"cabinet", "lock", "keyholder", "cameras"}  # of a medium, that its successor keeps
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or paper as it came: its name and its bytes."""

    name: str
    content: bytes


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
    form = _sound(register, kept, on, expires_on, attachment)
    if form.about == "medium" and not about:  # a serial typed instead of the medium picked
        taken_out = register == CONFIRMED
        about = medium_named(org.pk, kept.get("serial", ""), taken_out=taken_out)
    with_file, with_day = attachment is not None, expires_on is not None
    weighed = told(org, form, kept, about, clauses, with_file=with_file, with_day=with_day)
    with explained(org, form, weighed, about):
        permit = require(by, "evidence.enter", thing_of_org(org), **weighed)
    book = adopted_book(org.pk)
    speaks_for = [book.clause(clause).id for clause in clauses] or _all_of(book, register)
    require_stated(org, form, kept, on)
    if register == CONFIRMED:
        require_first(org.pk, about, kept["serial"])
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
        owner=owner or _owner(book, speaks_for),
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
    done = ["evidence.attested"] if row.waiting else ["evidence.attested", "evidence.completed"]
    for kind in done:
        permit.write(
            kind, about=f"evidence:{row.pk}", facts={"register": row.kind, "number": row.number}
        )


def _sound(
    register: str,
    fields: Mapping[str, str],
    on: date,
    expires_on: date | None,
    attachment: Attachment | None,
) -> Register:
    """The register, once everything given can be. Raises Conflict."""
    form = BY_CODE.get(register)
    if form is None:
        raise Conflict(
            f"簿冊「{register}」はありません。（{'、'.join(BY_CODE)}）",
            f"There is no register {register!r} ({', '.join(BY_CODE)}).",
        )
    if unknown := sorted(set(fields) - {column.name for column in form.written}):
        known = ", ".join(column.name for column in form.written)
        raise Conflict(
            f"{form.ja}に欄「{'、'.join(unknown)}」はありません。（{known}）",
            f"{form.en} has no column {', '.join(unknown)} ({known}).",
        )
    if on > clock.today():
        raise Conflict("まだ来ていない日のことは記せません。", "A day to come cannot be spoken of.")
    if form.dated and expires_on is None:
        raise Conflict(
            f"「{form.expires_ja}」を書いてください。", f"The day is missing: {form.expires_en}."
        )
    if expires_on is not None and expires_on < on:
        raise Conflict("期限が、その日より前です。", "It would expire before its own day.")
    if attachment is not None and len(attachment.content) > MOST_BYTES:
        raise Conflict("添付は10MBまでです。", "An attachment may have at most 10 MB.")
    return form


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
    seal = sealer()
    row.fields = seal(
        json.dumps(dict(fields), ensure_ascii=False).encode(), context(row.pk, "fields")
    )
    if attachment is not None:
        row.file = seal(attachment.content, context(row.pk, "file"))
        row.file_name = plain_name(attachment.name)
        row.file_type = kind_of(attachment.content)
        row.file_sha256 = hashlib.sha256(attachment.content).hexdigest()


def _next_number(org: str, register: str) -> int:
    last = Evidence.objects.filter(org=org, kind=register).order_by("-number").first()
    return last.number + 1 if last else 1


def _all_of(book: Book, register: str) -> list[str]:
    """The clauses that name this register: what an entry speaks for when nothing is said."""
    if register == "evidence":
        raise Conflict(
            "どの条のための証拠かを選んでください。", "Say for which clauses it is evidence."
        )
    return [
        c.id
        for c in book.clauses
        if c.evidence and register in (c.evidence.form, c.evidence.dated_by)
    ]


def _owner(book: Book, clauses: Sequence[str]) -> str:
    owners = [c.evidence.owners for name in clauses if (c := book.clause(name)).evidence]
    return owners[0][0] if owners else ""


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
