"""The kinds of report: whom each is for, and who gets a copy."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report; `to` and `copies` are posts of the rulebook, or plain names."""

    title: str
    words: Promise
    to: str
    copies: tuple[str, ...]
    issuer: str
    clause: str


KINDS: dict[str, Kind] = {
    "results": Kind(
        "実施結果報告書",
        _("実施結果の報告（警察庁へ）"),
        "総括責任者",
        ("総括副責任者",),
        "実施責任者",
        "police-notice-7.1",
    ),
    "commission": Kind(
        "活用状況等報告書",
        _("公安委員会への報告"),
        "都道府県公安委員会",
        (),
        "総括運用管理者",
        "police-11",
    ),
    "publication": Kind(
        "活用状況等の公表",
        _("ウェブサイトでの公表"),
        "",
        (),
        "総括運用管理者",
        "police-11-publish",
    ),
}
