"""The 映像ファイル提供依頼書 on the screen.

What the form demands, the rulebook demands: a field left empty reaches the verb, which refuses it
with its article. Only what cannot be read at all is stopped here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.footage.models import Footage, Scene
from hokanko.footage.scenes import span
from hokanko.people.attach import scan_of
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import called, holders
from hokanko.provision.fields import (
    MOST,
    PurposesField,
    ScenesField,
    chosen_scenes,
    lines,
    paper_field,
    title_field,
)
from hokanko.provision.form import Form
from hokanko.provision.models import CALL, PAPER
from hokanko.provision.moments import (
    ENDS,
    PARTS,
    blanks,
    day_in_parts,
    moment_in_parts,
    moment_told,
)
from hokanko.rules.decide import adopted_book
from hokanko.rules.spoken import words
from hokanko.rules.wording import TELEPHONE, wording

WEARER = "カメラ装着警察官"
ARRIVALS = ((PAPER, _("紙の依頼書")), (CALL, _("電話")))


class AskForm(forms.Form):
    """The seed's 別記様式, in its order of fields and in its words."""

    outline = forms.CharField(label=_("事案概要"), required=False, max_length=MOST, widget=lines(4))
    wearer = forms.ChoiceField(label=_("カメラ装着警察官"), required=False)
    wants = forms.MultipleChoiceField(
        label=_("依頼内容"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purposes = PurposesField(
        label=_("利用目的"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose_note = forms.CharField(label=_("確保の内容"), required=False, max_length=200)
    telephone = forms.CharField(required=False, max_length=20)
    remarks = forms.CharField(label=_("参考事項"), required=False, max_length=MOST, widget=lines(2))
    paper_title = title_field()
    paper = paper_field()

    def __init__(
        self,
        *args: Any,
        org: Organisation,
        requester: Person,
        scenes: Sequence[Scene] = (),
        colleagues: Sequence[Person] = (),
        **kwargs: Any,
    ) -> None:
        initial: dict[str, object] = {"telephone": requester.telephone}
        for end in ENDS:
            initial |= day_in_parts(end, clock.today())
        super().__init__(*args, **kwargs)
        self.initial = initial | _drafted(scenes)
        if scenes:
            self.fields["scenes"] = ScenesField(scenes)
        self.colleagues = {str(person.pk): person for person in colleagues}
        if colleagues:
            self.fields["for_colleague"], self.fields["arrived"] = _asker(colleagues), _arrived()
        self.fields["telephone"].label = capfirst(str(wording(org.pk, TELEPHONE)))
        book = adopted_book(org.pk)
        self.wearers = {str(person.pk): person for person in holders(org.pk, WEARER)}
        self._offer(
            wearer=[("", "—"), *_told_apart(self.wearers.values())],
            wants=[
                (key, words(*said))
                for field in book.form_fields
                if field.id == "content"
                for key, said in field.options.items()
            ],
            purposes=[
                (purpose.id, words(purpose.form_ja or purpose.ja, purpose.en))
                for purpose in book.purposes
                if not purpose.by_law
            ],
        )
        for end in ENDS:
            self.fields |= {f"{end}_{part}": blank for part, blank in blanks().items()}

    def _offer(self, **choices: list[tuple[str, str]]) -> None:
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def moments(self) -> list[tuple[str, dict[str, forms.BoundField]]]:
        """The two lines of 事案取扱日時, each with its six blanks."""
        return [(end, {part: self[f"{end}_{part}"] for part in PARTS}) for end in ENDS]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for end in ENDS:
            if any(name.startswith(f"{end}_") for name in self.errors):
                continue
            try:
                told[f"happened_{end}"] = moment_told(end, told)
            except ValueError:
                self.add_error(f"{end}_day", _("暦にない日です。"))
        return told

    def stills(self) -> list[tuple[Footage, list[int]]]:
        """The footage and stills that it proposes; only after `is_valid`."""
        return chosen_scenes(self)

    @property
    def asker(self) -> Person | None:
        """The colleague for whom it is entered; only after `is_valid`."""
        return self.colleagues.get(self.cleaned_data.get("for_colleague", ""))

    def _telephone(self) -> str:
        """The one written down; a colleague's own where the clerk left his standing."""
        said: str = self.cleaned_data["telephone"]
        if self.asker and said.strip() in ("", self.initial["telephone"]):
            return self.asker.telephone
        return said

    def filled(self) -> Form:
        """The form as the verb takes it; only after `is_valid`."""
        told = self.cleaned_data
        return Form(
            outline=told["outline"],
            happened_from=told["happened_from"],
            happened_until=told["happened_until"],
            wearer=self.wearers.get(told["wearer"]),
            wants=told["wants"],
            purposes=told["purposes"],
            purpose_note=told["purpose_note"],
            telephone=self._telephone(),
            remarks=told["remarks"],
            paper=scan_of(told["paper"]),
            paper_title=told["paper_title"],
        )


def _told_apart(people: Collection[Person]) -> list[tuple[str, str]]:
    return [(str(each.pk), f"{each.section}　{called(each, people)}".strip()) for each in people]


def _asker(colleagues: Sequence[Person]) -> forms.ChoiceField:
    offered = _told_apart(colleagues)
    return forms.ChoiceField(
        label=_("代わって入力する依頼者"),
        required=False,
        choices=[("", _("自分の依頼")), *offered],
    )


def _arrived() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("届き方"),
        choices=ARRIVALS,
        initial=PAPER,
        required=False,
        widget=forms.RadioSelect,
    )


def _drafted(scenes: Sequence[Scene]) -> dict[str, object]:
    """What the scenes say of the request already: stills, of whom, and when."""
    if not scenes:
        return {}
    told: dict[str, object] = {"wants": ["still"]}
    wearers = {str(scene.footage.wearer_id or "") for scene in scenes}
    if len(wearers) == 1:
        told["wearer"] = wearers.pop()
    for end, at in zip(ENDS, span(scenes) or (), strict=False):
        told |= moment_in_parts(end, at)
    return told
