"""The rulebook's own form on the screen, for somebody outside, as it is taken down.

Fields come from `book.toml`. What the form demands, the rulebook demands: a field left empty
reaches the verb, which refuses it with its article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hokanko.footage.consent_forms import ConsentsField
from hokanko.footage.consents import are_kept
from hokanko.footage.models import Footage, Scene
from hokanko.footage.queries import offered_purposes
from hokanko.footage.scenes import span
from hokanko.people.attach import scan_of
from hokanko.people.models import Organisation
from hokanko.provision.fields import (
    MOST,
    PurposesField,
    ScenesField,
    chosen_scenes,
    lines,
    paper_field,
    title_field,
)
from hokanko.provision.form import STILL, Form
from hokanko.provision.taker import BODY_KINDS
from hokanko.rules.book import FormField
from hokanko.rules.decide import adopted_book
from hokanko.rules.spoken import words

LONG = {"outline"}
MOMENT = "%Y-%m-%dT%H:%M"


def caption(ja: str, en: str) -> str:
    """Words of the rulebook in the reader's language, as a caption begins."""
    return capfirst(words(ja, en))


def choices(field: FormField) -> list[tuple[str, str]]:
    """A field's options, as a form offers them."""
    return [(key, caption(*said)) for key, said in field.options.items()]


def picked_day() -> forms.DateInput:
    """A day, picked from a calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TakeDownForm(forms.Form):
    """What somebody outside asks for, in the rulebook's order of fields."""

    def __init__(
        self, *args: Any, org: Organisation, scenes: Sequence[Scene] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **_drafted(scenes)}
        book = adopted_book(org.pk)
        for row in book.form_fields:
            if row.filled_by == "requester" and row.section == "request":
                self._add(row, org)
        if scenes:
            self.fields["scenes"] = ScenesField(scenes)
        if are_kept(org.pk):
            self.fields["consents"] = ConsentsField(org.pk)
        self.fields["paper_title"], self.fields["paper"] = title_field(), paper_field()

    def _add(self, row: FormField, org: Organisation) -> None:
        said = caption(row.ja, row.en)
        if row.type == "text":
            box = lines(3) if row.id in LONG else forms.TextInput()
            most = MOST if row.id in LONG else 120
            self.fields[row.id] = forms.CharField(
                label=said, required=False, max_length=most, widget=box
            )
        elif row.type == "about-time":
            at = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
            self.fields[row.id] = forms.DateTimeField(label=said, widget=at)
        elif row.type == "purposes":
            self._add_purposes(said, org)
        elif row.id == "content":
            ticks = forms.CheckboxSelectMultiple()
            self.fields["content"] = forms.MultipleChoiceField(
                label=said, required=False, choices=choices(row), widget=ticks
            )
        if row.id == "recipient":
            kinds = [("", "—"), *BODY_KINDS.items()]
            self.fields["body_kind"] = forms.ChoiceField(label=_("相手の種類"), choices=kinds)
            self.fields["contact"] = forms.CharField(
                label=_("連絡先"), required=False, max_length=20
            )

    def _add_purposes(self, said: str, org: Organisation) -> None:
        purposes = offered_purposes(org.pk)
        self.fields["purpose"] = PurposesField(
            label=said,
            required=False,
            choices=[(p.id, caption(p.ja, p.en)) for p in purposes],
            widget=forms.CheckboxSelectMultiple(),
            initial=[p.id for p in purposes if len(purposes) == 1],
        )
        if any(purpose.needs_text for purpose in purposes):
            note = forms.CharField(label=_("目的に添える記載"), required=False, max_length=200)
            note.help_text = " ".join(
                _("「%(case)s」には：%(text)s。")
                % {"case": caption(p.ja, p.en), "text": caption(p.text_ja, p.text_en)}
                for p in purposes
                if p.needs_text
            )
            self.fields["purpose_note"] = note

    def stills(self) -> list[tuple[Footage, list[int]]]:
        """The footage and stills that it proposes; only after `is_valid`."""
        return chosen_scenes(self)

    def filled(self) -> Form:
        """The form as the verb takes it; only after `is_valid`."""
        told = self.cleaned_data
        return Form(
            outline=told.get("outline", ""),
            happened_from=told["from"],
            happened_until=told["until"],
            wearer=None,
            wants=told["content"],
            purposes=told["purpose"],
            purpose_note=told.get("purpose_note", ""),
            telephone=told["contact"],
            recipient=told["recipient"],
            body_kind=told["body_kind"],
            paper=scan_of(told["paper"]),
            paper_title=told["paper_title"],
            consents=list(told.get("consents", ())),
        )


def _drafted(scenes: Sequence[Scene]) -> dict[str, object]:
    """What the scenes say of the request already: stills, and when they were taken."""
    told: dict[str, object] = {"content": [STILL]} if scenes else {}
    return told | dict(zip(("from", "until"), span(scenes) or (), strict=False))
