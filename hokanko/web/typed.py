"""A form that arrives when its login is over is not lost: it waits for whoever typed it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_protect

from hokanko.people.kept import is_form, keep, names_only, owner
from hokanko.people.models import Person

Answer = Callable[[HttpRequest], HttpResponse]


class what_was_typed_stays:  # noqa: N801 it stands in the list beside functions
    """Before a login is asked for: whose form comes too late is looked up, and it is kept.

    A login that fell asleep is still one: `web/asleep.py` ends it, and does the same.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: object
    ) -> HttpResponse | None:
        if not is_form(request) or not getattr(view, "login_required", True):
            return None
        person = owner(request)
        if person is None or isinstance(request.user, Person):
            return None
        return keep_and_ask(request, person)


def keep_and_ask(request: HttpRequest, person: Person, **told: str) -> HttpResponse:
    """Keep the form, if its token is ours, and lead to the login page."""

    @csrf_protect  # pages that take a paper check it themselves, and were not reached
    def late(request: HttpRequest) -> HttpResponse:
        keep(request, person)
        return to_login(request, **told)

    names_only(request)
    return late(request)


def to_login(request: HttpRequest, **told: str) -> HttpResponse:
    """The login page, which leads back to what was open."""
    asked = urlencode({"next": back_to(request)} | told)
    return redirect(f"{settings.LOGIN_URL}?{asked}")


def back_to(request: HttpRequest) -> str:
    """The page that was open: what was pressed on it is not done by opening it again."""
    if request.method == "GET":
        return request.get_full_path()
    return urlsplit(request.headers.get("Referer", "")).path or "/"
