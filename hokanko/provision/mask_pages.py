"""Pages on which parts of a file are blackened: pressed or typed, made, and looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from hokanko.cameras.pressing import EDGES, filled, pressed, sizes
from hokanko.errors import Missing
from hokanko.footage.queries import thing as footage_thing
from hokanko.media.mask import Mask
from hokanko.media.still import thumbnail
from hokanko.people.door import actor_at, person_at
from hokanko.people.forms import status_of, told_on
from hokanko.provision import queries
from hokanko.provision.clips import sealed_clip
from hokanko.provision.doubting import doubted
from hokanko.provision.masking import (
    check_masked,
    drop_mask,
    enter_mask,
    look,
    order_masked,
)
from hokanko.provision.masks import clip_of, file_of, part_of
from hokanko.provision.models import Clip, MaskedStill, ProvisionFile
from hokanko.rules.decide import require
from hokanko.vault import cabinet
from hokanko.vault.look import Look

WIDEST = 1280
SHAPE = (16, 9)  # of a picture whose size nobody knows
MOVES = (-10_000, -1000, 1000, 10_000)


class MaskForm(forms.Form):
    """マスクをかける所と時間、その理由。"""

    left = forms.FloatField(label=_("左端（％）"), min_value=0, max_value=100)
    top = forms.FloatField(label=_("上端（％）"), min_value=0, max_value=100)
    right = forms.FloatField(label=_("右端（％）"), min_value=0, max_value=100)
    bottom = forms.FloatField(label=_("下端（％）"), min_value=0, max_value=100)
    begins = forms.FloatField(
        label=_("始まり（秒）"), min_value=0, help_text=_("元の映像の初めから数えます。")
    )
    ends = forms.FloatField(label=_("終わり（秒）"), min_value=0)
    reason = forms.CharField(
        label=_("マスクをかける理由"),
        max_length=200,
        help_text=_("例：依頼に関わらない通行人、隣の家の窓、車の番号"),
    )

    def clean(self) -> dict[str, Any]:
        """The rectangle and its time as `mask`."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            times = {"from_ms": said["begins"], "until_ms": said["ends"]}
            try:
                said["mask"] = Mask(
                    **{edge: said[edge] for edge in EDGES},
                    **{name: round(seconds * 1000) for name, seconds in times.items()},
                )
            except ValueError as odd:
                raise ValidationError(
                    _("左は右より、上は下より、始まりは終わりより小さくしてください。")
                ) from odd
        return said


@dataclass(frozen=True, slots=True)
class Shown:
    """A rectangle over the picture, in percent; `due` says that it is black at that moment."""

    x: float
    y: float
    width: float
    height: float
    due: bool


@require_http_methods(["GET", "POST"])
def masks(request: HttpRequest, number: str, file_id: int) -> HttpResponse:
    """One file of a request: its masks, and one more."""
    file, by = maskable_file(request, number, file_id), actor_at(request)
    start, end = part_of(file)
    at_ms = _moment(request.GET.get("at", ""), start, end)
    form = MaskForm(initial=_whole(start, end))
    corner = ""
    if request.method == "POST":
        act = request.POST.get("do", "")
        if act.isdecimal():
            drop_mask(file, int(act), person_at(request), by=by)
            return redirect(_here(file, at_ms))
        if act in STEPS:
            STEPS[act](file, request)
            return redirect(_here(file, at_ms))
        spot = pressed(request, tall(file))
        if spot is None:
            form = MaskForm(request.POST)
            if form.is_valid():
                said = form.cleaned_data
                with told_on(form):
                    enter_mask(file, said["mask"], said["reason"], person_at(request), by=by)
                    return redirect(_here(file, at_ms))
        else:
            said, corner = filled(request, MaskForm.base_fields, spot)
            form = MaskForm(initial=said)
    clip = clip_of(file)
    look_at = reverse("provision.mask_picture", args=[number, file_id])
    page = masking(file, clip, at_ms, form, corner) | {
        "here": _here(file, at_ms),
        "picture": f"{look_at}?at={at_ms}",
        "moves": [(move // 1000, min(max(at_ms + move, start), end - 1)) for move in MOVES],
        "start": start,
        "end": end,
        "checks": _checks(clip) if clip and clip.masks and clip.is_made else [],
    }
    return render(request, "provision/html/masks.html", page, status=status_of(form))


@require_GET
def picture(request: HttpRequest, number: str, file_id: int) -> HttpResponse:
    """A picture of the file as it was filmed; that somebody looked is on the ledger."""
    file = maskable_file(request, number, file_id)
    at_ms = _moment(request.GET.get("at", ""), *part_of(file))
    look(file, at_ms, by=actor_at(request))
    original = cabinet.original(str(file.footage_id))
    with doubted(file.footage), cabinet.opened(original) as reader:
        return _jpeg(thumbnail(Look(reader), at_ms, WIDEST))


@require_GET
def masked_picture(request: HttpRequest, number: str, file_id: int) -> HttpResponse:
    """A picture of the masked copy, at the moment of the original."""
    file = maskable_file(request, number, file_id)
    clip = clip_of(file)
    if clip is None or not clip.masks or not clip.is_made:
        raise Missing("マスクをかけた映像は、まだありません。", "There is no masked copy yet.")
    at_ms = _moment(request.GET.get("at", ""), clip.start_ms, clip.end_ms)
    look(file, at_ms, masked=True, by=actor_at(request))
    with cabinet.opened(sealed_clip(clip)) as reader:
        return _jpeg(thumbnail(Look(reader), max(0, at_ms - clip.made["first_ms"]), WIDEST))


def maskable_file(request: HttpRequest, number: str, file_id: int) -> ProvisionFile:
    """The file, for those who may mask it; a refusal for others, with the article."""
    file = file_of(queries.provision(number), file_id)
    about = footage_thing(file.footage)
    require(actor_at(request), "derive.edit", about, reason_missing=False)
    return file


def _here(file: ProvisionFile, at_ms: int) -> str:
    address = reverse("provision.masks", args=[file.provision.number, file.pk])
    return f"{address}?at={at_ms}"


def _order(file: ProvisionFile, request: HttpRequest) -> None:
    order_masked(file, by=actor_at(request))


def _check(file: ProvisionFile, request: HttpRequest) -> None:
    check_masked(file, person_at(request), by=actor_at(request))


STEPS = {"make": _order, "check": _check}


def _whole(start: int, end: int) -> dict[str, float]:
    return {"begins": start / 1000, "ends": end / 1000}


def _moment(said: str, start: int, end: int) -> int:
    """A moment of the part that is handed over; its beginning for anything else."""
    return min(max(int(said), start), end - 1) if said.isdecimal() else start


def tall(file: ProvisionFile) -> float:
    """Height of the picture by its width."""
    for stream in file.footage.facts.get("streams", []):
        if stream.get("width") and stream.get("height"):
            return float(stream["height"]) / float(stream["width"])
    return SHAPE[1] / SHAPE[0]


def masking(
    file: ProvisionFile, masked: Clip | MaskedStill | None, at_ms: int, form: MaskForm, corner: str
) -> dict[str, Any]:
    """What a page shows on which a clip or a still is masked, at one moment of the file."""
    return {
        "provision": file.provision,
        "file": file,
        "masked": masked,
        "at_ms": at_ms,
        "form": form,
        "corner": corner,
        "sizes": sizes(tall(file)),
        "shown": _over(masked.masks if masked else [], at_ms),
    }


def _over(masks: Iterable[Mapping[str, Any]], at_ms: int) -> list[Shown]:
    """Stated masks as rectangles over the picture at a moment."""
    return [
        Shown(
            x=mask["left"],
            y=mask["top"],
            width=mask["right"] - mask["left"],
            height=mask["bottom"] - mask["top"],
            due=mask["from_ms"] <= at_ms < mask["until_ms"],
        )
        for mask in masks
    ]


def _checks(clip: Clip) -> list[int]:
    """Moments at which a masked copy is looked at: where masks begin, halfway, where they end."""
    first, last = clip.made["first_ms"], clip.made["last_ms"]
    found = {first, last}
    for mask in clip.masks:
        begins, ends = max(mask["from_ms"], first), min(mask["until_ms"], last + 1)
        found |= {begins, (begins + ends) // 2, max(begins, ends - 1)}
    return sorted(at for at in found if first <= at <= last)


def _jpeg(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/jpeg")
