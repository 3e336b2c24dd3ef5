"""The last stop: errors become pages, refusals become lines, every answer gets its headers."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hokanko.errors import HokankoError, Refusal, Unavailable
from hokanko.people.door import actor_at
from hokanko.people.models import Person
from hokanko.rules.actor import HOME, machine
from hokanko.rules.verb import write_refusal

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "same-origin",  # "no-referrer" makes browsers send `Origin: null` with forms
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


def security_headers(answer: Answer) -> Answer:
    """Headers that no page may forget; static files keep their own caching."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


class errors_become_pages:  # noqa: N801 it stands in the list beside functions
    """An error of ours as a page, or as JSON for a script; anything else as a plain apology."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError):
            log.warning("database: %s", error)
            error = busy()
        if not isinstance(error, HokankoError):
            return None
        if isinstance(error, Refusal):
            known = isinstance(request.user, Person)
            write_refusal(error, actor_at(request) if known else machine("door", HOME, via="web"))
        return page_of(request, error)


def busy() -> Unavailable:
    """The database is locked by something else for too long."""
    return Unavailable(
        "保管庫が混み合っています。何も失われていません。",
        "The cabinet is busy. Nothing was lost.",
        mend_ja="少し待って、もう一度お試しください。",
        mend_en="Wait a moment and try again.",
    )


def page_of(request: HttpRequest, error: HokankoError) -> HttpResponse:
    """The error as whoever asked can read it."""
    if request.headers.get("Accept", "").startswith("application/json"):
        body = json.dumps(error.as_json(), ensure_ascii=False)
        return HttpResponse(body, status=error.status, content_type="application/json")
    return render(request, "html/error.html", {"error": error}, status=error.status)
