"""The paper form of a storage place on screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko.backup.places import named


class PlaceForm(forms.Form):
    """保管場所のフォルダーの届出。"""

    place = forms.ChoiceField(label=_("保管場所（規程の言葉で）"))
    where = forms.CharField(
        label=_("フォルダー"),
        max_length=255,
        help_text=_("この装置から見た場所。/ から始めて書きます。例：/mnt/backup"),
    )

    def __init__(self, org: str, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["place"].choices = [(name, name) for name in named(org)]  # type: ignore[attr-defined]
