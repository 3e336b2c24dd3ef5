"""A login that nobody used for a while is closed at its next press; its walls stay lit."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hokanko.people.idle import goes_on_asleep, is_asleep, is_by_itself, note_used
from hokanko.people.models import Person

Answer = Callable[[HttpRequest], HttpResponse]


class idle_logins_close:  # noqa: N801 it stands in the list beside functions
    """Who comes back after too long is asked for his password again, and led to where he was."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if isinstance(request.user, Person) and not is_by_itself(request):
            note_used(request)  # after the answer: an upload of an hour was no idle hour
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: object
    ) -> HttpResponse | None:
        if not isinstance(request.user, Person) or not is_asleep(request):
            return None
        if goes_on_asleep(request):
            return None
        logout(request)
        if not getattr(view, "login_required", True):
            return None
        asked = urlencode({"next": _back_to(request), "asleep": "1"})
        return redirect(f"{settings.LOGIN_URL}?{asked}")


def _back_to(request: HttpRequest) -> str:
    """The page that was open: what was pressed on it is not done by opening it again."""
    if request.method == "GET":
        return request.get_full_path()
    return urlsplit(request.headers.get("Referer", "")).path or "/"
