"""The table of who may do what: every post against every verb, as the rules in force answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hokanko.editions.matrix import Cell, Line, matrix, posts
from hokanko.editions.pages import org_within_reach, orgs_within_reach
from hokanko.errors import Missing
from hokanko.rules import book as books
from hokanko.rules.decide import adoption
from hokanko.rules.verbs import VERBS, Verb

NOUNS: dict[str, Promise] = {  # what a verb is about: the first half of its name
    "home": _("保管庫"),
    "org": _("所属"),
    "rulebook": _("規程"),
    "person": _("人"),
    "factor": _("二段階認証"),
    "remote": _("外からの利用"),
    "post": _("役職"),
    "card": _("二次元コード"),
    "terminal": _("端末"),
    "camera": _("カメラ"),
    "site": _("設置場所"),
    "sign": _("表示板"),
    "intake": _("取込み"),
    "import": _("持込み"),
    "footage": _("映像"),
    "viewing": _("閲覧"),
    "live": _("今の映像"),
    "provision": _("提供"),
    "consent": _("本人の同意"),
    "derive": _("切出し・マスク"),
    "retention": _("保存期限"),
    "erasure": _("例外の消去"),
    "ledger": _("台帳"),
    "clock": _("時計"),
    "backup": _("控え"),
    "fsck": _("突き合わせ"),
    "contractor": _("委託先"),
    "case": _("苦情・問い合わせ"),
    "incident": _("事案"),
    "doubt": _("疑義"),
    "storage": _("保管場所"),
    "notice": _("お知らせ"),
    "board": _("遵守状況"),
    "evidence": _("簿冊"),
    "shift": _("勤務"),
    "premises": _("施設の承諾"),
    "statistics": _("統計"),
    "report": _("事業の報告書"),
}


@require_GET
def powers(request: HttpRequest, code: str = "") -> HttpResponse:
    """Every post against every verb, as the rules in force answer; one post or a few verbs."""
    org = org_within_reach(request, code)
    now = adoption(org.pk)
    if now is None:
        raise Missing("採択した規程がありません。", "No rulebook has been adopted here.")
    book = books.load(now.book)
    every, wanted = posts(book), request.GET.get("post")
    about = request.GET.get("about", "")
    shown = [at for at, post in enumerate(every) if wanted in (None, "*", post)]
    lines = [line for line in matrix(now) if not about or _noun(line.verb) == about]
    page = {
        "org": org,
        "orgs": orgs_within_reach(request),
        "book": book,
        "every_post": every,
        "wanted": wanted,
        "about": about,
        "nouns": [(noun, NOUNS[noun]) for noun in dict.fromkeys(map(_noun, VERBS.values()))],
        "lines": [(line.verb, _columns(line, every, shown)) for line in lines],
    }
    return render(request, "editions/html/matrix.html", page)


def _columns(line: Line, every: tuple[str, ...], shown: list[int]) -> list[tuple[str, Cell]]:
    return [(every[at], line.cells[at]) for at in shown]


def _noun(verb: Verb) -> str:
    return verb.name.partition(".")[0]
