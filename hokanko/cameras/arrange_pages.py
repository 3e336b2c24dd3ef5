"""The page on which cameras and signs are put on the placement map: pressed, stepped or typed."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hokanko.cameras import signs as asked
from hokanko.cameras.arranging import (
    WIDEST,
    Trial,
    key_of,
    marks_of,
    picked,
    pressed,
    record,
    recorded,
    stepped,
    tried_on,
)
from hokanko.cameras.drawing import drawing
from hokanko.cameras.models import Camera, Sign
from hokanko.cameras.picking import percent
from hokanko.cameras.pressing import pressed as where
from hokanko.cameras.pressing import sizes
from hokanko.cameras.queries import frame
from hokanko.cameras.sites import Spot
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import require

TOOLS = (
    ("stand", _("置く位置を決める")),
    ("look", _("見る先を決める")),
    ("edge", _("見える端を決める")),
)
STEPS = (
    ("left", _("左へ")),
    ("right", _("右へ")),
    ("up", _("上へ")),
    ("down", _("下へ")),
)
TURNS = (
    ("back", _("左へ回す")),
    ("round", _("右へ回す")),
    ("narrow", _("画角を狭める")),
    ("wide", _("画角を広げる")),
)


class TrialForm(forms.Form):
    """配置図に置く位置、向き、画角。"""

    left = percent(_("配置図の左から（％）"), required=False)
    top = percent(_("配置図の上から（％）"), required=False)
    facing = forms.IntegerField(
        label=_("撮影方向（度）"),
        min_value=0,
        max_value=359,
        required=False,
        help_text=_("配置図の上が0、右が90、下が180、左が270。"),
    )
    view = forms.IntegerField(label=_("画角（度）"), min_value=1, max_value=WIDEST, required=False)

    def __init__(self, mark: Camera | Sign, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        if isinstance(mark, Sign):
            del self.fields["facing"], self.fields["view"]

    @classmethod
    def of(cls, mark: Camera | Sign, trial: Trial) -> TrialForm:
        """The form that says a trial."""
        names = ("left", "top", "facing", "view")
        return cls(mark, initial={name: getattr(trial, name) for name in names})

    def trial(self) -> Trial:
        """What was filled in."""
        said = self.cleaned_data
        return Trial(said["left"], said["top"], said.get("facing"), said.get("view"))


def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a mark on the map, and record it there. Nothing is recorded before one says so."""
    actor, site = actor_at(request), asked.site(pk)
    require(actor, "site.map", thing_of_org(site.org))
    marks, sheet = marks_of(site), drawing(site)
    ratio = sheet.height / sheet.width
    mark = picked(marks, request.GET.get("what", ""))
    was, tool, step = recorded(mark), "stand", ""
    trial, form = was, TrialForm.of(mark, was)
    if request.method == "POST":
        form, step = TrialForm(mark, request.POST), request.POST.get("step", "")
        tool = request.POST.get("tool", "")
        if form.is_valid():
            trial = form.trial()
            if step == "record":
                with told_on(form):
                    record(mark, trial, by=actor)
                    return redirect(_address(pk, mark, was))
            if at := where(request, ratio):
                trial, tool = pressed(trial, tool, Spot(at[0] / 100, at[1] / 100), ratio)
            trial = stepped(trial, step)
        if form.is_valid():
            form = TrialForm.of(mark, trial)
    page = {
        "site": site,
        "marks": [
            {"mark": each, "key": key_of(each), "is_sign": isinstance(each, Sign)} for each in marks
        ],
        "what": key_of(mark),
        "mark": mark,
        "is_sign": isinstance(mark, Sign),
        "form": form,
        "map": tried_on(sheet, mark, trial),
        "trial": trial,
        "sizes": sizes(ratio),
        "tools": TOOLS if isinstance(mark, Camera) else TOOLS[:1],
        "tool": tool if isinstance(mark, Camera) else "stand",
        "steps": STEPS if isinstance(mark, Sign) else (*STEPS, *TURNS),
        "pressed": step,
        "is_changed": trial != was,
        "reopens": _reopens(mark, trial),
        "before": Trial.read(request.GET.get("was", "")) if request.method == "GET" else None,
    }
    return render(request, "cameras/html/arrange.html", page, status=status_of(form))


def _address(pk: UUID, mark: Camera | Sign, was: Trial) -> str:
    asked_for = urlencode({"what": key_of(mark), "was": was.told})
    return f"{reverse('cameras.arrange', args=[pk])}?{asked_for}"


def _reopens(mark: Camera | Sign, trial: Trial) -> bool:
    """Whether recording it asks for another sample frame: the camera would see something else."""
    if isinstance(mark, Sign) or frame(mark) is None:
        return False
    return (trial.facing, trial.view) != (mark.facing_deg, mark.view_deg)
