"""The signs that an inspection asks for again (ward-2.2), and those that the last one missed."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko.audit.life import Finding, Interval, Owed, stand, together
from hokanko.audit.notes import cameras_noted
from hokanko.audit.queries import Entry, opened, rows
from hokanko.audit.scope import Scope, cameras, shown, wanted
from hokanko.cameras.models import Sign
from hokanko.cameras.signs import posted
from hokanko.people.models import Organisation
from hokanko.rules import book as books


def to_see(org: Organisation, about: str = "") -> list[str]:
    """The signs that hang and that an inspection looks at: a camera's, or all of them."""
    return [name_of(sign) for sign in posted(org.pk) if _concerns(about, sign)]


def unseen(org: Organisation, fields: Mapping[str, str], about: str) -> list[str]:
    """Those of them that an entry does not say to hang there, legible."""
    return [name for name in to_see(org, about) if not _is_told(fields, name)]


def signed(scope: Scope, clause: books.Clause) -> Finding:
    """A sign for every camera, and none of them missed by the last inspection that asked for it."""
    assert clause.evidence is not None, clause.id
    asked = wanted(clause.evidence)
    noted = [*cameras_noted(scope, clause.id), *shown(scope.shown_for(clause))]
    each = stand(cameras(scope), noted, Interval(), scope.today, asked)
    found = opened(rows(scope.org.pk, "inspection").filter(withdrawn_at=None))
    owed = [
        Owed(
            f"表示板「{name_of(sign)}」が、点検で確かめられませんでした",
            f"sign {name_of(sign)}: the inspection did not find it in place and legible",
            last.row.spoken_of,
            clause.evidence.owners,
        )
        for sign in posted(scope.org.pk)
        if (last := _last(found, sign)) and _is_missed(last, sign)
    ]
    return together([each, Finding(tuple(owed), arises=bool(owed))])


def name_of(sign: Sign) -> str:
    """A sign as an entry names it."""
    return f"{sign.site.name}：{sign.place}"


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
