"""The page on which a worn camera's set-up is recorded: recording sign, red lamp, storage lock."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hokanko.cameras.checkout import Profile, set_up
from hokanko.cameras.queries import one, setting, thing
from hokanko.errors import Refusal
from hokanko.people.door import actor_at
from hokanko.rules.decide import require


class ProfileForm(forms.Form):
    """What is on, as the camera itself shows it. What must be on, the rulebook tells."""

    sign = forms.BooleanField(label=_("撮影中であることを示す表示が出る"), required=False)
    lamp = forms.BooleanField(label=_("赤色ランプが点灯する"), required=False)
    lock = forms.BooleanField(label=_("記録がパスワードでロックされる"), required=False)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record how a camera is set up. What is refused stays on the screen, with its article."""
    camera, actor = one(pk), actor_at(request)
    require(actor, "camera.profile", thing(camera), **setting(camera, actor))
    now = {"sign": camera.sign_on, "lamp": camera.lamp_on, "lock": camera.lock_on}
    sent = request.POST if request.method == "POST" else None
    form, refusal = ProfileForm(sent, initial=now), None
    if form.is_valid():
        try:
            set_up(camera, Profile(**form.cleaned_data), by=actor)
            return redirect("cameras.rack_at", code=camera.org_id)
        except Refusal as no:
            refusal = no
    here = {"form": form, "camera": camera, "refusal": refusal}
    return render(request, "cameras/html/profile.html", here, status=403 if refusal else 200)
