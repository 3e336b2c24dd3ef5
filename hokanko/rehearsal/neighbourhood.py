"""Who the neighbours of a rehearsal are: a ward, a facility, a household, a chain and its shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hokanko.rehearsal.looks import Scene

TECHNICIAN = "kanri"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a neighbour; `boss` registers him and vouches for his oath and training."""

    login: str
    name: str
    post: str | None
    boss: str = TECHNICIAN
    section: str = ""
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An organisation as it is founded: who signs its rules, whose camera, who takes in."""

    code: str
    name: str
    kind: str
    rulebook: str
    values: Mapping[str, str]
    members: tuple[Member, ...]
    signer: str
    keeper: str
    scene: Scene = Scene.SHOPPING
    parent: str = ""


NEIGHBOURS = (
    Neighbour(
        code="AOBA",
        name="青葉区",
        kind="ward",
        rulebook="ward",
        values={
            "camera.count": "2",
            "posts.manager_name": "森 課長",
            "posts.operator_names": "岸 主事",
            "retention.days": "30",
            "storage.places": "青葉区役所 防災課の施錠した保管庫",
            "inspection.months": "6",
        },
        members=(
            Member("aoki", "青木 区長", "設置者"),
            Member("mori", "森 課長", "管理責任者", "aoki", "防災課", bound=True),
            Member("kishi", "岸 主事", "操作担当者", "aoki", "防災課", bound=True),
            Member("hara", "原 主事", None, "mori", "総務課"),
        ),
        signer="aoki",
        keeper="kishi",
        scene=Scene.CROSSING,
    ),
    Neighbour(
        code="KOMINKAN",
        name="若葉台公民館",
        kind="facility",
        rulebook="pref",
        values={
            "scope.operator": "other",
            "camera.count": "2",
            "camera.places": "正面玄関の軒下（南向き）、駐車場の柱（北向き）",
            "retention.days": "21",
            "storage.places": "公民館 事務室の施錠した収納庫",
            "inspection.months": "6",
        },
        members=(
            Member("wakasa", "若狭 館長", "設置者", bound=True),
            Member("otani", "大谷 主査", "管理責任者", "wakasa", "事務室", bound=True),
            Member("mita", "三田 係員", "操作取扱者", "otani", "事務室", bound=True),
        ),
        signer="wakasa",
        keeper="mita",
        scene=Scene.RESIDENTIAL,
    ),
    Neighbour(
        code="KATEI",
        name="井上家",
        kind="household",
        rulebook="home",
        values={
            "camera.places": "玄関の軒下（門の向き。道路はマスク）",
            "retention.days": "14",
            "storage.places": "自宅の書斎の鍵のかかる引き出し",
        },
        members=(Member("inoue", "井上 薫", "設置者"),),
        signer="inoue",
        keeper="inoue",
        scene=Scene.RESIDENTIAL,
    ),
    Neighbour(
        code="HONSHA",
        name="株式会社みどり書店 本社",
        kind="chain",
        rulebook="shop",
        values={},
        members=(Member("shimizu", "清水 総務部長", "総務部長"),),
        signer="",
        keeper="",
    ),
    Neighbour(
        code="MIDORI",
        name="みどり書店 本店",
        kind="shop",
        rulebook="shop",
        parent="HONSHA",
        values={
            "org.contact": "みどり書店 本店 店長　電話 000-000-0000",
            "posts.manager_name": "緑川 葉",
            "posts.deputy_name": "桜井 実",
            "retention.days": "30",
            "retention.tolerance_days": "3",
            "disposal.methods": "破砕",
            "inspection.months": "6",
        },
        members=(
            Member("oka", "岡 店長", "店長"),
            Member("midori", "緑川 葉", "管理責任者", "oka", bound=True),
            Member("sakura", "桜井 実", "管理副責任者", "oka", bound=True),
            Member("tsuji", "辻 優", "従業員", "midori"),
        ),
        signer="oka",
        keeper="midori",
        scene=Scene.SHOPPING,
    ),
)
