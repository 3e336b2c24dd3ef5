"""One's own password changed, and every login of one's own ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import logout as close_session
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from hokanko.people.actions import rekey
from hokanko.people.door import actor_at, person_at, seat_at
from hokanko.people.forms import LEAST, status_of, told_on
from hokanko.people.knocking import place_of
from hokanko.people.login import end_everywhere, known


class PasswordForm(forms.Form):
    """パスワードの変更。"""

    current = forms.CharField(
        label=_("いまのパスワード"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("新しいパスワード"),
        min_length=LEAST,
        max_length=200,
        strip=False,
        help_text=_("12文字以上。ほかで使っていないものにしてください。"),
        error_messages={"min_length": _("12文字以上にしてください。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("新しいパスワード（もう一度）"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "password" in said and "again" in said and said["password"] != said["again"]:
            self.add_error("again", _("二つの新しいパスワードが違います。"))
        if "password" in said and said["password"] == said.get("current"):
            self.add_error("password", _("いまのパスワードと同じです。"))
        return said


@sensitive_post_parameters()
@sensitive_variables("said")
def change(request: HttpRequest) -> HttpResponse:
    """Change one's own password, by the one in use; every other login of one's own ends."""
    person, form = person_at(request), PasswordForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        if known(person.login, said["current"], place=place_of(request)) is None:
            form.add_error("current", _("いまのパスワードが違うか、いまは使えません。"))
        else:
            with told_on(form):
                rekey(person, said["password"], by=actor_at(request))
                update_session_auth_hash(request, person)
                return redirect(f"{request.path}?done=1")
    page = {"form": form, "done": request.method == "GET" and "done" in request.GET}
    return render(request, "people/html/password.html", page, status=status_of(form))


@require_POST
def leave_everywhere(request: HttpRequest) -> HttpResponse:
    """Log out here and wherever else one is logged in; terminals stay enrolled."""
    end_everywhere(person_at(request), seat=seat_at(request))
    close_session(request)
    return redirect(f"{settings.LOGIN_URL}?left=1")
