"""The page on which what lies outside one's premises is marked on the sample frame."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hokanko.cameras.frames import Area, Outside, mark_outside
from hokanko.cameras.models import CameraFrame
from hokanko.cameras.pressing import EDGES, filled, pressed, sizes
from hokanko.cameras.queries import frame, one, thing
from hokanko.cameras.sealed import picture_of
from hokanko.cameras.siting_forms import WAYS, OutsideForm
from hokanko.errors import Missing
from hokanko.media.redraw import shape_of
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.rules.decide import require


def outside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark one more area, or give one up; the picture itself is a button."""
    actor, camera = actor_at(request), one(pk)
    require(actor, "camera.frame", thing(camera))
    seen = frame(camera)
    if seen is None:
        raise Missing("確認画像がありません。", "There is no sample frame.")
    marked = [_read(row) for row in seen.outside]
    ratio, form, corner = shape_of(picture_of(seen)), OutsideForm(), ""
    if request.method == "POST":
        dropped = request.POST.get("drop", "")
        if dropped.isdecimal() and int(dropped) < len(marked):
            del marked[int(dropped)]
            mark_outside(camera, marked, by=actor)
            return redirect("cameras.outside", pk=pk)
        form, at = OutsideForm(request.POST), pressed(request, ratio)
        if at is not None:
            said, corner = filled(request, OutsideForm.base_fields, at)
            form = OutsideForm(initial=said)
        elif form.is_valid():
            with told_on(form):
                mark_outside(camera, [*marked, form.outside()], by=actor)
                return redirect("cameras.outside", pk=pk)
    page = {
        "camera": camera,
        "frame": seen,
        "marks": marks(seen),
        "ways": dict(WAYS),
        "form": form,
        "corner": corner,
        "sizes": sizes(ratio),
    }
    return render(request, "cameras/html/outside.html", page, status=status_of(form))


def marks(seen: CameraFrame) -> list[dict[str, str | int]]:
    """The areas of a frame as rectangles to draw over it, in percent."""
    areas = [("area", seen.area), *(("outside", row) for row in seen.outside)]
    return [
        {
            "kind": kind,
            "x": area["left"],
            "y": area["top"],
            "width": area["right"] - area["left"],
            "height": area["bottom"] - area["top"],
        }
        for kind, area in areas
    ]


def _read(row: dict[str, int | str]) -> Outside:
    edges = {edge: int(row[edge]) for edge in EDGES}
    return Outside(Area(**edges), str(row["way"]), str(row["words"]))
