"""Pages of a network camera as a device: found on the network, read, examined, started anew."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from hokanko.cameras import devices, discovery, examining, frames, hygiene
from hokanko.cameras.certificates import certificate_at, in_groups, is_secured
from hokanko.cameras.models import Camera
from hokanko.cameras.onvif import ADDRESS_MOST, Device, device_address
from hokanko.cameras.picking import camera_password, camera_user
from hokanko.cameras.queries import FIXED, one, thing
from hokanko.cameras.retyping import from_page, sealed_for_page
from hokanko.errors import Missing
from hokanko.media.redraw import jpeg
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require


class SearchForm(forms.Form):
    """探す回線。"""

    network = forms.ChoiceField(
        label=_("回線"), help_text=_("押したときに一度だけ、数秒間、この回線の機器に尋ねます。")
    )

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        offered = [(each.own, f"{each.name}（{each.own}）") for each in discovery.networks()]
        self.fields["network"].choices = offered  # type: ignore[attr-defined]


class ReadForm(forms.Form):
    """機器のアドレスと、その利用者。"""

    device = forms.CharField(
        label=_("カメラのアドレス"),
        max_length=ADDRESS_MOST,
        help_text=_("例：192.168.1.20　暗号化するとき：https://192.168.1.20"),
    )
    user = camera_user()
    password = camera_password(_("読み出すときに使うだけで、ここでは保存しません。"))
    tried = forms.CharField(required=False, widget=forms.HiddenInput)
    certificate = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def password_told(self) -> str:
        """What was typed now, or when the fingerprint was shown just before."""
        said = self.cleaned_data
        return said["password"] or from_page(said["tried"], self._place())

    def after_look(self, certificate: str) -> None:
        """Let this form be sent again, with the fingerprint that is shown beside it."""
        tried = sealed_for_page(self.password_told(), self._place())
        self.data = {**dict(self.data.items()), "tried": tried, "certificate": certificate}

    def _place(self) -> str:
        said = self.cleaned_data
        return f"read:{device_address(said['device'])}/{said['user']}"


@require_http_methods(["GET", "POST"])
def device(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look for the camera on a network, and read where it streams; both only when asked."""
    actor, camera = _asked(request, pk, "camera.site", **devices.CONNECTING)
    asked = request.POST.get("do", "")
    known = {"device": request.GET.get("device", camera.device_url), "user": camera.stream_user}
    searching = SearchForm(request.POST if asked == "search" else None)
    reading = ReadForm(request.POST if asked == "read" else None, initial=known)
    page: dict[str, Any] = {"camera": camera, "found": None}
    form = searching if asked == "search" else reading
    if form.is_valid():
        with told_on(form):
            said = form.cleaned_data
            page |= (
                _search(camera, said, actor) if form is searching else _read(camera, reading, actor)
            )
    page |= {"searching": searching, "reading": reading}
    status = status_of(form) if asked else 200
    return render(request, "cameras/html/device.html", page, status=status)


@require_POST
def examine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try now how well it is locked."""
    actor, camera = _asked(request, pk, "camera.examine")
    examining.note(camera, hygiene.look(camera), by=actor)
    return redirect("cameras.one", pk=pk)


@require_POST
def reboot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have it start anew."""
    actor, camera = _asked(request, pk, "camera.reboot")
    devices.ask_to_reboot(camera, by=actor).reboot()
    return redirect(reverse("cameras.one", args=[pk]) + "?asked=reboot#hygiene")


@require_POST
def snapshot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the sample frame from the camera itself; its areas are marked as the whole picture."""
    actor, camera = _asked(request, pk, "camera.frame")
    there = hygiene.device_of(camera)
    taken = jpeg(there.picture(there.streams()[0].token), frames.WIDEST)
    frames.file_frame(camera, taken, area=frames.Area(), by=actor)
    return redirect("cameras.one", pk=pk)


def _asked(request: HttpRequest, pk: UUID, verb: str, **context: bool) -> tuple[Actor, Camera]:
    """Who asks, and the camera: one that is installed, and about which he may do this."""
    actor, camera = actor_at(request), one(pk)
    require(actor, verb, thing(camera), **context)
    if camera.kind != FIXED or camera.ended_at:
        raise Missing(
            "このカメラは、回線につながるカメラではありません。", "This is no network camera."
        )
    return actor, camera


def _search(camera: Camera, said: dict[str, Any], by: Actor) -> dict[str, Any]:
    found = discovery.search(said["network"])
    devices.note_search(camera, said["network"], len(found), by=by)
    return {"found": found}


def _read(camera: Camera, form: ReadForm, by: Actor) -> dict[str, Any]:
    """What a device says; over HTTPS its fingerprint first, until a person has compared it."""
    said = form.cleaned_data
    address, known = (
        device_address(said["device"]),
        hygiene.known_certificate(camera, said["device"]),
    )
    shown = certificate_at(address) if is_secured(address) else ""
    if shown not in (known, said["certificate"]):
        form.after_look(shown)
        return {"certificate": in_groups(shown), "changed": bool(known)}
    there = Device(address, said["user"], form.password_told(), shown)
    told, streams = there.told(), there.streams()
    devices.know(camera, there, told, len(streams), by=by)
    ahead = there.ahead_s
    offered = [
        {"stream": each, "connect": _connecting(camera, each.address, said["user"])}
        for each in streams
    ]
    return {"told": told, "streams": offered, "ahead": ahead, "behind": -(ahead or 0)}


def _connecting(camera: Camera, address: str, user: str) -> str:
    told = urlencode({"address": address, "user": user})
    return f"{reverse('recorder.connect', args=[camera.pk])}?{told}"
