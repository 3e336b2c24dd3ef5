"""The form on which the clerk states what a file does not say of itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.people.queries import holders

WEARER = "カメラ装着警察官"


class Settling(forms.Form):
    """Capture time and wearer of one piece of footage, and why they are stated."""

    captured = forms.DateTimeField(
        label=_("撮影を始めた日時"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}),
    )
    wearer = forms.ChoiceField(label=_("カメラ装着警察官"), required=False)
    reason = forms.CharField(
        label=_("確定の理由"), widget=forms.Textarea(attrs={"rows": 2}), max_length=400
    )

    def __init__(self, *args: Any, org: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wearers = {str(person.pk): person for person in holders(org, WEARER)}
        self.fields["wearer"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((key, f"{person.section} {person.name}") for key, person in self.wearers.items()),
        ]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("captured") and not told.get("wearer"):
            raise forms.ValidationError(_("撮影日時か装着者の、どちらかを記入してください。"))
        return told
