"""Complaints and requests noted at a piece of footage, as its ledger lines tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hokanko.ledger.read import Act

KINDS: dict[str, Promise] = {
    "complaint": _("苦情"),
    "enquiry": _("問い合わせ"),
    "subject": _("本人からの請求"),
    "objection": _("撮影への疑念・拒絶"),
    "incident": _("事案"),
}
ASKS: dict[str, Promise] = {
    "privacy": _("プライバシーの侵害"),
    "siting": _("カメラの場所・撮影の範囲"),
    "conduct": _("職員の対応"),
    "handling": _("映像の取扱い"),
    "disclose": _("開示"),
    "correct": _("訂正"),
    "stop": _("利用の停止"),
    "erase": _("消去"),
    "doubt": _("撮影への疑念"),
    "refusal": _("撮影の拒絶"),
    "other": _("その他"),
    "damage": _("保管した映像の損傷・滅失"),
    "unlocked": _("カメラの記録がロックされていない"),
    "exposed": _("カメラの認証の不備"),
    "missing": _("機器・記録媒体の所在不明"),
    "entry": _("許可のない者の立入り"),
    "late": _("消去の遅れ"),
    "early-loss": _("録画装置の、保存期間より早い上書き"),
    "late-loss": _("録画装置に、保存期間を過ぎた映像"),
}


@dataclass(frozen=True, slots=True)
class Noted:
    """One case at a piece of footage; `id` is the case's own."""

    id: str
    number: str
    kind: str
    asks: str
    due: date
    is_open: bool

    @property
    def words(self) -> Promise:
        """The kind of case, for a reader."""
        return KINDS[self.kind]

    @property
    def matter(self) -> Promise | str:
        """What it is about, for a reader."""
        return ASKS.get(self.asks, "")


def noted(acts: Iterable[Act]) -> list[Noted]:
    """The cases that a piece's lines speak of, oldest first."""
    acts = list(acts)
    closed = {act.facts["case"] for act in acts if act.kind == "case.closed"}
    return [
        Noted(
            id=act.facts["case"],
            number=act.facts["number"],
            kind=act.facts["kind"],
            asks=act.facts["asks"],
            due=date.fromisoformat(act.facts["due"]),
            is_open=act.facts["case"] not in closed,
        )
        for act in acts
        if act.kind == "case.linked"
    ]
