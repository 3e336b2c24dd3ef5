"""The filters of the list, and the number of a piece as people type it."""

from __future__ import annotations

from contextlib import suppress

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.models import Camera
from hokanko.errors import Missing
from hokanko.footage.flags import FLAGS, OF_WEARERS
from hokanko.footage.models import Footage
from hokanko.footage.queries import footage, has_wearers
from hokanko.footage.search import Wanted
from hokanko.people.models import Person
from hokanko.people.queries import thing_of_org
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may
from hokanko.rules.spoken import spoken


def named(number: str, by: Actor) -> Footage:
    """The piece of a number that somebody typed, if he may know of it; a stranger's is not there.

    Raises ValidationError, in the same words for both: a form must not tell which numbers exist.
    """
    with suppress(Missing):
        found = footage(number.strip())
        if may(by, "footage.list", thing_of_org(found.org)):
            return found
    raise forms.ValidationError(
        _("映像ファイル「%(number)s」はありません。番号を確かめてください。"),
        params={"number": number},
    )


class CameraChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stub only
    """Cameras by number."""

    def label_from_instance(self, obj: Camera) -> str:
        return obj.number


class WearerChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stub only
    """Wearers by name."""

    def label_from_instance(self, obj: Person) -> str:
        return obj.name


class FilterForm(forms.Form):
    """Which footage of one organisation to list."""

    day = forms.DateField(
        label=_("撮影日"), required=False, widget=forms.DateInput({"type": "date"})
    )
    camera = CameraChoice(
        label=_("カメラ"), queryset=Camera.objects.none(), required=False, empty_label=_("すべて")
    )
    wearer = WearerChoice(
        label=_("装着者"), queryset=Person.objects.none(), required=False, empty_label=_("すべて")
    )
    flag = forms.ChoiceField(label=_("気づいた点"), required=False)
    state = forms.ChoiceField(
        label=_("状態"),
        required=False,
        choices=[("", _("すべて")), ("held", _("保管中")), ("erased", _("消去済み"))],
    )

    def __init__(self, org: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django passes them
        filmed = Footage.objects.filter(wearer=OuterRef("pk"), org=org)
        worn = Person.objects.filter(Exists(filmed))
        cameras = Camera.objects.filter(org=org).order_by("number")
        self.fields["camera"].queryset = cameras  # type: ignore[attr-defined]
        self.fields["wearer"].queryset = worn.order_by("name", "login")  # type: ignore[attr-defined]
        shown = dict(FLAGS)
        if not has_wearers(org):
            del self.fields["wearer"]
            shown = {code: flag for code, flag in FLAGS.items() if code not in OF_WEARERS}
        flags = [(flag.code, spoken(flag)) for flag in shown.values()]
        self.fields["flag"].choices = [("", _("すべて")), *flags]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What the form asks for; a filter that makes no sense narrows nothing."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        camera, wearer = said.get("camera"), said.get("wearer")
        return Wanted(
            day=said.get("day"),
            camera=camera.pk if camera else None,
            wearer=wearer.pk if wearer else None,
            flag=said.get("flag", ""),
            state=said.get("state", ""),
        )
