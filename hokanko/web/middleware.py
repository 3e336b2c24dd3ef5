"""The last stop: errors become pages, refusals become lines, every answer gets its headers."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import nullcontext
from http import HTTPStatus

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from hokanko.errors import HokankoError, Refusal, Unavailable
from hokanko.people.door import actor_at
from hokanko.people.models import Person
from hokanko.people.standing import has_ended
from hokanko.rules.actor import HOME, machine
from hokanko.rules.reading import reading
from hokanko.rules.verb import write_refusal
from hokanko.vault import cabinet
from hokanko.web.faults import unpressed

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]

BUSY = ("locked", "deadlock", "lock timeout", "too many clients", "connection slots")
READING = ("GET", "HEAD")  # methods that change nothing: one page is drawn by one edition
FULL = ("disk is full", "No space left")
NO_TABLE = "does not exist"  # PostgreSQL's words; SQLite's come with an OperationalError

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

HSTS = "max-age=31536000"  # a year


def security_headers(answer: Answer) -> Answer:
    """Headers that no page may forget; static files keep their own caching."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure():  # from now on this browser asks for nothing else
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response

    return middleware


class errors_become_pages:  # noqa: N801 it stands in the list beside functions
    """An error of ours as a page, or as JSON for a script; anything else as a plain apology."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading() if request.method in READING else nullcontext():
            response = self.answer(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.content = unpressed()  # Django's own is an empty page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DatabaseError) and (trouble := trouble_of(error)):
            log.warning("database: %s", error)
            error = trouble
        if not isinstance(error, HokankoError):
            return None
        if isinstance(error, Refusal):
            known = isinstance(request.user, Person)
            write_refusal(error, actor_at(request) if known else machine("door", HOME, via="web"))
        return page_of(request, error)


class ended_logins_close:  # noqa: N801 it stands in the list beside functions
    """A login open when its credentials end is closed at its next request (police-5.1.2-revoke)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: object
    ) -> HttpResponse | None:
        if not isinstance(request.user, Person) or not has_ended(request.user):
            return None
        logout(request)
        private = getattr(view, "login_required", True)
        return redirect_to_login(request.get_full_path()) if private else None


def trouble_of(error: DatabaseError) -> Unavailable | None:
    """What is wrong with the database itself; None for an error that is the program's own."""
    said = str(error)
    if any(word in said for word in FULL):
        return cabinet.full()
    if any(word in said for word in BUSY):
        return _busy()
    if isinstance(error, OperationalError) or type(error) is DatabaseError or NO_TABLE in said:
        return _broken(said.splitlines()[0] if said else "")
    return None


def _broken(said: str) -> Unavailable:
    """The database is away, or is not one any more."""
    return Unavailable(
        f"データベースに届かないか、壊れています（{said}）。",
        f"The database is out of reach, or damaged ({said}).",
        mend_ja="hokanko doctor で調べてください。壊れていれば、控えから戻せます"
        "（hokanko restore）。",
        mend_en="Ask hokanko doctor; where it is damaged, restore a backup (hokanko restore).",
    )


def _busy() -> Unavailable:
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
        said = error.as_json() | {"words": _words(error)}
        body = json.dumps(said, ensure_ascii=False)
        return HttpResponse(body, status=error.status, content_type="application/json")
    return render(request, "html/error.html", {"error": error}, status=error.status)


def _words(error: HokankoError) -> str:
    """The error in one line, in the reader's language, for a script to show."""
    article = ""
    if isinstance(error, Refusal) and error.clause:
        article = f"{error.article} [{error.clause}]　"
    if get_language() == "en":
        return f"{article}{error.en} {error.mend_en}".rstrip()
    return f"{article}{error.ja}{error.mend_ja}"
