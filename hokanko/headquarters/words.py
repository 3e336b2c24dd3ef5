"""The numbers, their parts and the project's days in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hokanko.ledger.numbers import NUMBERS, SEPARATOR
from hokanko.ledger.tally import NO_POST
from hokanko.rules.decide import adopted_book, parameter

MINUTE_MS = 60_000
PAUSES = "capture.pause_grounds"
DAYS: dict[str, Promise] = {
    "consult": _("広報について総括責任者と協議する"),
    "publish": _("広報のページを公表する"),
    "start": _("実施の開始"),
    "end": _("実施の終了"),
    "valid": _("通達の有効期間の末日"),
    "results": _("実施結果を警察庁に報告する"),
    "commission": _("公安委員会に報告する"),
    "publication": _("ウェブサイトで公表する"),
    "kept": _("最後の映像ファイルを消去する日"),
}
STATES: dict[str, Promise] = {
    "done": _("済み"),
    "late": _("期日を過ぎています"),
    "due": _("これから"),
    "day": _("—"),
}
HEADS = {
    "viewings": "閲覧の目的",
    "viewing_posts": "閲覧した者",
    "requests": "提供の依頼",
    "provision_grounds": "提供を決めた事由",
    "pauses": "撮影していない時間の説明",
}
HEADS_EN = {
    "viewings": "Viewings",
    "viewing_posts": "Viewed by",
    "requests": "Requests",
    "provision_grounds": "Provisions decided",
    "pauses": "Times without footage",
}


def label(org: str, name: str) -> str:
    """A number in words; a part with its purpose or ground as the rulebook words it."""
    english = get_language() == "en"
    head, _mark, part = name.partition(SEPARATOR)
    if not part:
        each = NUMBERS.get(name)
        return (each.en if english else each.ja) if each else name
    words = (HEADS_EN if english else HEADS).get(head, head)
    called = _called(org, head).get(part, part)
    return f"{words} ({called})" if english else f"{words}（{called}）"


def _called(org: str, head: str) -> dict[str, str]:
    """What the rulebook calls a purpose or a ground: the two lists use the same letters."""
    book, english = adopted_book(org), get_language() == "en"
    if head == "viewing_posts":
        named = {post.id: post.en if english else post.id for post in book.posts}
        return named | {NO_POST: gettext("役職のない職員")}
    if head in ("requests", "viewings"):
        return {row.id: row.en if english else row.ja for row in book.purposes}
    if head == "provision_grounds":
        return {row.id: row.en if english else row.ja for row in book.grounds}
    if head == "pauses":
        row = book.parameter(PAUSES)
        clauses = [book.clause(name) for name in row.clauses[1:]]  # behind the one that lists them
        told = [(each.en if english else each.ja).rstrip("。.") for each in clauses]
        return dict(zip(map(str, parameter(org, PAUSES) or ()), told, strict=False))
    return {}


def amount(name: str, count: int) -> str:
    """A count with its unit (English: in the words); hours and minutes where it is a time."""
    if name == "filmed_ms":
        if 0 < count < MINUTE_MS:
            seconds = max(1, round(count / 1000))
            return f"{seconds} s" if get_language() == "en" else f"{seconds}秒"
        hours, minutes = divmod(round(count / MINUTE_MS), 60)
        told = f"{hours:,} h {minutes} min", f"{hours:,}時間{minutes}分"
        return told[0] if get_language() == "en" else told[1]
    each = NUMBERS.get(name)
    unit = "" if get_language() == "en" else each.unit if each else "件"
    return f"{count:,}{unit}"


def lines(org: str, numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """Numbers with their words, in their order; those that are parts and 0 are not there."""
    return [(label(org, name), amount(name, count)) for name, count in numbers.items()]
