"""Paper forms of sites and signs on screen, with pictures and places on a map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.cameras.drawing import PICKED
from hokanko.cameras.models import Camera, Site
from hokanko.cameras.queries import fixed
from hokanko.cameras.sites import MAP_WIDEST, PHOTO_WIDEST, Spot
from hokanko.errors import HokankoError
from hokanko.media import redraw
from hokanko.media.redraw import Picture

WAIVED = "｜"  # between an entrance and why it needs no sign


class PictureField(forms.FileField):
    """A PNG or JPEG, drawn anew in a jail before anything else sees it."""

    def __init__(self, *, widest: int, png: bool = False, **kwargs: Any) -> None:
        attrs = {"accept": "image/png,image/jpeg"}
        super().__init__(widget=forms.FileInput(attrs=attrs), **kwargs)
        self.widest, self.png = widest, png

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The Picture, or None where none was sent."""
        sent = super().clean(data, initial)
        return self._drawn(sent) if isinstance(sent, UploadedFile) else None

    def _drawn(self, sent: UploadedFile[bytes]) -> Picture:
        draw = redraw.png if self.png else redraw.jpeg
        try:
            return draw(sent.read(), self.widest)
        except HokankoError as error:
            words = error.en if get_language() == "en" else error.ja
            raise ValidationError(words, code="picture") from error


def day(label: Any, **more: Any) -> forms.DateField:
    """A day as browsers let one pick it."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def percent(label: Any, **more: Any) -> forms.FloatField:
    """A place across or down a picture."""
    attrs = {"min": 0, "max": 100, "step": "any"}
    box = forms.NumberInput(attrs=attrs)
    return forms.FloatField(label=label, min_value=0, max_value=100, widget=box, **more)


class SiteForm(forms.Form):
    """設置場所の登録。"""

    name = forms.CharField(
        label=_("設置場所の名称"), max_length=80, help_text=_("例：駅前広場、本店、自宅")
    )
    address = forms.CharField(label=_("所在地"), max_length=120, required=False)


class MapForm(forms.Form):
    """配置図の下図。"""

    picture = PictureField(
        label=_("下図（PNG か JPEG）"), widest=MAP_WIDEST, png=True, help_text=_("10 MB まで。")
    )


class EntrancesForm(forms.Form):
    """出入口。"""

    entrances = forms.CharField(
        label=_("出入口（一行に一つ）"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "表示を省く出入口は、名前の後に「｜」と理由を書きます。例：裏口｜従業員だけが使う"
        ),
    )

    def cleaned_entrances(self) -> dict[str, str]:
        """Entrance → why it needs no sign, or ""."""
        lines = (line.replace("|", WAIVED) for line in self.cleaned_data["entrances"].splitlines())
        pairs = (line.partition(WAIVED) for line in lines)
        return {name.strip(): why.strip() for name, _bar, why in pairs if name.strip()}


def entrances_text(site: Site) -> str:
    """The entrances as they are typed."""
    rows = ((row["name"], row["waived"]) for row in site.entrances)
    return "\n".join(f"{name}{WAIVED}{why}" if why else name for name, why in rows)


class SpotForm(forms.Form):
    """A form with a place on the map: typed in percent, or picked on the picture itself."""

    left = percent(_("配置図の左から（％）"), required=False)
    top = percent(_("配置図の上から（％）"), required=False)

    def spot(self, height: int) -> Spot | None:
        """The place picked or typed; `height` is that of the picture where one picks.

        A picture that was "pressed" by keyboard says 0, 0: what was typed counts then.
        """
        x, y = (self._picked(axis) for axis in ("x", "y"))
        if x or y:
            return Spot(min(x / PICKED, 1), min(y / height, 1))
        left, top = self.cleaned_data["left"], self.cleaned_data["top"]
        return None if left is None or top is None else Spot(left / 100, top / 100)

    def _picked(self, axis: str) -> int:
        said = str(self.data.get(f"at.{axis}", "0"))
        return int(said) if said.isdecimal() else 0


class SignForm(SpotForm):
    """表示板の掲示。"""

    place = forms.CharField(label=_("掲示した場所"), max_length=80)
    entrance = forms.ChoiceField(label=_("出入口"), required=False)
    cameras = forms.ModelMultipleChoiceField(
        label=_("知らせるカメラ"),
        queryset=Camera.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    posted_on = day(_("掲示した日"))
    photo = PictureField(
        label=_("掲示した表示板の写真"),
        widest=PHOTO_WIDEST,
        required=False,
        help_text=_("10 MB まで。"),
    )
    field_order = ("place", "entrance", "cameras", "posted_on", "photo", "left", "top")

    def __init__(self, site: Site, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        names = [(row["name"], row["name"]) for row in site.entrances]
        self.fields["entrance"].choices = [("", _("（出入口ではない）")), *names]  # type: ignore[attr-defined]
        cameras = self.fields["cameras"]
        cameras.queryset = fixed(site.org_id).filter(ended_at=None)  # type: ignore[attr-defined]
        cameras.label_from_instance = _numbered  # type: ignore[attr-defined]
        self.fields["posted_on"].initial = clock.today


class SignRemovalForm(forms.Form):
    """表示板の撤去。"""

    on = day(_("撤去した日"), initial=clock.today)
    photo = PictureField(
        label=_("撤去した後の写真"), widest=PHOTO_WIDEST, help_text=_("10 MB まで。")
    )


def _numbered(camera: Camera) -> str:
    return f"{camera.number}　{camera.place}".strip()
