"""Fields that both forms of a request have: for colleagues, and for who comes from outside."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.footage.models import Footage, Scene
from hokanko.footage.scenes import place, wanted

MOST = 2000  # characters of a text field


def lines(rows: int) -> forms.Textarea:
    """A box of so many lines, bounded."""
    return forms.Textarea(attrs={"rows": rows, "maxlength": MOST})


def title_field() -> forms.CharField:
    """What paper a request rests on."""
    return forms.CharField(
        label=_("根拠となる文書"),
        required=False,
        max_length=120,
        help_text=_("例：捜査関係事項照会書、同意書。写しがまだなければ、名前だけ書いておけます。"),
    )


def paper_field() -> forms.FileField:
    """Its scan."""
    return forms.FileField(
        label=_("文書の写し（PDFか写真）"),
        required=False,
        help_text=_("暗号にして保存し、ハッシュ値を台帳に記します。"),
    )


class ScenesField(forms.MultipleChoiceField):
    """The moments marked in a viewing; those left ticked become the stills of the request."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        super().__init__(
            label=_("静止画にする場面"),
            required=False,
            choices=[(str(s.pk), f"{s.footage.number}　{place(s.at_ms)}") for s in scenes],
            initial=[str(scene.pk) for scene in scenes],
            widget=forms.CheckboxSelectMultiple(),
        )
        self.scenes = scenes

    def files(self, ticked: Sequence[str]) -> list[tuple[Footage, list[int]]]:
        """Footage and positions, as the verb takes them."""
        return wanted(scene for scene in self.scenes if str(scene.pk) in ticked)


class PurposesField(forms.MultipleChoiceField):
    """Purposes as the rulebook words them; one off its list is refused by the verb, on record."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= MOST


def chosen_scenes(form: forms.Form) -> list[tuple[Footage, list[int]]]:
    """The scenes left ticked in a form that may have such a field."""
    field = form.fields.get("scenes")
    return field.files(form.cleaned_data["scenes"]) if isinstance(field, ScenesField) else []
