"""One organisation under each of the civil rulebooks, with those who answer complaints there."""

from __future__ import annotations

from datetime import date
from typing import Any

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.cases import actions
from hokanko.people.readying import swear, train
from tests.clauses.founded import Founded, camera, found

STORY = "玄関の前に立つと、いつも写されている気がする。"
VALUES: dict[str, dict[str, str]] = {
    "ward": {
        "org.name": "青葉区",
        "doc.effective_from": "2026-04-01",
        "retention.days": "30",
        "storage.places": "防災課の保管庫",
        "inspection.months": "6",
        "camera.count": "1",
    },
    "pref": {
        "org.name": "若桜通商店街振興組合",
        "scope.operator": "group",
        "camera.places": "若桜通 北口（南向き）",
        "camera.count": "1",
        "storage.places": "組合事務所の保管庫",
        "inspection.months": "3",
    },
    "home": {
        "org.name": "熊谷 一郎",
        "camera.places": "玄関の軒下",
        "storage.places": "書斎の棚",
    },
    "shop": {
        "org.name": "みどり書店 本店",
        "org.contact": "みどり書店 総務課 03-0000-0000",
        "retention.days": "30",
    },
}
TOPICS = "個人情報保護、情報漏洩防止"
HEADS = {
    "ward": (("kanri", "aoki", "青木 区長", "設置者"),),
    "pref": (("kanri", "aoki", "若桜 理事長", "設置者"),),
    "home": (("kanri", "boss", "熊谷 一郎", "設置者"),),
    "shop": (
        ("kanri", "boss", "緑川 薫", "管理責任者"),
        ("kanri", "deputy", "赤井 仁", "管理副責任者"),
        ("kanri", "tencho", "黒田 店長", "店長"),
    ),
}
STAFF: dict[str, tuple[tuple[str, str, str, str | None], ...]] = {
    "ward": (
        ("aoki", "boss", "森 課長", "管理責任者"),
        ("aoki", "clerk", "岸 主事", "操作担当者"),
        ("aoki", "hara", "原 主事", None),
    ),
    "pref": (("aoki", "boss", "森 事務局長", "管理責任者"), ("boss", "hara", "原 店員", None)),
    "home": (("boss", "hara", "熊谷 花", None),),
    "shop": (),
}


def body(rulebook: str, **values: str) -> Founded:
    """The organisation of a rulebook; `boss` answers complaints there."""
    told = VALUES[rulebook] | {key.replace("_", ".", 1): text for key, text in values.items()}
    here = found("BODY", told["org.name"], rulebook, told)
    for boss, login, name, post in (*HEADS[rulebook], *STAFF[rulebook]):
        here.register(boss, login, name, post)
    if rulebook == "shop":
        for login in ("boss", "deputy"):
            train(here.people[login], TOPICS, by=here.by("tencho"))
            swear(here.people[login], by=here.by("tencho"))
        here.register("boss", "hara", "原 店員")
    elif rulebook != "home":
        for login in {"boss", "clerk"} & set(here.people):
            swear(here.people[login], by=here.by("aoki"))
    return here


def with_camera(rulebook: str, **values: str) -> Founded:
    """The same with camera 1."""
    here = body(rulebook, **values)
    camera(here, "boss")
    return here


def received(here: Founded, login: str = "boss", **told: Any) -> Case:
    """A complaint of today, or whatever else is told."""
    said: dict[str, Any] = {
        "kind": "complaint",
        "asks": "siting",
        "received_on": clock.today(),
        "name": "北野 春",
        "reach": "090-0000-0000",
        "story": STORY,
    }
    return actions.open_case(
        here.org, **(said | told), receiver=here.people[login], by=here.by(login)
    )


def answered(here: Founded, case: Case, login: str = "boss") -> None:
    """The case with an answer."""
    actions.answer(case, "電話で説明した。", person=here.people[login], by=here.by(login))


def closed(here: Founded, case: Case, login: str = "boss", **told: str) -> None:
    """The case closed by somebody."""
    actions.close(case, **told, person=here.people[login], by=here.by(login))


def day(text: str) -> date:
    """A day from ISO text."""
    return date.fromisoformat(text)
