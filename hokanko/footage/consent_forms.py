"""Forms of consents on screen: recording one, its withdrawal, choosing what a use rests on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.models import Camera
from hokanko.errors import Missing
from hokanko.footage.consenting import Given
from hokanko.footage.consents import consents_at, standing_at
from hokanko.footage.forms import CameraChoice
from hokanko.footage.models import Footage, PersonConsent
from hokanko.footage.queries import footage as find
from hokanko.formats.era import reiwa
from hokanko.people.attach import scan_of
from hokanko.people.forms import day_field
from hokanko.rules.spoken import spoken


class ConsentsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # in its stub only
    """The consents that a use rests on. One that was withdrawn meanwhile reaches the law."""

    def __init__(self, org: str) -> None:
        super().__init__(
            label=_("よりどころの同意"),
            queryset=consents_at(org),
            required=False,
            widget=forms.CheckboxSelectMultiple(),
        )
        offered = [(row.pk, self.label_from_instance(row)) for row in standing_at(org)]
        self.choices = offered
        if not offered:
            self.help_text = _("選べる同意の記録は、まだありません。")

    def label_from_instance(self, obj: PersonConsent) -> str:
        return f"{obj.number}　{obj.person}　{obj.purpose}（{subject(obj)}）"


class RecordForm(forms.Form):
    """同意の記録。"""

    person = forms.CharField(label=_("同意した人"), max_length=60)
    purpose = forms.CharField(
        label=_("同意された目的"),
        max_length=200,
        help_text=_("何に使ってよいか。閲覧や提供のときは、この言葉のとおりに使います。"),
    )
    on = day_field(_("同意の日"), required=True)
    how = forms.CharField(
        label=_("同意の方法"), max_length=120, help_text=_("例：同意書に署名、窓口で口頭")
    )
    footage = forms.CharField(
        label=_("映像ファイル番号"),
        required=False,
        max_length=40,
        help_text=_("一つの映像についての同意のとき。"),
    )
    camera = CameraChoice(
        label=_("カメラ"),
        queryset=Camera.objects.none(),
        required=False,
        empty_label="—",
        help_text=_("カメラと期間についての同意のとき。"),
    )
    since = day_field(_("撮影の期間の初日"))
    until = day_field(_("撮影の期間の末日"))
    paper = forms.FileField(
        label=_("同意書の写し（PDFか写真）"),
        required=False,
        help_text=_("暗号にして保存し、ハッシュ値を台帳に記します。"),
    )

    def __init__(self, *args: Any, org: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()
        self.org = org
        cameras = Camera.objects.filter(org=org).order_by("number")
        self.fields["camera"].queryset = cameras  # type: ignore[attr-defined]

    def clean_footage(self) -> Footage | None:
        """The piece of that number; one of others is as if it did not exist."""
        number = self.cleaned_data["footage"].strip()
        if not number:
            return None
        try:
            piece = find(number)
        except Missing as missing:
            raise ValidationError(spoken(missing)) from missing
        if piece.org_id != self.org:
            raise ValidationError(_("その番号の映像は、この所属にありません。"))
        return piece

    def given(self) -> Given:
        """The same as the verb takes it; only after `is_valid`."""
        told = self.cleaned_data
        return Given(**(told | {"paper": scan_of(told["paper"])}))


class WithdrawForm(forms.Form):
    """撤回の記録。"""

    on = day_field(_("撤回の日"), required=True)
    how = forms.CharField(
        label=_("撤回の方法"), max_length=120, help_text=_("例：電話で申出、書面で申出")
    )


def subject(row: PersonConsent) -> str:
    """What a consent speaks of, in words."""
    if row.footage is not None:
        return row.footage.number
    assert row.camera is not None
    assert row.since is not None
    assert row.until is not None
    words = {"camera": row.camera.number, "since": reiwa(row.since), "until": reiwa(row.until)}
    return _now("%(camera)s の %(since)s から %(until)s まで") % words
