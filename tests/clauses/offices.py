"""A ward office and a shopping street, founded with their people, to test what they may do."""

from __future__ import annotations

from collections.abc import Mapping

from hokanko.people.readying import swear
from tests.clauses.founded import Founded, camera, found

STREET = {
    "org.name": "若桜通商店街振興組合",
    "scope.operator": "group",
    "camera.places": "若桜通 北口（南向き）",
    "camera.count": "1",
    "storage.places": "組合事務所の施錠した保管庫",
    "inspection.months": "3",
}


def ward(values: Mapping[str, str]) -> Founded:
    """青葉区: 設置者 aoki, 管理責任者 mori, 操作担当者 kishi, hara without a post, no camera."""
    here = found("AOBA", "青葉区", "ward", values)
    here.register("kanri", "aoki", "青木 区長", "設置者")
    here.register("aoki", "mori", "森 課長", "管理責任者")
    here.register("aoki", "kishi", "岸 主事", "操作担当者")
    here.register("aoki", "hara", "原 主事")
    for login in ("mori", "kishi"):
        swear(here.people[login], by=here.by("aoki"))
    return here


def street() -> Founded:
    """若桜通: 設置者 wakasa, 管理責任者 mori, 操作取扱者 kishi, with a camera."""
    here = found("WAKASA", "若桜通商店街振興組合", "pref", STREET)
    here.register("kanri", "wakasa", "若桜 理事長", "設置者")
    here.register("wakasa", "mori", "森 事務局長", "管理責任者")
    here.register("mori", "kishi", "岸 主任", "操作取扱者")
    for login in ("mori", "kishi"):
        swear(here.people[login], by=here.by("wakasa"))
    camera(here, "mori")
    return here
