"""Pages on which parts of a still are blackened: pressed or typed, made, and looked at again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from hokanko.cameras.pressing import filled, pressed
from hokanko.errors import Missing
from hokanko.media.still import thumbnail
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.provision.doubting import doubted
from hokanko.provision.mask_pages import WIDEST, MaskForm, maskable_file, masking, tall
from hokanko.provision.masking import look
from hokanko.provision.models import MaskedStill, ProvisionFile
from hokanko.provision.still_making import make_still
from hokanko.provision.still_masking import check_still, cover_still, uncover_still
from hokanko.provision.still_masks import image_of, insist_asked, masked_still
from hokanko.vault import cabinet
from hokanko.vault.look import Look


class StillMaskForm(MaskForm):
    """A mask of one still: its time is the still's own moment."""

    def __init__(self, *args: Any, at_ms: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at_ms = at_ms
        del self.fields["begins"], self.fields["ends"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data |= {"begins": self.at_ms / 1000, "ends": (self.at_ms + 1) / 1000}
        return super().clean()


@require_http_methods(["GET", "POST"])
def still_masks(request: HttpRequest, number: str, file_id: int, at_ms: int) -> HttpResponse:
    """One still of a request: its masks, and one more."""
    file, by, me = _file(request, number, file_id, at_ms), actor_at(request), person_at(request)
    form = StillMaskForm(at_ms=at_ms)
    if request.method == "POST":
        act = request.POST.get("do", "")
        if act.isdecimal():
            uncover_still(file, at_ms, int(act), me, by=by)
        elif act == "make":
            make_still(_stated(file, at_ms), by=by)
        elif act == "check":
            check_still(file, at_ms, me, by=by)
        elif spot := pressed(request, tall(file)):
            said, corner = filled(request, form.fields, spot)
            return _page(request, file, StillMaskForm(initial=said, at_ms=at_ms), corner)
        else:
            form = StillMaskForm(request.POST, at_ms=at_ms)
            if not form.is_valid():
                return _page(request, file, form)
            with told_on(form):
                cover_still(file, form.cleaned_data["mask"], form.cleaned_data["reason"], me, by=by)
            if form.errors:
                return _page(request, file, form)
        return redirect("provision.still_masks", number, file_id, at_ms)
    return _page(request, file, form)


@require_GET
def still_picture(request: HttpRequest, number: str, file_id: int, at_ms: int) -> HttpResponse:
    """The still as it was filmed; that somebody looked is on the ledger."""
    file = _file(request, number, file_id, at_ms)
    look(file, at_ms, by=actor_at(request))
    original = cabinet.original(str(file.footage_id))
    with doubted(file.footage), cabinet.opened(original) as reader:
        small = thumbnail(Look(reader), at_ms, WIDEST)
    return HttpResponse(small, content_type="image/jpeg")


@require_GET
def masked_still_picture(
    request: HttpRequest, number: str, file_id: int, at_ms: int
) -> HttpResponse:
    """The masked still, byte for byte as it leaves but for its number below."""
    file = _file(request, number, file_id, at_ms)
    still = _stated(file, at_ms)
    if not still.is_made:
        raise Missing("マスクをかけた静止画は、まだありません。", "There is no masked still yet.")
    look(file, at_ms, masked=True, by=actor_at(request))
    _sealed, image = image_of(still)
    return HttpResponse(image, content_type="image/png")


def _page(
    request: HttpRequest, file: ProvisionFile, form: StillMaskForm, corner: str = ""
) -> HttpResponse:
    at_ms = form.at_ms
    place = [file.provision.number, file.pk, at_ms]
    page = masking(file, masked_still(file, at_ms), at_ms, form, corner) | {
        "here": reverse("provision.still_masks", args=place),
        "picture": reverse("provision.still_picture", args=place),
    }
    return render(request, "provision/html/still_masks.html", page, status=status_of(form))


def _file(request: HttpRequest, number: str, file_id: int, at_ms: int) -> ProvisionFile:
    """The file, for those who may mask it and where this still of it is asked for."""
    file = maskable_file(request, number, file_id)
    insist_asked(file, at_ms)
    return file


def _stated(file: ProvisionFile, at_ms: int) -> MaskedStill:
    still = masked_still(file, at_ms)
    if still is None:
        raise Missing("この静止画のマスクはありません。", "This still has no masks.")
    return still
