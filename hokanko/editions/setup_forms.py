"""The forms of the set-up wizard: the two questions, and the organisation to register."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko.people.models import Organisation
from hokanko.rules.actor import HOME
from hokanko.rules.book import Book
from hokanko.rules.scope import operators, venues

CODE = r"\A[A-Z0-9][A-Z0-9-]*\Z"


class AnswersForm(forms.Form):
    """誰が、どこに: the two questions that decide which rulebook applies."""

    operator = forms.ChoiceField(label=_("カメラを設置・運用するのは、どなたですか"))
    venue = forms.ChoiceField(label=_("カメラを使うのは、どこですか"))

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]  # Django's own signature
        for name, known in (("operator", operators()), ("venue", venues())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField), "as declared above"
            field.choices = [("", "—"), *_named(known)]


class FoundingForm(forms.Form):
    """所属: its code, its name, its kind under the rulebook, and the headquarters above it."""

    name = forms.CharField(label=_("名称"), max_length=80)
    code = forms.RegexField(
        CODE,
        label=_("記号"),
        max_length=20,
        help_text=_(
            "半角の大文字、数字、ハイフン。映像ファイル番号の頭に付き、あとで変えられません。"
        ),
        error_messages={"invalid": _("半角の大文字、数字、ハイフンで書いてください。")},
        strip=True,
    )
    kind = forms.ChoiceField(label=_("区分"))
    parent = forms.ChoiceField(label=_("上に置く本部"), required=False)

    def __init__(self, book: Book, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]  # Django's own signature
        kind, parent = self.fields["kind"], self.fields["parent"]
        assert isinstance(kind, forms.ChoiceField), "as declared above"
        assert isinstance(parent, forms.ChoiceField), "as declared above"
        kind.choices = _named({each.id: (each.ja, each.en) for each in book.kinds})
        tops = [each.id for each in book.kinds if each.level == "hq"]
        above = Organisation.objects.exclude(pk=HOME).filter(kind__in=tops).order_by("code")
        parent.choices = [("", _("なし")), *((org.pk, f"{org.name}（{org.pk}）") for org in above)]
        if not above:
            del self.fields["parent"]

    def clean_parent(self) -> Organisation | None:
        """The headquarters itself, from its code."""
        return Organisation.objects.filter(pk=self.cleaned_data["parent"]).first()

    def clean(self) -> dict[str, object]:
        """Where there is no headquarters, there is none to choose."""
        return {"parent": None, **self.cleaned_data}


def _named(known: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
    english = get_language() == "en"
    return [(key, en if english else ja) for key, (ja, en) in known.items()]
