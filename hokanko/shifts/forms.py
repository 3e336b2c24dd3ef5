"""The forms of a shift: a gap explained, a place marked, a manager's word, a facility."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.footage.worn import ASKED, CONSENTS, PAUSE
from hokanko.shifts.gaps import Gap
from hokanko.shifts.models import StandingConsent
from hokanko.shifts.terms import Ground

LONG = 1000  # characters

Given: TypeAlias = QueryDict | None


class ExplainForm(forms.Form):
    """One gap: a pause by its ground, everything else in words. What is missing the law tells."""

    gap = forms.CharField(widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        label=_("一時停止の事由"), widget=forms.RadioSelect, required=False, choices=()
    )
    words = forms.CharField(
        label=_("理由"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, gap: Gap, grounds: Iterable[Ground], given: Given = None) -> None:
        super().__init__(given, auto_id=f"id_{gap.key}_%s", initial={"gap": gap.key})
        if gap.kind != PAUSE:
            del self.fields["ground"]
            return
        choices = [(each.id, each.words) for each in grounds]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["words"].label = _("内容")
        self.fields["words"].help_text = (
            _("長い一時停止です。再開しなかった理由を書いてください。")
            if gap.is_long
            else _("事由ウのときは、支障の内容を短く書いてください。")
        )


class Moment(forms.DateTimeField):
    """A moment in Tokyo that may be left out."""

    def __init__(self, label: Any) -> None:
        box = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"})
        super().__init__(label=label, required=False, widget=box)


class MarkForm(forms.Form):
    """At what class of place a piece, or a stretch of it, was filmed."""

    number = forms.ChoiceField(label=_("映像ファイル番号"))
    place = forms.ChoiceField(label=_("撮影した場所"), widget=forms.RadioSelect)
    begun = Moment(_("始め（空けると、映像の最初から）"))
    ended = Moment(_("終わり（空けると、映像の最後まで）"))

    def __init__(
        self, pieces: Sequence[Footage], places: Mapping[str, str], given: Given = None
    ) -> None:
        super().__init__(given, auto_id="id_mark_%s")
        self.pieces = {piece.number: piece for piece in pieces}
        numbers = [(each, each) for each in self.pieces]
        self.fields["number"].choices = numbers  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["place"].choices = list(places.items())  # type: ignore[attr-defined]  # too

    def stretch(self) -> tuple[Footage, datetime, datetime]:
        """The piece, and from when to when; the whole of it where nothing was said."""
        said = self.cleaned_data
        piece = self.pieces[said["number"]]
        assert piece.captured is not None, "pieces of a shift have their time"
        end = piece.captured + timedelta(milliseconds=piece.duration_ms or 1000)
        return piece, _tokyo(said["begun"]) or piece.captured, _tokyo(said["ended"]) or end


class ConsentForm(forms.Form):
    """What the manager of the premises said, or which facility of the list it was."""

    standing = forms.ModelChoiceField(
        label=_("常に承諾を得た施設"),
        queryset=StandingConsent.objects.none(),
        required=False,
        empty_label=_("一覧にない施設（下に書く）"),
    )
    premises = forms.CharField(label=_("施設の名称"), max_length=80, required=False)
    manager = forms.CharField(
        label=_("施設の管理者"),
        max_length=80,
        required=False,
        help_text=_("氏名は封印して保管します。"),
    )
    asked = forms.ChoiceField(
        label=_("承諾を求めたとき"),
        choices=list(ASKED.items()),
        widget=forms.RadioSelect,
        initial="before",
    )
    outcome = forms.ChoiceField(
        label=_("結果"),
        choices=list(CONSENTS.items()),
        widget=forms.RadioSelect,
        initial="obtained",
    )

    def __init__(self, org: str, key: object, given: Given = None) -> None:
        super().__init__(given, auto_id=f"id_{key}_%s")
        mine = StandingConsent.objects.filter(org=org, ended_on=None).order_by("premises", "pk")
        self.fields["standing"].queryset = mine  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["standing"].label_from_instance = _name  # type: ignore[attr-defined]  # too

    def clean(self) -> dict[str, Any]:
        """A facility of the list names itself; any other is named here."""
        said = self.cleaned_data
        if said.get("standing") is not None:
            said["premises"], said["manager"] = said["standing"].premises, ""
        elif not said.get("premises"):
            self.add_error("premises", _("施設の名称を書くか、一覧から選んでください。"))
        return said


class PremisesForm(forms.Form):
    """A facility whose manager has agreed once and for all."""

    premises = forms.CharField(label=_("施設の名称"), max_length=80)
    manager = forms.CharField(
        label=_("施設の管理者"), max_length=80, help_text=_("氏名は封印して保管します。")
    )
    since = forms.DateField(
        label=_("承諾を得た日"), widget=forms.DateInput(attrs={"type": "date"}), initial=clock.today
    )


def _name(row: StandingConsent) -> str:
    return row.premises


def _tokyo(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=clock.TOKYO) if moment else None
