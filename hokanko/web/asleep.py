"""A login that nobody used for a while is closed at its next press; its walls stay lit."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from hokanko.people.idle import goes_on_asleep, is_asleep, is_by_itself, note_used
from hokanko.people.kept import end, forget_sent, is_form
from hokanko.people.models import Person
from hokanko.web.typed import keep_and_ask, to_login

Answer = Callable[[HttpRequest], HttpResponse]


class idle_logins_close:  # noqa: N801 it stands in the list beside functions
    """Who comes back after too long is asked for his password again, and led to where he was."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if isinstance(request.user, Person) and not is_by_itself(request):
            if request.method == "POST" and _is_done(response):
                forget_sent(request, request.user)
            note_used(request)  # after the answer: an upload of an hour was no idle hour
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: object
    ) -> HttpResponse | None:
        if not isinstance(request.user, Person) or not is_asleep(request):
            return None
        if goes_on_asleep(request):
            return None
        person = request.user
        end(request, person)
        if not getattr(view, "login_required", True):
            return None
        if is_form(request):
            return keep_and_ask(request, person, asleep="1")
        return to_login(request, asleep="1")


def _is_done(response: HttpResponse) -> bool:
    """Whether a form led on, other than to the page that offers it again."""
    to = response.headers.get("Location", "")
    return response.status_code == HTTPStatus.FOUND and to != reverse("people.kept")
