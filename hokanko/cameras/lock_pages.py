"""The page on which a camera's storage password is entered; it is never shown again."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.locks import enter_password
from hokanko.cameras.queries import one, setting, thing
from hokanko.people.door import actor_at
from hokanko.rules.decide import require


class PasswordForm(forms.Form):
    """記録を開くパスワード。"""

    password = forms.CharField(
        label=_("カメラに設定したパスワード"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("封印して保管し、充電器に接続されたときにだけ使います。表示も記録もしません。"),
    )


def password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the password that opens what a camera recorded."""
    camera, actor = one(pk), actor_at(request)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        enter_password(camera, form.cleaned_data["password"], by=actor)
        return redirect("cameras.rack_at", code=camera.org_id)
    require(actor, "camera.profile", thing(camera), **setting(camera, actor))
    return render(request, "cameras/html/password.html", {"form": form, "camera": camera})
