"""What is owed to somebody outside: open cases with their due days, read from the ledger alone.

`case.opened` says what is due, when, and from which post; `case.answered` and `case.closed` end it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from hokanko.ledger.models import Entry

KINDS = ("case.opened", "case.answered", "case.closed")
# What a rulebook's evidence calls the event (`due` of a clause) and the kinds of case it means.
EVENTS = {
    "each-complaint": frozenset({"complaint", "enquiry"}),
    "each-request": frozenset({"subject"}),
    "each-objection": frozenset({"objection"}),
    "each-incident": frozenset({"incident"}),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One case; `about` is its name on the ledger, `entry` the line that opened it."""

    about: str
    entry: int
    number: str
    kind: str
    asks: str
    due: date
    owner: str
    answered: bool = False
    closed: bool = False

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late: the due day itself is still in time."""
        return not (self.answered or self.closed) and today > self.due


def cases(org: str) -> tuple[Owed, ...]:
    """Every case of an organisation, the earliest due day first."""
    found: dict[str, Owed] = {}
    lines = Entry.objects.filter(org=org, kind__in=KINDS, about__startswith="case:")
    for line in lines.order_by("id").values_list("id", "kind", "about", "body"):
        entry, kind, about, body = line
        if kind == "case.opened":
            found[about] = _opened(entry, about, bytes(body))
        else:
            was, closes = found[about], kind == "case.closed"
            found[about] = replace(was, answered=was.answered or not closes, closed=closes)
    return tuple(sorted(found.values(), key=lambda owed: (owed.due, owed.number)))


def open_cases(org: str) -> tuple[Owed, ...]:
    """The cases of an organisation that are not closed."""
    return tuple(owed for owed in cases(org) if not owed.closed)


def _opened(entry: int, about: str, body: bytes) -> Owed:
    facts = json.loads(body)["facts"]
    return Owed(
        about=about,
        entry=entry,
        number=facts["number"],
        kind=facts["kind"],
        asks=facts["asks"],
        due=date.fromisoformat(facts["due"]),
        owner=facts["owner"],
    )
