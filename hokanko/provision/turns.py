"""The turns of a request as its page shows them, and what may be done about it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from hokanko import clock
from hokanko.formats.canon import JSON
from hokanko.people.models import Person
from hokanko.provision.models import Provision
from hokanko.provision.queries import is_spoken, thing, whose
from hokanko.provision.turn_forms import QuestionForm
from hokanko.provision.turning import RESUBMITTED
from hokanko.provision.versions import as_it_stands
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may
from hokanko.rules.duty import is_night

KINDS = {
    "sent_back": gettext_lazy("差戻し・照会"),
    "resubmitted": gettext_lazy("答えと出し直し"),
    "withdrawn": gettext_lazy("取下げ"),
}
FIELDS = {
    "outline": gettext_lazy("事案概要"),
    "happened_from": gettext_lazy("始まり"),
    "happened_until": gettext_lazy("終わり"),
    "wearer": gettext_lazy("カメラ装着警察官"),
    "wants": gettext_lazy("依頼内容"),
    "purposes": gettext_lazy("利用目的"),
    "purpose_note": gettext_lazy("目的に添える記載"),
    "telephone": gettext_lazy("電話"),
    "remarks": gettext_lazy("参考事項"),
    "recipient": gettext_lazy("相手"),
}
WANTS = {
    "still": gettext_lazy("画像の提供"),
    "medium": gettext_lazy("外部記録媒体へ出力"),
    "show": gettext_lazy("閲覧"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn; `changed` are the fields amended in it: name, before, after."""

    kind: str
    name: Promise
    at: datetime
    person: Person
    said: str
    due: date | None
    changed: list[tuple[str, str, str]]


def history(provision: Provision) -> list[Turn]:
    """The turns of a request, the first one first."""
    rows = list(provision.turns.select_related("person").order_by("at", "pk"))
    told: list[Turn] = []
    after = as_it_stands(provision)
    for row in reversed(rows):
        changed = list(_changed(row.before, after)) if row.kind == RESUBMITTED else []
        after = row.before if row.kind == RESUBMITTED else after
        told.append(Turn(row.kind, KINDS[row.kind], row.at, row.person, row.said, row.due, changed))
    return told[::-1]


def turning(provision: Provision, by: Actor) -> dict[str, object]:
    """What the page of a request says of its turns, and offers to whoever may take the next."""
    asked, mine = thing(provision), whose(provision, by)
    answering = {**mine, "spoken": False, "answer_missing": False}
    sending = {"night": is_night(provision.org_id, clock.now()), "question_missing": False}
    open_, back = provision.state in ("asked", "returned"), provision.state == "returned"
    return {
        "turns": history(provision),
        "sends_back": QuestionForm()
        if provision.state == "asked" and may(by, "provision.send_back", asked, **sending)
        else None,
        "answers": back and may(by, "provision.resubmit", asked, **answering),
        "withdraws": open_ and may(by, "provision.withdraw", asked, **mine, reason_missing=False),
        "spoken": back and is_spoken(provision),
        "answer_late": provision.answer_due is not None and provision.answer_due < clock.today(),
    }


def _changed(before: dict[str, JSON], after: dict[str, JSON]) -> Iterator[tuple[str, str, str]]:
    for name, label in FIELDS.items():
        if before.get(name) != after.get(name):
            yield str(label), _said(name, before.get(name)), _said(name, after.get(name))


def _said(name: str, value: JSON) -> str:
    if isinstance(value, list):
        return gettext("、").join(str(WANTS.get(str(each), each)) for each in value) or "—"
    if name.startswith("happened") and isinstance(value, str):
        return f"{datetime.fromisoformat(value).astimezone(clock.TOKYO):%Y-%m-%d %H:%M}"
    return str(value) or "—"
