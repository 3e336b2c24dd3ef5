"""The turns of a request, whatever it is for: sent back with a question, answered, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Manager
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.turn_forms import QuestionForm
from hokanko.formats.canon import JSON
from hokanko.keyring.texts import opener, sealer
from hokanko.people.models import Person

ANSWER_WITHIN = timedelta(days=7)  # software default, where the decider names no day
SENT_BACK, RESUBMITTED, WITHDRAWN = "sent_back", "resubmitted", "withdrawn"
DECLINED = "declined"  # of a viewing; why a provision was not granted stands on its form
ACTS = ("send_back", "revise", "withdraw")  # addresses that each kind of request has
KINDS = {
    SENT_BACK: gettext_lazy("差戻し・照会"),
    RESUBMITTED: gettext_lazy("答えと出し直し"),
    WITHDRAWN: gettext_lazy("取下げ"),
    DECLINED: gettext_lazy("認めない理由"),
}

Rows: TypeAlias = Manager[Any]  # `turns` of one request
Form: TypeAlias = Mapping[str, JSON]
Amended: TypeAlias = Callable[[Form, Form], Iterable[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class Told:
    """One turn, opened; `changed` are the fields amended in it: name, before, after."""

    kind: str
    name: Promise
    at: datetime
    person: Person
    said: str
    due: date | None
    changed: list[tuple[str, str, str]]


def answer_day(wanted: date | None, last_day: date | None = None) -> date:
    """By when an answer is due; never after `last_day`, on which its footage ends.

    Raises Conflict for a day gone by, and for one after the end.
    """
    due = wanted or clock.today() + ANSWER_WITHIN
    if last_day is not None and wanted is None:
        due = min(due, last_day)
    if due < clock.today():
        raise Conflict("答えの期限が過ぎた日です。", "The answer would be due on a day gone by.")
    if last_day is not None and due > last_day:
        raise Conflict(
            f"映像は{last_day.isoformat()}で保存期間が終わります。答えの期限は、その日までにしてください。",
            f"The footage ends on {last_day.isoformat()}: the answer must be due by then.",
        )
    return due


def take(
    rows: Rows,
    of: UUID,
    kind: str,
    person: Person,
    said: str,
    *,
    due: date | None = None,
    before: Form | None = None,
) -> None:
    """Note a turn of the request `of`; what was said is sealed, bound to its place in it."""
    number = rows.count() + 1
    rows.create(
        number=number,
        kind=kind,
        at=clock.now(),
        person=person,
        said=sealer()(said.encode(), _place(of, number)),
        due=due,
        before=dict(before or {}),
    )


def history(rows: Rows, of: UUID, stands: Form, amended: Amended) -> list[Told]:
    """The turns of a request, the first one first. Raises Unsound for a text that was altered."""
    found = list(rows.select_related("person").order_by("number", "pk"))
    told: list[Told] = []
    unseal, after = (opener() if found else None), stands
    for row in reversed(found):
        changed = list(amended(row.before, after)) if row.kind == RESUBMITTED else []
        after = row.before if row.kind == RESUBMITTED else after
        said = unseal(bytes(row.said), _place(of, row.number)).decode() if unseal else ""
        told.append(Told(row.kind, KINDS[row.kind], row.at, row.person, said, row.due, changed))
    return told[::-1]


def on_page(
    told: list[Told],
    due: date | None,
    may: Mapping[str, bool],
    acts: Mapping[str, str],
    *,
    last_day: date | None = None,
) -> dict[str, object]:
    """What the page of a request says of its turns, and offers to whoever may take the next.

    `may` has "sends_back", "answers", "withdraws"; `acts` the addresses "send_back", "revise",
    "withdraw". `last_day` is that of the footage, where an answer must come by then.
    """
    return {
        "turns": told,
        "answer_due": due,
        "answer_late": due is not None and due < clock.today(),
        "sends_back": QuestionForm(last_day=last_day) if may["sends_back"] else None,
        "answers": may["answers"],
        "withdraws": may["withdraws"],
        "acts": acts,
    }


def _place(of: UUID, number: int) -> str:
    return f"request/{of}/turn/{number}"
