"""The page on which a mask at capture is chosen: pressed or typed, priced, then begun."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hokanko.cameras.frames import Area
from hokanko.cameras.models import Camera
from hokanko.cameras.pressing import EDGES, cornered, pressed, sizes
from hokanko.cameras.queries import frame, one, thing
from hokanko.cameras.sealed import picture_of
from hokanko.cameras.siting import UNCHANGED
from hokanko.cameras.siting_forms import AreaForm
from hokanko.cameras.veiling import veil
from hokanko.coverage.words import cause_in_words
from hokanko.errors import Missing
from hokanko.media.redraw import shape_of
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.recorder.trying import Tried, try_masks
from hokanko.recorder.veiled import WITHIN_S, veiled
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may, require

FRESH_S = 600  # a price measured earlier than that is measured anew


class BeginForm(forms.Form):
    """マスクを始める、又はやめる理由。"""

    reason = forms.CharField(
        label=_("理由"), max_length=200, help_text=_("例：隣の家の窓が写るため")
    )


@dataclass(slots=True)
class Turn:
    """What is on the page: areas chosen, the forms, a first corner, what a trial found."""

    areas: list[Area]
    form: AreaForm = field(default_factory=AreaForm)
    begin: BeginForm = field(default_factory=BeginForm)
    corner: str = ""
    tried: Tried | None = None
    price: str = ""


@require_http_methods(["GET", "POST"])
def veil_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose areas, have their price measured on this camera, begin."""
    actor, camera = actor_at(request), one(pk)
    require(actor, "camera.site", thing(camera), **UNCHANGED | {"settings": True})
    if not camera.stream_url:
        raise Missing("このカメラは、まだつながっていません。", "This camera is not connected yet.")
    seen = frame(camera) if may(actor, "camera.frame", thing(camera)) else None
    ratio = shape_of(picture_of(seen)) if seen else 1.0
    turn = Turn(_areas(request, camera))
    if request.POST.get("do") == "begin":
        turn.begin, turn.price = BeginForm(request.POST), request.POST.get("price", "")
        if turn.begin.is_valid():
            with told_on(turn.begin):
                _begin(camera, turn, actor)
                return redirect("recorder.veil", pk=pk)
    elif request.method == "POST":
        _choose(request, camera, turn, ratio)
    tried, holds = turn.tried, veiled(camera)
    page = {
        "camera": camera,
        "seen": seen,
        "turn": turn,
        "rows": [_told(area) for area in turn.areas],
        "why": cause_in_words(tried.why) if tried and tried.why else "",
        "is_running": bool(camera.masks) and turn.areas == _recorded(camera),
        "sizes": sizes(ratio),
        "veiled": holds,
        "halted_by": cause_in_words(holds.cause) if holds and holds.cause else "",
        "within": WITHIN_S,
    }
    status = max(status_of(turn.form), status_of(turn.begin))
    return render(request, "recorder/html/veil.html", page, status=status)


def _begin(camera: Camera, turn: Turn, by: Actor) -> None:
    percent = _price(camera, turn.areas, turn.price)
    reason = turn.begin.cleaned_data["reason"]
    veil(camera, turn.areas, core_percent=percent, reason=reason, by=by)


def _choose(request: HttpRequest, camera: Camera, turn: Turn, ratio: float) -> None:
    """One area more or less, a corner of one, or their price."""
    act, at = request.POST.get("do", ""), pressed(request, ratio)
    if at is not None:
        edges, turn.corner = cornered(request, at)
        turn.form = AreaForm(initial=dict(edges))
    elif act.isdecimal():
        del turn.areas[int(act) : int(act) + 1]
    elif act == "try" and turn.areas:
        turn.tried = try_masks(camera, turn.areas)
        turn.price = _signed(camera, turn.areas, turn.tried)
    else:
        turn.form = AreaForm(request.POST)
        if turn.form.is_valid():
            turn.areas.append(turn.form.cleaned_data["area"])
            turn.form = AreaForm()


def _areas(request: HttpRequest, camera: Camera) -> list[Area]:
    """What is chosen so far: what the form carries, at first what is in force."""
    if request.method != "POST":
        return _recorded(camera)
    chosen = []
    for text in request.POST.getlist("area"):
        numbers = [int(part) for part in text.split(",") if part.isdecimal()]
        if len(numbers) == len(EDGES):
            chosen.append(Area(*numbers))
    return chosen


def _recorded(camera: Camera) -> list[Area]:
    return [Area(**row) for row in camera.masks]


def _told(area: Area) -> str:
    return ",".join(str(getattr(area, edge)) for edge in EDGES)


def _rows(areas: list[Area]) -> list[dict[str, Any]]:
    return [{edge: getattr(area, edge) for edge in EDGES} for area in areas]


def _signed(camera: Camera, areas: list[Area], tried: Tried) -> str:
    """The price, so that nobody begins without having had it measured."""
    if tried.why:
        return ""
    return signing.dumps([str(camera.pk), _rows(areas), tried.core_percent], salt="veil")


def _price(camera: Camera, areas: list[Area], told: str) -> int:
    """What was measured for exactly these areas just before. Raises Missing."""
    if not areas:
        return 0
    try:
        of, rows, percent = signing.loads(told, salt="veil", max_age=FRESH_S)
    except signing.BadSignature:
        of, rows, percent = "", [], 0
    if (of, rows) != (str(camera.pk), _rows(areas)):
        raise Missing(
            "先に、処理の重さを測ってください。",
            "Have the price measured first.",
        )
    return int(percent)
