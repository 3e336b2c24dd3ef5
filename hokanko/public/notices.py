"""The notice page behind a sign's QR code: for anybody, without login, cookie or trace."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET

from hokanko import clock
from hokanko.cameras.models import Site
from hokanko.people.queries import with_units
from hokanko.public import queries
from hokanko.public.content import Facts, joint_rows, outline, rows
from hokanko.public.models import Notice

LANGUAGES = ("ja", "en")
FRESH = "public, max-age=300"  # a crowd at a sign asks a cache, not the cabinet


@require_GET
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """The notice of a site, in the reader's language or the one asked for; nothing else is told."""
    asked = request.GET.get("lang", "")
    language = asked if asked in LANGUAGES else (get_language() or LANGUAGES[0])
    found = queries.published(code)
    with override(language):
        if found is None:
            text = render_to_string("public/html/unknown.html", {"language": language})
            return HttpResponse(text, status=HTTPStatus.NOT_FOUND)
        text = render_to_string("public/html/notice.html", page(*found))
    site, _ = found
    headers = {"Cache-Control": FRESH, "Content-Language": language}
    if not Facts(site.org).is_on("publicity.before_start"):
        headers["X-Robots-Tag"] = "noindex"  # a sign of a door, not of the town
    return HttpResponse(text, headers=headers)


def page(site: Site, notice: Notice) -> dict[str, object]:
    """What the template shows, in the language that is active."""
    facts, last = Facts(site.org), clock.today().year - 1
    language = get_language() or LANGUAGES[0]
    return {
        "site": site,
        "notice": notice,
        "who": facts.who,
        "rows": rows(site, facts, notice),
        "joint": joint_rows(notice),
        "outline": outline(facts),
        "year": last,
        "numbers": queries.numbers(with_units(site.org), last),
        "language": language,
        "other": "ja" if language == "en" else "en",
    }
