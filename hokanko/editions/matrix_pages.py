"""The table of who may do what: every post against every verb, as the rules in force answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hokanko.editions.matrix import Cell, Line, matrix, posts
from hokanko.editions.pages import org_within_reach, orgs_within_reach
from hokanko.errors import Missing
from hokanko.rules import book as books
from hokanko.rules.decide import adoption
from hokanko.rules.verbs import VERBS, Verb


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
        "nouns": list(dict.fromkeys(_noun(verb) for verb in VERBS.values())),
        "lines": [(line.verb, _columns(line, every, shown)) for line in lines],
    }
    return render(request, "editions/html/matrix.html", page)


def _columns(line: Line, every: tuple[str, ...], shown: list[int]) -> list[tuple[str, Cell]]:
    return [(every[at], line.cells[at]) for at in shown]


def _noun(verb: Verb) -> str:
    return verb.name.partition(".")[0]
