"""The turns of a request as its page shows them, and what may be done about it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy

from hokanko import clock
from hokanko.footage.turns import ACTS, Form, history, on_page
from hokanko.formats.canon import JSON
from hokanko.provision.models import Provision
from hokanko.provision.queries import thing, whose
from hokanko.provision.stages import OPEN
from hokanko.provision.versions import as_it_stands
from hokanko.rules.actor import Actor
from hokanko.rules.book import Book
from hokanko.rules.decide import adopted_book, may
from hokanko.rules.duty import is_night

FIELDS = {  # a column of the request, and the field of the rulebook's form that it fills
    "outline": "outline",
    "happened_from": "from",
    "happened_until": "until",
    "wearer": "wearer",
    "wants": "content",
    "purposes": "purpose",
    "purpose_note": "",
    "telephone": "requester_phone",
    "remarks": "note",
    "recipient": "recipient",
}
BESIDE = {  # what a rulebook's form has no field of its own for
    "purpose_note": gettext_lazy("目的に添える記載"),
    "telephone": gettext_lazy("電話"),
    "remarks": gettext_lazy("参考事項"),
}


def turning(provision: Provision, by: Actor) -> dict[str, object]:
    """What the page of a request says of its turns, and offers to whoever may take the next."""
    asked, mine = thing(provision), whose(provision, by)
    answering = {**mine, "spoken": False, "answer_missing": False}
    sending = {"night": is_night(provision.org_id, clock.now()), "question_missing": False}
    open_, back = provision.state in OPEN, provision.state == "returned"
    said = {
        "sends_back": provision.state == "asked"
        and str(provision.requester_id) != by.id  # nobody has to ask himself
        and may(by, "provision.send_back", asked, **sending),
        "answers": back and may(by, "provision.resubmit", asked, **answering),
        "withdraws": open_ and may(by, "provision.withdraw", asked, **mine, reason_missing=False),
    }
    acts = {act: reverse(f"provision.{act}", args=[provision.number]) for act in ACTS}
    amended = partial(_changed, adopted_book(provision.org_id))
    told = history(provision.turns, provision.pk, as_it_stands(provision), amended)
    spoken = back and provision.is_spoken
    return on_page(told, provision.answer_due, said, acts) | {
        "returned": back,
        "spoken": spoken,
        "taken_by": provision.taken_by,
    }


def _changed(book: Book, before: Form, after: Form) -> Iterator[tuple[str, str, str]]:
    english = get_language() == "en"
    fields = {field.id: field for field in book.form_fields}
    for name, id_ in FIELDS.items():
        if before.get(name) == after.get(name):
            continue
        field = fields.get(id_)
        called = str(BESIDE.get(name, name))
        if field is not None:
            called = field.en.capitalize() if english else field.ja
        boxes = {key: words[english] for key, words in field.options.items()} if field else {}
        yield called, _said(name, before.get(name), boxes), _said(name, after.get(name), boxes)


def _said(name: str, value: JSON, boxes: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return gettext("、").join(boxes.get(str(each), str(each)) for each in value) or "—"
    if name.startswith("happened") and isinstance(value, str):
        return f"{datetime.fromisoformat(value).astimezone(clock.TOKYO):%Y-%m-%d %H:%M}"
    return str(value) or "—"
