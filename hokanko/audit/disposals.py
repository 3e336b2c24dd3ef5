"""Media as entries name them: the number of one, and the disposal of it that is on record."""

from __future__ import annotations

from uuid import UUID

from hokanko.audit.handed import Handed, handed, handed_as
from hokanko.audit.models import Evidence
from hokanko.audit.queries import Entry, medium_named, opened, plain, rows
from hokanko.audit.scope import Scope
from hokanko.errors import Conflict
from hokanko.people.models import Organisation


def number_of(org: str, about: str) -> str:
    """The number of a medium that is registered, was taken out, or was handed out."""
    kind, _colon, name = about.partition(":")
    try:
        found = opened(rows(org).filter(pk=UUID(name), kind__in=("medium", "replacement")))
    except ValueError:
        return name if kind == "medium" else ""
    column = "name" if kind == "medium" else "serial"
    return next((entry.fields.get(column, "") for entry in found), "")


def meant(org: Organisation, serial: str, *, disposed: bool) -> str:
    """What an entry is about whose medium was typed, not picked; empty where nothing is known.

    `disposed`: also one that was taken out, or handed out, of which no register knows.
    """
    own = medium_named(org.pk, serial, taken_out=disposed)
    left = handed_as(Scope(org), serial) if disposed and not own else None
    return left.about if left else own


def require_first(org: Organisation, about: str, serial: str) -> None:
    """Raise Conflict if the disposal of this medium is on record, or waits to be confirmed."""
    left = next((each for each in handed(Scope(org)).values() if each.about == about), None)
    if left is not None:  # once for each time it left
        found = _disposed_since(org.pk, left)
    else:
        found = _on_record(org.pk, about, plain(serial))
    if found is None:
        return
    waits_ja = "、ほかの者の確認を待っています" if found.row.waiting else "ています"
    waits_en = " and waits to be confirmed" if found.row.waiting else ""
    raise Conflict(
        f"この媒体の廃棄は、もう{found.number}に記され{waits_ja}。",
        f"The disposal of this medium is on record already, as {found.register.en} no."
        f" {found.row.number}{waits_en}.",
        mend_ja="誤りがあれば、先にその記載を取り下げてください。",
        mend_en="If that entry is wrong, withdraw it first.",
    )


def _disposed_since(org: str, left: Handed) -> Entry | None:
    """The disposal of a medium that was handed out, since it left last."""
    later = rows(org, "disposal").filter(withdrawn_at=None, spoken_of__gte=left.on)
    for entry in opened(later.filter(about__in=("", left.about))):
        if entry.row.about or plain(entry.fields.get("serial", "")) == plain(left.name):
            return entry
    return None


def _on_record(org: str, about: str, serial: str) -> Entry | None:
    """By what it is about; by its number where it is in no register, or was not told apart."""
    same = _same(org, about)
    entered = Evidence.objects.filter(pk__in=[pk for _kind, pk in same])
    since = min(entered.values_list("spoken_of", flat=True), default=None)
    names = {f"{kind}:{pk}" for kind, pk in same}
    for entry in opened(rows(org, "disposal").filter(withdrawn_at=None)):
        if entry.row.about in names:
            return entry
        if plain(entry.fields.get("serial", "")) != serial:
            continue
        unlinked = not entry.row.about and since is not None and entry.row.spoken_of >= since
        if not about or unlinked:
            return entry
    return None


def _same(org: str, about: str) -> set[tuple[str, UUID]]:
    """One medium by its own entry and by those that say it was taken out; none if handed out."""
    kind, _colon, name = about.partition(":")
    try:
        found = {(kind, UUID(name))}
    except ValueError:
        return set()
    taken_out = rows(org, "replacement").filter(withdrawn_at=None).exclude(about="")
    for pk, medium in taken_out.values_list("pk", "about"):
        if about == medium:
            found.add(("evidence", pk))
        elif about == f"evidence:{pk}" and medium.startswith("medium:"):
            found |= _same(org, medium)
    return found
