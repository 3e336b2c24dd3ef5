"""The page on which cameras and signs are put on the placement map: pressed, stepped or typed."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hokanko.cameras import signs as asked
from hokanko.cameras.arranging import (
    FARTHEST,
    STRIDE,
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
from hokanko.cameras.models import Camera, Sheet, Sign, Site
from hokanko.cameras.picking import percent
from hokanko.cameras.pressing import pressed as where
from hokanko.cameras.pressing import sizes
from hokanko.cameras.queries import frame
from hokanko.cameras.sheets import sheets, shown_sheet
from hokanko.cameras.sites import Spot
from hokanko.errors import Missing
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import require

TOOLS = (
    ("stand", _("置く位置を決める")),
    ("look", _("見る先を決める")),
    ("edge", _("見える端を決める")),
    ("reach", _("見える遠さを決める")),
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
    ("near", _("手前までにする")),
    ("far", _("遠くまでにする")),
)


class TrialForm(forms.Form):
    """配置図に置く位置、向き、画角、見える遠さ。"""

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
    reach = forms.FloatField(label=_("見える遠さ（図の横幅の％）"), min_value=0.1, required=False)

    def __init__(self, mark: Camera | Sign, sheet: Sheet, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.metres = _metres(sheet)
        if sheet.metres_across:
            self.fields["reach"].label = _("見える遠さ（m）")
        if isinstance(mark, Sign):
            del self.fields["facing"], self.fields["view"], self.fields["reach"]

    @classmethod
    def of(cls, mark: Camera | Sign, sheet: Sheet, trial: Trial) -> TrialForm:
        """The form that says a trial, its reach in metres where the sheet has a scale."""
        names = ("left", "top", "facing", "view")
        said: dict[str, object] = {name: getattr(trial, name) for name in names}
        if trial.reach is not None:
            said["reach"] = round(trial.reach * _metres(sheet), 1)
        return cls(mark, sheet, initial=said)

    def clean_reach(self) -> float | None:
        """In percent of the sheet's width. Raises ValidationError for what leads off any map."""
        said: float | None = self.cleaned_data["reach"]
        if said is None:
            return None
        share = round(said / self.metres, 3)
        if share > FARTHEST:
            raise ValidationError(_("図の横幅の3倍までにしてください。"), code="far")
        return share

    def trial(self) -> Trial:
        """What was filled in."""
        said = self.cleaned_data
        far = said.get("reach")
        return Trial(said["left"], said["top"], said.get("facing"), said.get("view"), far)


def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a mark on a sheet, and record it there. Nothing is recorded before one says so."""
    actor, site = actor_at(request), asked.site(pk)
    require(actor, "site.map", thing_of_org(site.org))
    marks = marks_of(site)
    mark = picked(marks, request.GET.get("what", ""))
    here = _shown(site, mark, request.GET.get("sheet", ""))
    sheet = drawing(here)
    ratio = sheet.height / sheet.width
    was, tool, step = recorded(mark, here), "stand", ""
    trial, form = was, TrialForm.of(mark, here, was)
    if request.method == "POST":
        form, step = TrialForm(mark, here, request.POST), request.POST.get("step", "")
        tool = request.POST.get("tool", "")
        if form.is_valid():
            trial = form.trial()
            if step == "record":
                before = mark.sheet_id or here.pk
                stood = recorded(mark, mark.sheet or here)
                with told_on(form):
                    record(mark, trial, here, by=actor)
                    return redirect(_address(mark, here, before, stood))
            if at := where(request, ratio):
                trial, tool = pressed(trial, tool, Spot(at[0] / 100, at[1] / 100), ratio)
            trial = stepped(trial, step, _stride(here))
        if form.is_valid():
            form = TrialForm.of(mark, here, trial)
    page = _standing(site, marks, mark, here) | {
        "form": form,
        "map": tried_on(sheet, mark, trial),
        "trial": trial,
        "sizes": sizes(ratio),
        "tool": tool if isinstance(mark, Camera) else "stand",
        "pressed": step,
        "is_changed": trial != was,
        "reopens": _reopens(mark, trial),
        "before": _before(request, mark, here),
    }
    return render(request, "cameras/html/arrange.html", page, status=status_of(form))


def _standing(
    site: Site, marks: Sequence[Camera | Sign], mark: Camera | Sign, here: Sheet
) -> dict[str, object]:
    """What the page shows of a mark and a sheet, whatever is tried."""
    is_sign = isinstance(mark, Sign)
    return {
        "site": site,
        "marks": [
            {"mark": each, "key": key_of(each), "is_sign": isinstance(each, Sign)} for each in marks
        ],
        "what": key_of(mark),
        "here": here,
        "sheets": list(sheets(site)),
        "is_elsewhere": mark.sheet_id not in (None, here.pk),
        "mark": mark,
        "is_sign": is_sign,
        "tools": TOOLS[:1] if is_sign else TOOLS,
        "steps": STEPS if is_sign else (*STEPS, *TURNS),
    }


def _shown(site: Site, mark: Camera | Sign, key: str) -> Sheet:
    """The sheet an address names; else the mark's own, else the first. Raises Missing."""
    found = shown_sheet(site, key, mark.sheet_id)
    if found is None:
        raise Missing(
            "この設置場所には、図面がまだありません。",
            "This site has no sheet yet.",
            mend_ja="設置場所のページで、図面を加えてください。",
            mend_en="Add a sheet on the site's page.",
        )
    return found


def _metres(sheet: Sheet) -> float:
    """What one percent of its width is in the unit of the form: metres, or percent."""
    return sheet.metres_across / 100 if sheet.metres_across else 1.0


def _stride(sheet: Sheet) -> float:
    """How much one step is, in percent of its width: a metre, where it has a scale."""
    return min(1 / _metres(sheet), 100.0) if sheet.metres_across else STRIDE


def _address(mark: Camera | Sign, here: Sheet, before: UUID, stood: Trial) -> str:
    """The page again, which knows by its address where the mark stood before."""
    asked_for = {"what": key_of(mark), "sheet": here.pk, "from": before, "was": stood.told}
    return f"{reverse('cameras.arrange', args=[here.site_id])}?{urlencode(asked_for)}"


def _before(request: HttpRequest, mark: Camera | Sign, here: Sheet) -> dict[str, object] | None:
    """Where it stood before it was recorded: the sheet, and the form that records it there."""
    trial = Trial.read(request.GET.get("was", "")) if request.method == "GET" else None
    if trial is None:
        return None
    there = shown_sheet(here.site, request.GET.get("from", "")) or here
    return {"sheet": there, "form": TrialForm.of(mark, there, trial)}


def _reopens(mark: Camera | Sign, trial: Trial) -> bool:
    """Whether recording it asks for another sample frame: the camera would see something else."""
    if isinstance(mark, Sign) or frame(mark) is None:
        return False
    return (trial.facing, trial.view) != (mark.facing_deg, mark.view_deg)
