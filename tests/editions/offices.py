"""A ward office with its manager, to draft and sign editions for."""

from __future__ import annotations

from hokanko.editions.actions import draft, sign
from hokanko.people.readying import swear
from hokanko.rules.models import Adoption
from tests.clauses.founded import Founded, camera, found

VALUES = {
    "org.name": "青葉区",
    "doc.effective_from": "2026-04-01",
    "camera.count": "12",
    "posts.manager_name": "防災課長",
    "posts.operator_names": "山本 健、川口 葵",
    "storage.places": "防災課の施錠した保管庫",
    "inspection.months": "6",
    "retention.days": "20",
}


def office(values: dict[str, str] | None = None) -> Founded:
    """Founded and not signed: kucho is the installer, kacho the manager, hara holds no post."""
    here = found("AOBA", "青葉区", "ward", VALUES if values is None else values)
    here.register("kanri", "kucho", "青葉 区長", "設置者")
    here.register("kucho", "kacho", "防災 課長", "管理責任者")
    here.register("kucho", "hara", "原 主事")
    swear(here.people["kacho"], by=here.by("kucho"))
    camera(here, "kacho")
    return here


def amended(here: Founded, by: str = "kacho", reason: str = "改める", **values: str) -> Adoption:
    """A draft by one person, with `retention_days="30"` for retention.days."""
    told = {name.replace("_", ".", 1): value for name, value in values.items()}
    return draft(here.org, "ward", told, reason, by=here.by(by))


def signed(here: Founded, edition: Adoption, by: str = "kucho") -> Adoption:
    """The same, signed by another."""
    return sign(here.org, edition.pk, by=here.by(by))
