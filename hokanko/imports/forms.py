"""Forms of imports on screen: what is brought, by whom, whose footage, and its clock as read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.imports.actions import Brought, ClockRead
from hokanko.imports.models import Import
from hokanko.imports.words import KINDS
from hokanko.people.attach import scan_of

SEPARATORS = ("=", "＝", "：", ":", "\t")


class Moment(forms.DateTimeField):
    """A moment in Tokyo, to the second."""

    def __init__(self, label: Any, help_text: Any = "", *, required: bool = False) -> None:
        box = forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"
        )
        super().__init__(label=label, help_text=help_text, required=required, widget=box)


class StateForm(forms.Form):
    """Whose footage it is, and what its clock showed."""

    cameras = forms.MultipleChoiceField(
        label=_("どのカメラの映像が入っているか"), widget=forms.CheckboxSelectMultiple
    )
    marks = forms.CharField(
        label=_("2台以上のときの、カメラの見分け方"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "1行に1台ずつ、「カメラ番号＝フォルダー名かファイル名にある文字」と書きます。例：1＝ch1"
        ),
    )
    shown = Moment(
        _("画面に出ている時刻"),
        _("録画装置（カメラ）の画面と正しい時計を並べて写真に撮り、画面の時刻を読みます。"),
    )
    true = Moment(
        _("そのときの正しい時刻"),
        _("分からなければ、二つとも空けておきます。「時計のずれは分からない」と記録します。"),
    )
    photo = forms.FileField(
        label=_("その写真（JPEG・PNG・PDF）"),
        required=False,
        help_text=_("封印して保管します。10 MiBまで。"),
    )

    def __init__(self, *args: Any, org: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Camera.objects.filter(org=org, retired_at=None).order_by("number", "pk")
        self.fields["cameras"].choices = [(row.number, _called(row)) for row in rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        try:
            self.chosen = _marked(told.get("cameras", []), told.get("marks", ""))
        except ValueError as wrong:
            self.add_error("marks", ValidationError(str(wrong)))
        return told

    def clock_read(self) -> ClockRead:
        """What the screen showed, as the form has it."""
        told = self.cleaned_data
        return ClockRead(told["shown"], told["true"], scan_of(told["photo"]))


class BeginForm(StateForm):
    """持込みの申述。"""

    kind = forms.ChoiceField(
        label=_("何から持ち込むか"), widget=forms.RadioSelect, choices=list(KINDS.items())
    )
    device = forms.CharField(
        label=_("どの録画装置（カード）か"),
        max_length=120,
        help_text=_("メーカー、型番、置いてある場所など"),
    )
    taken_by = forms.CharField(label=_("取り出した人"), max_length=60)
    taken_at = Moment(_("取り出した日時"), required=True)
    names_utc = forms.BooleanField(
        label=_("ファイル名の時刻は、日本の時刻ではなく協定世界時（UTC）である"), required=False
    )
    oldest = Moment(
        _("録画装置に残っている最も古い映像の日時"),
        _("装置の検索画面に出るとおりに。保存期間より早く消えていないかを確かめます。"),
    )
    overwrites = forms.BooleanField(
        label=_("容量がいっぱいになると、古い映像に上書きする設定である"), required=False
    )
    field_order = ("kind", "device", "taken_by", "taken_at", "cameras", "marks", "shown", "true")

    def brought(self) -> Brought:
        """What is brought, as the form has it."""
        told = self.cleaned_data
        return Brought(
            kind=told["kind"],
            device=told["device"],
            taken_by=told["taken_by"],
            taken_at=told["taken_at"],
            cameras=self.chosen,
            clock=self.clock_read(),
            names_utc=told["names_utc"],
            oldest=told["oldest"],
            overwrites=told["overwrites"],
        )


def stated(lot: Import) -> dict[str, Any]:
    """An import as its form shows it again."""
    return {
        "cameras": sorted(lot.cameras),
        "marks": "\n".join(f"{n}＝{mark}" for n, mark in sorted(lot.cameras.items()) if mark),
        "shown": _local(lot.shown_at),
        "true": _local(lot.true_at),
    }


def _marked(numbers: list[str], text: str) -> dict[str, str]:
    """Each camera chosen, with its mark. Raises ValueError with words for people."""
    chosen = dict.fromkeys(numbers, "")
    for line in filter(str.strip, text.splitlines()):
        sign = next((each for each in SEPARATORS if each in line), None)
        number, _sign, mark = (part.strip() for part in line.partition(sign or "="))
        if sign is None or not mark or number not in chosen:
            raise ValueError(
                _now("「%(line)s」を読めません。選んだカメラの番号＝文字、の形で書いてください。")
                % {"line": line.strip()[:60]}
            )
        chosen[number] = mark
    return chosen


def _called(camera: Camera) -> str:
    return f"{camera.number}　{camera.place}" if camera.place else camera.number


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(clock.TOKYO) if moment else None
