"""The page on which the scale of a sheet is measured: two points pressed or typed, and metres."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.drawing import Drawing, drawing
from hokanko.cameras.laying import describe_sheet
from hokanko.cameras.picking import percent
from hokanko.cameras.pressing import pressed, sizes
from hokanko.cameras.scaling import LEAST, MOST, NEAREST, Ruler
from hokanko.cameras.sheets import sheet
from hokanko.errors import Missing
from hokanko.people.door import actor_at
from hokanko.people.forms import status_of, told_on
from hokanko.people.queries import thing_of_org
from hokanko.rules.decide import require


class RulerForm(forms.Form):
    """二つの点と、その間の実際の長さ。"""

    left = percent(_("一つめの点：左から（％）"), required=False)
    top = percent(_("一つめの点：上から（％）"), required=False)
    to_left = percent(_("二つめの点：左から（％）"), required=False)
    to_top = percent(_("二つめの点：上から（％）"), required=False)
    metres = forms.FloatField(
        label=_("二つの点の間の実際の長さ（m）"),
        min_value=0.01,
        max_value=MOST,
        required=False,
        help_text=_("測った長さ、又は図に書いてある寸法。"),
    )

    @classmethod
    def of(cls, ruler: Ruler) -> RulerForm:
        """The form that says a ruler."""
        return cls(initial={name: getattr(ruler, name) for name in cls.base_fields})

    def insist(self, ratio: float) -> float | None:
        """The sheet's width in metres; None, with what is amiss told, where it cannot be had."""
        ruler = Ruler(**self.cleaned_data)
        across = ruler.across(ratio)
        if not ruler.has_both:
            self.add_error(None, _("図を二か所押すか、数字を入れて、二つの点を決めてください。"))
        elif ruler.metres is None:
            self.add_error("metres", _("二つの点の間の長さを入れてください。"))
        elif ruler.length(ratio) < NEAREST or across is None:
            self.add_error(None, _("二つの点が近すぎます。もっと離れた二つの点を選んでください。"))
        elif not LEAST <= across <= MOST:
            self.add_error(
                "metres",
                _("図の横幅が%(across)s mになります。長さを確かめてください。")
                % {"across": across},
            )
        return None if self.errors else across


def scale(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Measure how wide a sheet is. Nothing is recorded before one says so."""
    actor, here = actor_at(request), sheet(pk)
    require(actor, "site.map", thing_of_org(here.site.org))
    if here.map_png is None:
        raise Missing(
            "この図面には、下図がまだありません。",
            "This sheet has no base map yet.",
            mend_ja="設置場所のページで、下図を入れてください。",
            mend_en="Put in a base map on the site's page.",
        )
    plan = drawing(here)
    ratio, ruler = plan.height / plan.width, Ruler()
    form = RulerForm.of(ruler)
    if request.method == "POST":
        form = RulerForm(request.POST)
        if form.is_valid():
            ruler = Ruler(**form.cleaned_data)
            if request.POST.get("step") == "record":
                across = form.insist(ratio)
                with told_on(form):
                    if across is not None:
                        describe_sheet(here, name=here.name, metres_across=across, by=actor)
                        return redirect("cameras.site", pk=here.site_id)
            elif at := pressed(request, ratio):
                ruler = ruler.pressed(*at)
        if form.is_valid():
            form = RulerForm.of(ruler)
    page = {
        "form": form,
        "here": here,
        "map": plan,
        "ruler": ruler,
        "points": _points(ruler, plan),
        "across": ruler.across(ratio),
        "sizes": sizes(ratio),
    }
    return render(request, "cameras/html/scale.html", page, status=status_of(form))


def _points(ruler: Ruler, plan: Drawing) -> list[tuple[int, int]]:
    """The points chosen, in the drawing's own units."""
    both = ((ruler.left, ruler.top), (ruler.to_left, ruler.to_top))
    return [
        (round(x * plan.width / 100), round(y * plan.height / 100))
        for x, y in both
        if x is not None and y is not None
    ]
