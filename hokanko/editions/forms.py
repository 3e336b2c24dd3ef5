"""The draft of an edition on screen: every blank, with the words and bounds of its rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hokanko.editions.counting import COUNT
from hokanko.errors import Conflict, Refusal
from hokanko.formats.canon import JSON
from hokanko.rules.bounds import faults
from hokanko.rules.decide import Rules
from hokanko.rules.filling import fill
from hokanko.rules.rows import Parameter

NAME = "org.name"  # as registered, unless the rules are to say it otherwise


class DraftForm(forms.Form):
    """案: the blanks first, then what is the software's default and may be changed."""

    def __init__(
        self, rules: Rules, *args: object, name: str = "", counted: int = 0, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.rules = rules
        self.base: dict[str, JSON] = dict(rules.values)  # type: ignore[arg-type]  # JSON as read
        self.offered = rules.book.effective(rules.values)
        reasons = {row.reason_in for row in rules.book.parameters if row.reason_in}
        rows = [r for r in rules.book.parameters if r.status != "fixed" and r.type != "map"]
        asked = [r for r in rows if r.applies]
        self.blanks = [r.name for r in asked if r.status == "blank" or r.name in reasons]
        self.defaults = [r.name for r in asked if r.name not in self.blanks]
        for row in asked:
            self.fields[row.name] = _field(rules, row, self.offered[row.name])
        if NAME in self.fields and not self.fields[NAME].initial:
            self.fields[NAME].initial = name
        if counted:
            count = self.fields[COUNT]
            count.initial, count.disabled = counted, True
            count.help_text += "　" + gettext(
                "運用しているカメラを数えた数です。書き換えられません。"
            )
        self.fields["reason"] = forms.CharField(
            label=_("改める理由"), required=False, widget=forms.Textarea(attrs={"rows": 2})
        )

    def clean(self) -> dict[str, object]:
        """What the document bounds is told beside the field, with its article."""
        with suppress(Conflict):  # what cannot be read is told by the verb
            for fault in faults(self.rules.book, self._filled()):
                self.add_error(fault.name, forms.ValidationError(_words(fault.refusal)))
        return self.cleaned_data

    def _filled(self) -> Mapping[str, object]:
        told = {
            name: written(self.cleaned_data[name])
            for name in (*self.blanks, *self.defaults)
            if name in self.cleaned_data
        }
        return fill(self.rules.book, told, self.base)

    def blank_fields(self) -> list[forms.BoundField]:
        """What the document leaves to the adopter."""
        return [self[name] for name in self.blanks]

    def default_fields(self) -> list[forms.BoundField]:
        """What the document does not speak of."""
        return [self[name] for name in self.defaults]

    def texts(self) -> dict[str, str]:
        """What was written, as `rulebook.draft` reads it; defaults left alone are not told."""
        told = {name: written(self.cleaned_data[name]) for name in (*self.blanks, *self.defaults)}
        return {
            name: text
            for name, text in told.items()
            if name in self.blanks or text != written(self.offered[name])
        }


def _words(refusal: Refusal) -> str:
    said = (
        (refusal.en, refusal.mend_en) if get_language() == "en" else (refusal.ja, refusal.mend_ja)
    )
    return f"{' '.join(said)}（{refusal.article}） [{refusal.clause}]"


def written(value: object) -> str:
    """A value as a command line or a form field has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _field(rules: Rules, row: Parameter, offered: object) -> forms.Field:
    english = get_language() == "en"
    shown: Mapping[str, object] = {
        "label": row.en if english else row.ja,
        "help_text": _help(rules, row),
        "required": False,
        "initial": written(offered),
    }
    if row.type == "bool":
        yes_no = [("true", _("する")), ("false", _("しない"))]
        return forms.ChoiceField(choices=yes_no, **shown)  # type: ignore[arg-type]
    if row.type == "enum":
        choices = [(key, en if english else ja) for key, (ja, en) in row.choices.items()]
        return forms.ChoiceField(choices=[("", "—"), *choices], **shown)  # type: ignore[arg-type]
    if row.type in {"int", "days"}:
        bounds = {"min_value": row.min, "max_value": row.max}
        return forms.IntegerField(**bounds, **shown)  # type: ignore[arg-type]
    if row.type == "date":
        widget = forms.DateInput(attrs={"type": "date"})
        return forms.DateField(widget=widget, **shown)  # type: ignore[arg-type]
    return forms.CharField(max_length=400, **shown)  # type: ignore[arg-type]


def _help(rules: Rules, row: Parameter) -> str:
    """Article, unit, bound and offer of one parameter, in a line."""
    parts = []
    if row.clauses:
        article = rules.book.clause(row.clauses[0]).article
        parts.append(f"{article} [{row.clauses[0]}]")
    else:
        parts.append(gettext("ソフトウェアの既定"))
    if row.unit:
        parts.append(gettext("単位：") + row.unit.strip())
    if row.min is not None:
        parts.append(gettext("最小：") + str(row.min))
    if row.reason_above is not None:
        parts.append(gettext("これを超えるときは理由が要る値：") + str(row.reason_above))
    if row.value not in (None, "", (), []):
        parts.append(gettext("文書や既定の示す値：") + _shown(row))
    if row.type in {"list", "posts"}:
        parts.append(gettext("いくつか書くときは「、」で区切ってください。"))
    return "　".join(parts)


def _shown(row: Parameter) -> str:
    if row.type == "enum":
        ja, en = row.choices[str(row.value)]
        return en if get_language() == "en" else ja
    if isinstance(row.value, bool):
        return gettext("する") if row.value else gettext("しない")
    return written(row.value)
