"""専用アプリへの入力 on the screen: which footage, and where its stills are to be taken."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.queries import footage as find_footage
from hokanko.footage.scenes import place
from hokanko.provision.extent import CLIP_REASON, Extent, clips_allowed, part_in_words
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.models import Provision
from hokanko.provision.queries import candidates
from hokanko.provision.taker import to_outsiders

MOST = 400  # characters of a reason
EXTENTS = (
    ("clip", _("求められた時間だけを切り出して渡す")),
    ("copy", _("切り出すが、撮ったままの符号で渡す（始まりが数秒早くなることがあります）")),
    ("whole", _("ファイルの全部を渡す（理由を書きます）")),
)
POSITION = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,3})?)")  # 1:03 or 0:12:03.5


def _text(label: Any, **how: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=MOST, **how)


class EnterForm(forms.Form):
    """Candidates to tick, others by number, each with its positions."""

    numbers = forms.CharField(
        label=_("候補にない映像ファイル番号"),
        help_text=_("一行に一つ。画像を取り出すときは、番号のあとに位置を書きます。"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, provision: Provision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provision = provision
        self.stills = STILL in provision.wants
        asked = {file.footage_id: file for file in provision.files.all()}
        example = f"{provision.org_id}-{clock.day_of(provision.happened_from):%Y%m%d}-0001"
        at = " 0:12 1:03.5" if self.stills else ""
        self.fields["numbers"].widget.attrs["placeholder"] = example + at
        if not self.stills:
            self.fields["numbers"].help_text = _("一行に一つ。")
        self.offered = {str(piece.pk): piece for piece in candidates(provision)}
        for key, piece in self.offered.items():
            pick = forms.BooleanField(required=False, initial=piece.pk in asked)
            self.fields[f"pick-{key}"] = pick
            chosen = asked[piece.pk].stills_ms if piece.pk in asked else ()
            places = " ".join(map(place, chosen))
            self.fields[f"at-{key}"] = forms.CharField(
                required=False, max_length=600, initial=places
            )

        self.clipping = MEDIUM in provision.wants and clips_allowed(provision.org_id)
        if self.clipping:
            self.fields["extent"] = forms.ChoiceField(
                label=_("渡す範囲"),
                choices=EXTENTS,
                initial="clip",
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields["clip_reason"] = _text(_("切り出す理由"), initial=CLIP_REASON)
        if to_outsiders(provision.org_id):
            self.fields["breadth"] = _text(
                _("一部に限らない理由"),
                help_text=_(
                    "ファイルの全部、撮ったままの符号、丸一日以上、二台以上のカメラ、"
                    "求められた時間の外の画像のときに書きます。"
                ),
            )

    @property
    def rows(self) -> list[tuple[Footage, forms.BoundField, forms.BoundField, str]]:
        """Each candidate with its box, its line for positions, and the part that was asked for."""
        return [
            (piece, self[f"pick-{key}"], self[f"at-{key}"], part_in_words(self.provision, piece))
            for key, piece in self.offered.items()
        ]

    @property
    def extent_fields(self) -> list[forms.BoundField]:
        """How much of each file is to leave, and why."""
        return [self[name] for name in ("extent", "clip_reason", "breadth") if name in self.fields]

    def extent(self) -> Extent:
        """The same as the verb takes it; only after `is_valid`. What is left open is a clip."""
        told = self.cleaned_data
        clip = self.clipping and told.get("extent") != "whole"
        copied = clip and told.get("extent") == "copy"
        return Extent(clip, told.get("clip_reason", ""), told.get("breadth", ""), copied)

    def clean(self) -> dict[str, Any]:
        told, chosen = self.cleaned_data, {}
        for key, piece in self.offered.items():
            if told.get(f"pick-{key}"):
                chosen[piece] = self._positions(piece, told.get(f"at-{key}", ""))
        for line in told.get("numbers", "").splitlines():
            number, _space, positions = line.strip().partition(" ")
            if number:
                piece = self._named(number)
                chosen[piece] = self._positions(piece, positions)
        if self.stills and chosen and not any(chosen.values()):
            raise ValidationError(_("画像を取り出す位置を、一つ以上書いてください（例 1:03）。"))
        told["files"] = list(chosen.items())
        return told

    def _named(self, number: str) -> Footage:
        with suppress(Missing):
            piece = find_footage(number)
            if piece.org_id == self.provision.org_id:  # another's: as if it did not exist
                return piece
        raise ValidationError(_("その番号の映像は、この所属にありません。"))

    def _positions(self, piece: Footage, text: str) -> list[int]:
        if not self.stills:
            return []
        words = re.split(r"[\s,、]+", text.strip())
        return [self._position(piece, word) for word in words if word]

    @staticmethod
    def _position(piece: Footage, word: str) -> int:
        match = POSITION.fullmatch(word)
        if match is None:
            raise ValidationError(
                _("位置「%(word)s」を読めません。1:03 のように書いてください。"),
                params={"word": word},
            )
        hours, minutes, seconds = int(match[1] or 0), int(match[2]), float(match[3])
        at_ms = round(((hours * 60 + minutes) * 60 + seconds) * 1000)
        if piece.duration_ms is not None and at_ms >= piece.duration_ms:
            raise ValidationError(
                _("%(number)s は、%(word)s より短い映像です。"),
                params={"number": piece.number, "word": word},
            )
        return at_ms
