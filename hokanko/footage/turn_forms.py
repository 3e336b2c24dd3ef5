"""Forms of a request's turns, whatever it is for: the question, and the answer to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.people.forms import day_field

MOST = 2000  # characters of a text field


def _words(label: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3, "maxlength": MOST})
    return forms.CharField(label=label, required=False, max_length=MOST, widget=box)


class QuestionForm(forms.Form):
    """What is asked, and by when an answer is wanted."""

    question = _words(_("尋ねること・直してほしいところ"))
    due = day_field(_("答えの期限"), help_text=_("書かなければ、きょうから7日です。"))

    def __init__(self, *args: object, last_day: date | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django passes them
        days = {"min": clock.today().isoformat()}
        if last_day is not None:
            days["max"] = last_day.isoformat()
            self.fields["due"].help_text = _("書かなければ、きょうから7日か、映像の最後の日です。")
        self.fields["due"].widget.attrs.update(days)


class AnswerForm(forms.Form):
    """What the requester answers beside the amended form."""

    answer = _words(_("照会への答え・直したところ"))
