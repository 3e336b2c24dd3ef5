"""What any entry must be, whatever the rulebook says; which clauses it speaks for, who owes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hokanko import clock
from hokanko.audit.attaching import MOST_BYTES, Attachment
from hokanko.audit.registers import BY_CODE, Register
from hokanko.errors import Conflict
from hokanko.rules.book import Book


def sound(
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


def all_of(book: Book, register: str) -> list[str]:
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


def owner_of(book: Book, clauses: Sequence[str]) -> str:
    owners = [c.evidence.owners for name in clauses if (c := book.clause(name)).evidence]
    return owners[0][0] if owners else ""
