"""Fields of camera forms: a picture drawn anew, a day, a share of the map, words to pick from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.sites import PHOTO_WIDEST
from hokanko.errors import HokankoError
from hokanko.media import redraw
from hokanko.media.redraw import Picture
from hokanko.rules.spoken import spoken


def camera_user() -> forms.CharField:
    """The name by which a network camera knows us."""
    box = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=_("カメラの利用者名"), max_length=60, required=False, widget=box)


def camera_password(use: Any = "", *, new: bool = False) -> forms.CharField:
    """Its password, typed and never shown; `use` says what becomes of it, `new` that it is kept."""
    box = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "off"})
    return forms.CharField(
        label=_("カメラのパスワード"),
        max_length=200,
        required=False,
        strip=False,
        widget=box,
        help_text=use,
    )


class PictureField(forms.FileField):
    """A PNG or JPEG, drawn anew in a jail before anything else sees it."""

    def __init__(self, *, widest: int, **kwargs: Any) -> None:
        attrs = {"accept": "image/png,image/jpeg"}
        super().__init__(widget=forms.FileInput(attrs=attrs), **kwargs)
        self.widest = widest

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The Picture, or None where none was sent."""
        sent = super().clean(data, initial)
        return self._drawn(sent) if isinstance(sent, UploadedFile) else None

    def _drawn(self, sent: UploadedFile[bytes]) -> Picture:
        with told_of_picture():
            return redraw.jpeg(sent.read(), self.widest)


@contextmanager
def told_of_picture() -> Iterator[None]:
    """What is wrong with an upload is told at its field, in the reader's language."""
    try:
        yield
    except HokankoError as error:
        words = spoken(error)
        raise ValidationError(words, code="picture") from error


class Picklist(forms.TextInput):
    """A line of text with words to pick from; another may be typed in."""

    words: Sequence[str] = ()

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Django's own box, and the words beside it."""
        listed = f"{name}-words"
        box = super().render(name, value, (attrs or {}) | {"list": listed}, renderer)
        words = format_html_join("", '<option value="{}"></option>', ((w,) for w in self.words))
        return format_html('{}<datalist id="{}">{}</datalist>', box, listed, words)


def offer(field: forms.Field, words: Sequence[str]) -> None:
    """Let a field with a Picklist offer these."""
    assert isinstance(field.widget, Picklist)
    field.widget.words = words


def place_type() -> forms.CharField:
    """設置場所の種類: one of the rulebook's examples, or another."""
    return forms.CharField(
        label=_("設置場所の種類"),
        max_length=40,
        required=False,
        widget=Picklist(),
        help_text=_("一覧から選ぶか、ほかの種類を書きます。"),
    )


def mount_photo() -> PictureField:
    """A photograph of the camera as it is mounted."""
    return PictureField(
        label=_("取り付けた様子の写真"),
        widest=PHOTO_WIDEST,
        required=False,
        help_text=_("10 MB まで。"),
    )


def day(label: Any, **more: Any) -> forms.DateField:
    """A day as browsers let one pick it."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def percent(label: Any, **more: Any) -> forms.FloatField:
    """A place across or down a picture."""
    attrs = {"min": 0, "max": 100, "step": "any"}
    box = forms.NumberInput(attrs=attrs)
    return forms.FloatField(label=label, min_value=0, max_value=100, widget=box, **more)
