"""The turns of a request for viewing as its pages show them, and what may be done about it now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from hokanko.footage.turns import ACTS, Form, history, on_page
from hokanko.formats.canon import JSON
from hokanko.people.queries import actor
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may
from hokanko.rules.spoken import spoken
from hokanko.viewing.models import Viewing
from hokanko.viewing.stages import WAITING
from hokanko.viewing.stretch import leading, thing_of
from hokanko.viewing.weighing import is_direct, purposes

FIELDS = {
    "purposes": gettext_lazy("利用目的"),
    "note": gettext_lazy("記載事項"),
    "consents": gettext_lazy("本人の同意"),
}


def as_it_stands(viewing: Viewing) -> dict[str, JSON]:
    """What a request states, as plain values, to be kept beside a turn."""
    consents = viewing.rests_on.order_by("number").values_list("number", flat=True)
    return {"purposes": list(viewing.purposes), "note": viewing.note, "consents": [*consents]}


def is_own(viewing: Viewing, by: Actor) -> bool:
    """Whether this person is the one who asked to view."""
    return str(viewing.viewer_id) == by.id


def turning(viewing: Viewing, by: Actor) -> dict[str, object]:
    """What the pages of a request say of its turns, and offer to whoever may take the next."""
    asked, mine = thing_of(viewing), {"own": is_own(viewing, by)}
    said = {
        "sends_back": viewing.state == "asked"
        and may(by, "viewing.send_back", asked, question_missing=False)
        and not is_direct(viewing, actor(viewing.viewer)),
        "answers": viewing.state == "returned"
        and may(by, "viewing.resubmit", asked, **mine, answer_missing=False),
        "withdraws": viewing.state in WAITING
        and may(by, "viewing.withdraw", asked, **mine, reason_missing=False),
    }
    acts = {act: reverse(f"viewing.{act}", args=[viewing.pk]) for act in ACTS}
    amended = partial(_changed, viewing.org_id)
    told = history(viewing.turns, viewing.pk, as_it_stands(viewing), amended)
    back = viewing.state == "returned"
    last = leading(viewing).last_day
    return on_page(told, viewing.answer_due, said, acts, last_day=last) | {"returned": back}


def _changed(org: str, before: Form, after: Form) -> Iterator[tuple[str, str, str]]:
    words = {each.id: spoken(each) for each in purposes(org)}
    for name, called in FIELDS.items():
        if before.get(name) != after.get(name):
            yield str(called), _said(before.get(name), words), _said(after.get(name), words)


def _said(value: JSON, words: dict[str, str]) -> str:
    if isinstance(value, list):
        told = (f"{each} {words.get(str(each), '')}".strip() for each in value)
        return gettext("、").join(told) or "—"
    return str(value) if value else "—"
