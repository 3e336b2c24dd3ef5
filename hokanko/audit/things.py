"""What an entry may be about: the cameras, terminals, media, places, firms and parts there are."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hokanko.audit.attested import CONFIRMED
from hokanko.audit.handed import handed
from hokanko.audit.models import Evidence
from hokanko.audit.queries import media, opened, replaced, rows
from hokanko.audit.registers import Register
from hokanko.audit.scope import EACH, Scope
from hokanko.cameras.models import Camera
from hokanko.people.models import Contractor
from hokanko.rules.decide import adopted_book

Choice = tuple[str, str]
KINDS = {
    "camera": _("カメラ"),
    "terminal": _("端末"),
    "medium": _("媒体"),
    "contractor": _("委託先"),
    "evidence": _("記載"),
}


def choices(scope: Scope, register: Register, parts: Iterable[str]) -> list[Choice]:
    """What an entry of this register may name, each with its words."""
    made = {
        "camera": _cameras,
        "medium": _media,
        "contractor": _contractors,
        "thing": _things,
        "law": _laws,
    }.get(register.about)
    listed = [(f"part:{part}"[:60], part) for part in parts]
    if made:
        listed += made(scope)
    listed += [*_handed(scope), *_replaced(scope)] if register.code == CONFIRMED else []
    return listed + (_open_entries(scope, register) if register.closes else [])


def named(about: str, org: str) -> str:
    """What an entry is about, for a reader."""
    kind, _colon, name = about.partition(":")
    if kind in {"part", "place"} or not name:
        return name
    if kind == "law":
        return next((law.now for law in adopted_book(org).laws if law.id == name), name)
    found = _name(kind, name, org)
    return f"{KINDS.get(kind, kind)} {found}"


def _name(kind: str, name: str, org: str) -> str:
    try:
        pk = UUID(name)
    except ValueError:
        return name
    if kind == "camera":
        return Camera.objects.filter(org=org, pk=pk).values_list("number", flat=True).first() or ""
    if kind == "contractor":
        return (
            Contractor.objects.filter(org=org, pk=pk).values_list("name", flat=True).first() or ""
        )
    if kind == "medium":
        return next((e.fields["name"] for e in opened(rows(org, "medium").filter(pk=pk))), "")
    number = Evidence.objects.filter(org=org, pk=pk).values_list("number", flat=True).first()
    return gettext("第%(number)s号") % {"number": number} if number else ""


def _cameras(scope: Scope) -> list[Choice]:
    every = Camera.objects.filter(org=scope.org).order_by("number")
    return [(f"camera:{c.pk}", f"{gettext('カメラ')} {c.number}") for c in every]


def _media(scope: Scope) -> list[Choice]:
    return [(f"medium:{e.row.pk}", e.fields["name"]) for e in media(scope.org.pk)]


def _handed(scope: Scope) -> list[Choice]:
    """Media that were handed out with a provision: none of them is a recorder's disk."""
    return [(each.about, each.name) for _plain, each in sorted(handed(scope).items())]


def _replaced(scope: Scope) -> list[Choice]:
    """Media taken out that no register of media names."""
    return [
        (f"evidence:{e.row.pk}", f"{e.number}：{e.fields['serial']}")
        for e in opened(row for row in replaced(scope.org.pk) if not row.about)
    ]


def _laws(scope: Scope) -> list[Choice]:
    return [(f"law:{law.id}", law.now) for law in scope.book.laws]


def _contractors(scope: Scope) -> list[Choice]:
    firms = Contractor.objects.filter(org=scope.org).order_by("name", "pk")
    return [(f"contractor:{f.pk}", f.name) for f in firms]


def _things(scope: Scope) -> list[Choice]:
    found = [piece for make in EACH.values() for piece in make(scope) if piece.about]
    return [(piece.about, piece.ja.rstrip("：")) for piece in found]


def _open_entries(scope: Scope, register: Register) -> list[Choice]:
    """Entries that this one may bring to an end: returned, shredded."""
    every = rows(scope.org.pk, register.code).filter(withdrawn_at=None)
    ended = set(every.filter(about__startswith="evidence:").values_list("about", flat=True))
    return [
        (
            f"evidence:{row.pk}",
            gettext("第%(number)s号を終える（返却・裁断）") % {"number": row.number},
        )
        for row in every.exclude(about__startswith="evidence:")
        if f"evidence:{row.pk}" not in ended
    ]
