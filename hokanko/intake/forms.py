"""The form on which the clerk states what a file does not say of itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.footage.queries import has_wearers
from hokanko.people.models import Person
from hokanko.people.queries import holders
from hokanko.rules.decide import parameter


class Settling(forms.Form):
    """Capture time and wearer of one piece of footage, and why they are stated."""

    captured = forms.DateTimeField(
        label=_("撮影を始めた日時"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}),
    )
    wearer = forms.ChoiceField(label=_("装着者"), required=False)
    reason = forms.CharField(
        label=_("確定の理由"), widget=forms.Textarea(attrs={"rows": 2}), max_length=400
    )

    def __init__(self, *args: Any, org: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wearers: dict[str, Person] = {}
        if not has_wearers(org):
            del self.fields["wearer"]
            return
        for post in parameter(org, "training.required_for"):  # who wears is trained first
            self.wearers |= {str(person.pk): person for person in holders(org, post)}
        self.fields["wearer"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((key, f"{person.section} {person.name}") for key, person in self.wearers.items()),
        ]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("captured") and not told.get("wearer"):
            words = _("撮影日時か装着者の、どちらかを記入してください。")
            alone = _("撮影日時を記入してください。")
            raise forms.ValidationError(words if "wearer" in self.fields else alone)
        return told
