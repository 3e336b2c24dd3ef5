"""The form that names a stretch: cameras, from when to when."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.models import Camera
from hokanko.coverage.spans import Span
from hokanko.people.models import Organisation

SECONDS = "%Y-%m-%dT%H:%M:%S"
WIDGET = {"type": "datetime-local", "step": "1"}


class CamerasField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # in its stub only
    """Cameras by number and place."""

    def label_from_instance(self, obj: Camera) -> str:
        return f"{obj.number}　{obj.place}" if obj.place else obj.number


class StretchForm(forms.Form):
    """One to four cameras, and a time; `camera` holds those that one may name."""

    camera = CamerasField(
        label=_("カメラ（4台まで）"),
        queryset=Camera.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    begun = forms.DateTimeField(
        label=_("始め"), widget=forms.DateTimeInput(WIDGET, SECONDS), input_formats=[SECONDS]
    )
    ended = forms.DateTimeField(
        label=_("終わり"), widget=forms.DateTimeInput(WIDGET, SECONDS), input_formats=[SECONDS]
    )

    def __init__(self, orgs: list[Organisation], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django passes them
        cameras = Camera.objects.filter(org__in=orgs).select_related("org").order_by("number", "pk")
        self.fields["camera"].queryset = cameras  # type: ignore[attr-defined]

    def told(self) -> tuple[list[Camera], Span]:
        """Which cameras, and the stretch; whether it makes sense, `stretch.films` says."""
        said: dict[str, datetime] = self.cleaned_data
        return list(self.cleaned_data["camera"]), Span(said["begun"], said["ended"])
