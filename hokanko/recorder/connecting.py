"""The page on which a network camera is connected: tried first, then entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hokanko.cameras.certificates import certificate_at, in_groups, is_secured
from hokanko.cameras.curing import CURES
from hokanko.cameras.models import Camera
from hokanko.cameras.picking import camera_password, camera_user
from hokanko.cameras.queries import FIXED, one, thing
from hokanko.cameras.recorded import insist_address, same_device, stream_password
from hokanko.cameras.retyping import from_page, sealed_for_page
from hokanko.cameras.siting import UNCHANGED
from hokanko.cameras.streams import connect
from hokanko.coverage.words import cause_in_words
from hokanko.errors import Missing
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.recorder.trying import Tried, try_stream
from hokanko.rules.decide import require

CODECS = {"h264": "H.264", "hevc": "H.265"}


class ConnectForm(forms.Form):
    """カメラの送り元。"""

    address = forms.CharField(
        label=_("カメラのアドレス"),
        max_length=200,
        help_text=_("rtsp:// か rtsps:// で始まるもの。例：rtsp://192.168.1.20/stream1"),
    )
    user = camera_user()
    password = camera_password(new=True)
    without = forms.BooleanField(label=_("パスワードを使わない"), required=False)
    sound = forms.BooleanField(
        label=_("音も録る"),
        required=False,
        help_text=_("音には会話が入ります。目的に要るときだけ選んでください。"),
    )
    tried = forms.CharField(required=False, widget=forms.HiddenInput)
    certificate = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, camera: Camera, *args: object, chosen: Mapping[str, str] | None = None
    ) -> None:
        """`chosen` are the address and the user that a camera told of itself, if it was asked."""
        self._camera = camera
        told = {"address": camera.stream_url, "user": camera.stream_user}
        told |= {name: text for name in told if (text := (chosen or {}).get(name))}
        initial = told | {"sound": camera.stream_sound}
        super().__init__(*args, initial=initial)  # type: ignore[arg-type, misc]
        self.fields["password"].help_text = (
            _(
                "登録したものがあります。変えないときは空けておきます。封印して保管し、表示しません。"
            )
            if camera.stream_password is not None
            else _("封印して保管し、表示も記録もしません。")
        )

    @property
    def keeps(self) -> bool:
        """Whether the password entered before is to be used again."""
        said = self.cleaned_data
        return self._camera.stream_password is not None and not (
            said["password"] or said["without"] or self._from_trial()
        )

    @property
    def password_told(self) -> str:
        """What was typed now, or for the trial just before."""
        said = self.cleaned_data
        return "" if said["without"] else said["password"] or self._from_trial()

    def told(self) -> dict[str, Any]:
        """What `connect` takes."""
        said = self.cleaned_data
        return {
            "user": said["user"],
            "password": self.password_told,
            "keep": self.keeps,
            "sound": said["sound"],
            "certificate": said["certificate"],
        }

    def after_trial(self, certificate: str) -> None:
        """Let the next sending of this form do without typing the password again.

        It sends the certificate along that was shown on this page.
        """
        tried = sealed_for_page(self.password_told, self._place())
        self.data = {**dict(self.data.items()), "tried": tried, "certificate": certificate}

    def _from_trial(self) -> str:
        """The password of the trial before, if this is the same device still."""
        return from_page(self.cleaned_data["tried"], self._place())

    def _place(self) -> str:
        url, said = urlsplit(self.cleaned_data["address"]), self.cleaned_data
        return f"tried:{self._camera.pk}/{url.scheme}://{url.netloc}/{said['user']}"


@require_http_methods(["GET", "POST"])
def connect_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try an address, and enter it."""
    actor, camera = actor_at(request), one(pk)
    require(actor, "camera.site", thing(camera), **UNCHANGED | {"settings": True})
    if camera.kind != FIXED or camera.ended_at:
        raise Missing(
            "このカメラは、ここではつなぎません。", "This camera is not connected on this page."
        )
    form, tried, shown = ConnectForm(camera, request.POST or None, chosen=request.GET), None, ""
    if form.is_valid():
        with told_on(form):
            shown = _certificate(form)
            if request.POST.get("do") == "try":
                tried = _try(camera, form, shown)
            elif shown == form.cleaned_data["certificate"]:
                connect(camera, form.cleaned_data["address"], **form.told(), by=actor)
                return redirect("cameras.one", pk=pk)
            form.after_trial(shown)
    changed = bool(shown and camera.stream_certificate not in ("", shown))
    page = {"form": form, "camera": camera, **_words(tried)}
    page |= {"certificate": in_groups(shown), "changed": changed}
    return render(request, "recorder/html/connect.html", page, status=status_of(form))


def _certificate(form: ConnectForm) -> str:
    """What the camera shows now: a person compares it before anything is entered."""
    insist_address(address := form.cleaned_data["address"])
    return certificate_at(address) if is_secured(address) else ""


def _try(camera: Camera, form: ConnectForm, certificate: str) -> Tried:
    said, password = form.cleaned_data, form.password_told
    if form.keeps and same_device(camera, said["address"], said["user"]):
        password = stream_password(camera)
    return try_stream(
        said["address"], user=said["user"], password=password, certificate=certificate
    )


def _words(tried: Tried | None) -> dict[str, object]:
    if tried is None:
        return {}
    return {
        "tried": tried,
        "codec": CODECS.get(tried.codec, tried.codec),
        "fits": tried.codec in CODECS,
        "why": cause_in_words(tried.why),
        "cure": CURES.get(tried.why),
    }
