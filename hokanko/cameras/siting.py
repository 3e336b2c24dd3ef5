"""The page of one fixed camera: what is missing before it runs, where it looks, its end."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hokanko.cameras import actions, frames
from hokanko.cameras.drawing import Drawing
from hokanko.cameras.examined import examined
from hokanko.cameras.forms import MOUNTS, PurposeForm
from hokanko.cameras.hygiene import FAULTS
from hokanko.cameras.marking import marks
from hokanko.cameras.models import Camera
from hokanko.cameras.purposes import decide_purpose
from hokanko.cameras.queries import FIXED, frame, one, one_ever, one_removed, thing
from hokanko.cameras.ready import checklist
from hokanko.cameras.sealed import mounted, picture_of, removal_of
from hokanko.cameras.sheet_pages import drawn_for, keep_typed, pick_from, sent
from hokanko.cameras.sheets import told_reach
from hokanko.cameras.signs import HANGING
from hokanko.cameras.siting_forms import (
    CONNECTIONS,
    WAYS,
    FrameForm,
    RemovalForm,
    SitingForm,
    asks_for_public,
)
from hokanko.cameras.trial import streams_openly
from hokanko.errors import Conflict, Missing
from hokanko.people.attach import with_paper
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may, require

SHOWN = {"outside_premises": False, "display_only": False}  # what a blank form would be asked with
UNCHANGED = SHOWN | {"settings": False, "closed_place": False}


def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One camera: its facts, its checklist, and what may be done about it."""
    actor, camera = actor_at(request), one_ever(pk)
    require(actor, "camera.list", thing_of_org(camera.org))
    about, seen, tried = thing(camera), frame(camera), examined(camera)
    page = {
        "camera": camera,
        "mount": dict(MOUNTS).get(camera.mount, ""),
        "reach": told_reach(camera.reach, camera.sheet),
        "connection": dict(CONNECTIONS).get(camera.connection, ""),
        "signs": camera.signs.filter(HANGING).defer("photo").order_by("place", "pk"),
        "may_purpose": may(actor, "camera.purpose", about, commercial=False),
        "is_scoped": asks_for_public(camera.org_id),
        "frame": seen,
        "marks": marks(seen) if seen else [],
        "ways": dict(WAYS),
        "former": camera.frames.exclude(superseded_at=None)
        .select_related("filed_by", "confirmed_by")
        .order_by("-filed_at", "pk"),
        "items": list(checklist(camera, actor)) if camera.kind == FIXED else [],
        "may_site": may(actor, "camera.site", about, **UNCHANGED),
        "may_set": may(actor, "camera.site", about, **UNCHANGED | {"settings": True}),
        "may_frame": may(actor, "camera.frame", about),
        "may_confirm": may(actor, "camera.confirm", about),
        "may_activate": may(actor, "camera.activate", about, lacks=[]),
        "may_end": may(actor, "camera.end", about),
        "tried": tried,
        "faults": [FAULTS[code] for code in tried.faults] if tried else [],
        "may_examine": may(actor, "camera.examine", about),
        "may_live": may(actor, "live.watch", about, seat_enrolled=actor.sits_at(camera.org_id)),
        "may_reboot": may(actor, "camera.reboot", about),
    }
    if camera.retired_at:  # taken down: its page is to be read
        page |= {name: False for name in page if name.startswith("may_")}
    return render(request, "cameras/html/one.html", page)


def purpose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm what it films for."""
    actor, camera = actor_at(request), one(pk)
    about = thing(camera)
    require(actor, "camera.purpose", about, commercial=False)
    commerce = may(actor, "camera.purpose", about, commercial=True)
    form = PurposeForm(camera, request.POST or None, commerce=commerce)
    if form.is_valid():
        with told_on(form):
            decide_purpose(camera, **form.cleaned_data, by=actor)
            return redirect("cameras.one", pk=pk)
    page = {"form": form, "camera": camera}
    return render(request, "cameras/html/purpose.html", page, status=status_of(form))


@with_paper
def site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide where it stands and looks; the map itself is a button that picks the place."""
    actor, camera = actor_at(request), one(pk)
    require(actor, "camera.site", thing(camera), **UNCHANGED)
    form = SitingForm(camera, *sent(request))
    sheet = drawn_for(request, camera.site, camera.sheet_id) if camera.site else None
    moved = sheet is not None and sheet.sheet.pk != camera.sheet_id
    lost = keep_typed(request, form, elsewhere=moved)
    if form.is_valid():
        with told_on(form):
            _decide(form, camera, sheet, actor)
            return redirect("cameras.one", pk=pk)
    page = {"form": form, "camera": camera}
    if camera.site:
        page |= pick_from(camera.site, sheet) | lost
    return render(request, "cameras/html/siting.html", page, status=status_of(form))


@with_paper
def sample(request: HttpRequest, pk: UUID) -> HttpResponse:
    """File a sample frame with its areas marked."""
    actor, camera = actor_at(request), one(pk)
    require(actor, "camera.frame", thing(camera))
    form = FrameForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        said = form.cleaned_data
        with told_on(form):
            frames.file_frame(camera, said["picture"], area=said["area"], by=actor)
            return redirect("cameras.outside", pk=pk)
    page = {"form": form, "camera": camera}
    return render(request, "cameras/html/frame.html", page, status=status_of(form))


def mounted_picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The camera as it is mounted, for those who decide where it stands."""
    camera = one(pk)
    require(actor_at(request), "camera.site", thing(camera), **UNCHANGED)
    return HttpResponse(mounted(camera), content_type="image/jpeg")


@require_GET
def removal_picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a camera was taken down, for those who see the cameras."""
    camera = one_removed(pk)
    require(actor_at(request), "camera.list", thing_of_org(camera.org))
    return HttpResponse(removal_of(camera), content_type="image/jpeg")


def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sample frame itself, for those who file or confirm it."""
    actor, camera = actor_at(request), one(pk)
    if not may(actor, "camera.confirm", thing(camera)):
        require(actor, "camera.frame", thing(camera))
    seen = frame(camera)
    if seen is None:
        raise Missing("確認画像がありません。", "There is no sample frame.")
    return HttpResponse(picture_of(seen), content_type="image/jpeg")


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    frames.confirm(one(pk), by=actor_at(request))
    return redirect("cameras.one", pk=pk)


@require_POST
def activate(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.activate(one(pk), by=actor_at(request))
    return redirect("cameras.one", pk=pk)


@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor, camera = actor_at(request), one(pk)
    require(actor, "camera.end", thing(camera))
    if "confirmed" not in request.POST:
        raise Conflict(
            "運用を終えると、元に戻せません。確かめたことを示す欄に印を付けてください。",
            "The end of a camera's operation cannot be undone. Tick that you have seen so.",
        )
    actions.end(camera, by=actor)
    return redirect("cameras.one", pk=pk)


@with_paper
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that it was taken down."""
    actor, camera = actor_at(request), one(pk)
    require(actor, "camera.remove", thing(camera))
    form = RemovalForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with told_on(form):
            actions.remove(camera, **form.cleaned_data, by=actor)
            return redirect("cameras.rack_at", code=camera.org_id)
    page = {"form": form, "camera": camera}
    return render(request, "cameras/html/removal.html", page, status=status_of(form))


def _decide(form: SitingForm, camera: Camera, sheet: Drawing | None, by: Actor) -> None:
    address = form.cleaned_data["address"]
    openly = streams_openly(address) if address else camera.streams_openly
    siting = form.siting(form.spot(sheet), streams_openly=openly)
    said = form.cleaned_data
    actions.decide_site(camera, siting, password=said["password"], photo=said["photo"], by=by)
