"""The signs that an inspection asks for again (ward-2.2), and those that the last one missed."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko.audit.entered import by_records, stands
from hokanko.audit.life import Finding, Owed, Shown, together
from hokanko.audit.notes import cameras_noted
from hokanko.audit.queries import Entry, opened, rows
from hokanko.audit.scope import Scope, cameras
from hokanko.cameras.models import Sign
from hokanko.cameras.signs import posted
from hokanko.people.models import Organisation
from hokanko.rules import book as books

INSIDE = {"shop-mgmt-2"}  # clauses that a sign at an entrance does not carry out


def to_see(org: Organisation, about: str = "") -> list[str]:
    """The signs that hang and that an inspection looks at: a camera's, or all of them."""
    return [name_of(sign) for sign in posted(org.pk) if _concerns(about, sign)]


def unseen(org: Organisation, fields: Mapping[str, str], about: str) -> list[str]:
    """Those of them that an entry does not say to hang there, legible."""
    return [name for name in to_see(org, about) if not _is_told(fields, name)]


def signed(scope: Scope, clause: books.Clause) -> Finding:
    """A sign for every camera, and none of them missed by the last inspection that asked for it."""
    noted = cameras_noted(scope, clause.id)
    each = by_records(scope, clause, noted, cameras(scope))
    found = opened(rows(scope.org.pk, "inspection").filter(withdrawn_at=None))
    owed = [
        Owed(
            f"表示板「{name_of(sign)}」が、点検で確かめられませんでした",
            f"sign {name_of(sign)}: the inspection did not find it in place and legible",
            last.row.spoken_of,
            clause.owners,
        )
        for sign in posted(scope.org.pk)
        if (last := _last(found, sign)) and _is_missed(last, sign)
    ]
    return together([each, Finding(tuple(owed), arises=bool(owed))])


def hung(scope: Scope, clause: books.Clause) -> Finding:
    """Signs with their photographs, and entries: at an entrance they are outside, else inside."""
    noted = [
        Shown(str(sign.pk), _part(sign, clause), sign.posted_on)
        for sign in posted(scope.org.pk).exclude(photo=None)
        if sign.posted_on is not None and not (clause.id in INSIDE and sign.entrance)
    ]
    return stands(scope, clause, noted)


def name_of(sign: Sign) -> str:
    """A sign as an entry names it."""
    return f"{sign.site.name}：{sign.place}"


def _part(sign: Sign, clause: books.Clause) -> str:
    """Of a clause in two parts, outside and inside, the one that a sign speaks for."""
    parts = clause.asked.parts
    return f"part:{parts[0] if sign.entrance else parts[-1]}" if parts else ""


def _last(found: list[Entry], sign: Sign) -> Entry | None:
    """The newest inspection that asked for a sign."""
    return next((entry for entry in found if _concerns(entry.row.about, sign)), None)


def _is_missed(last: Entry, sign: Sign) -> bool:
    """Whether it was not there, and was not hung or photographed since."""
    if last.fields.get("result") == "normal" or _is_told(last.fields, name_of(sign)):
        return False
    return sign.posted_on is not None and sign.posted_on < last.row.spoken_of


def _concerns(about: str, sign: Sign) -> bool:
    return about in {"", *(f"camera:{camera.pk}" for camera in sign.cameras.all())}


def _is_told(fields: Mapping[str, str], name: str) -> bool:
    return f"、{name}、" in f"、{fields.get('signs', '')}、"
