"""A ledger line about footage in words: who, under which article, and each fact for a reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hokanko.footage.flags import in_words
from hokanko.ledger.read import Act
from hokanko.people.models import Person, Terminal
from hokanko.rules.decide import adopted_book
from hokanko.rules.verbs import VERBS

LABELS = {
    "number": _("番号"),
    "camera": _("カメラ"),
    "sha256": _("ハッシュ値（SHA-256）"),
    "bytes": _("大きさ（バイト）"),
    "created": _("作成"),
    "captured": _("撮影日時"),
    "captured_by": _("撮影日時の出所"),
    "duration_ms": _("長さ（ミリ秒）"),
    "last_day": _("保存期間の末日"),
    "day": _("末日"),
    "edition": _("規程の版"),
    "origin": _("取込元"),
    "source": _("元のファイル名"),
    "flags": _("気づいた点"),
    "wearer": _("装着者"),
    "jail": _("隔離の方法"),
    "reason": _("理由"),
    "purposes": _("利用目的"),
    "until": _("期限"),
    "designated": _("指定した立会人"),
    "attended": _("立会い"),
    "terminal": _("端末"),
    "ranges_s": _("見た範囲"),
    "medium": _("媒体"),
    "delivered": _("渡したもの"),
    "method": _("消去の方法"),
    "verb": _("求めたこと"),
    "message": _("理由"),
    "note": _("記載事項"),
    "attendant": _("立会人"),
    "limb": _("ただし書の要件"),
}
UNTOLD = {"viewing", "case", "clauses"}  # ids that say nothing to a reader
REASONS = {
    "button": _("ボタンで終えた"),
    "left": _("画面を離れた"),
    "abandoned": _("画面からの合図が途絶えた"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line for a reader."""

    act: Act
    article: str
    posts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


def tell(acts: list[Act], org: str) -> list[Told]:
    """Lines about one thing, for a reader."""
    book = adopted_book(org)
    purposes = {p.id: p.en if get_language() == "en" else p.ja for p in book.purposes}
    names = _names(acts)
    articles = {clause.id: clause.article for clause in book.clauses}
    return [
        Told(
            act=act,
            article=articles.get(act.clause or "", ""),
            posts=tuple(post.partition("@")[0] for post in act.posts),
            facts=tuple(_facts(act, names, purposes)),
        )
        for act in acts
    ]


def _facts(
    act: Act, names: Mapping[str, str], purposes: Mapping[str, str]
) -> list[tuple[str, str]]:
    words: dict[str, Callable[[Any], str]] = {
        "purposes": lambda ids: "、".join(f"{i} {purposes.get(i, '')}".strip() for i in ids),
        "wearer": lambda pk: names.get(pk, pk),
        "designated": lambda pk: names.get(pk, pk),
        "terminal": lambda pk: names.get(pk, pk),
        "flags": lambda codes: "、".join(_said(flag) for flag in in_words(codes)),
        "ranges_s": lambda ranges: "、".join(f"{_at(a)}〜{_at(b)}" for a, b in ranges),
        "verb": lambda name: _said(VERBS[name]) if name in VERBS else name,
        "reason": lambda code: str(REASONS.get(code, code)),
        "attended": lambda yes: gettext("あり") if yes else gettext("なし"),
        "origin": lambda said: "、".join(str(value) for value in said.values()),
    }
    told = []
    for name, value in {**act.facts, **act.private}.items():
        if name in UNTOLD or value in (None, "", [], {}):
            continue
        told.append((str(LABELS.get(name, name)), words.get(name, _plain)(value)))
    return told


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        moment = None
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else str(value)


def _at(seconds: float) -> str:
    return f"{int(seconds) // 60}:{seconds % 60:04.1f}"


def _said(thing: Any) -> str:
    return str(thing.en if get_language() == "en" else thing.ja)


def _names(acts: list[Act]) -> dict[str, str]:
    """Names of the persons and terminals that the lines mention by id."""
    said = (act.facts.get(key) for act in acts for key in ("wearer", "designated", "terminal"))
    ids = {UUID(pk) for pk in said if pk}
    persons = Person.objects.filter(pk__in=ids).values_list("pk", "name")
    terminals = Terminal.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(pk): name for pk, name in [*persons, *terminals]}
