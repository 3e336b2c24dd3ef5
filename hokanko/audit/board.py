"""The clause board (遵守状況): every clause of the adopted rulebook once, with its state today.

States are computed, never stored: from the rulebook, the registers, the ledger, and the tables of
the floors below. No percentage: what is owed stands first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hokanko import clock
from hokanko.audit.life import Finding, Owed, together
from hokanko.audit.models import Evidence
from hokanko.audit.persons import vacant
from hokanko.audit.scope import Scope
from hokanko.audit.sources import find
from hokanko.ledger.models import Entry
from hokanko.people.models import Organisation
from hokanko.rules.book import Clause
from hokanko.rules.registers import REGISTERS

SOON = timedelta(days=14)
MEASURE = "measure"  # the register of what protects recorders and media: asked for before use
STATES = ("overdue", "evidenced", "enforced", "printed", "outside")


@dataclass(frozen=True, slots=True)
class Row:
    """One clause as it stands. `attention` marks a shortfall of what the document only urges."""

    clause: Clause
    state: str
    finding: Finding
    owners: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    refusals: int
    attention: bool

    @property
    def owed(self) -> tuple[Owed, ...]:
        return self.finding.owed

    @property
    def due(self) -> date | None:
        """The next day on which something is due; for what is owed, the day since which."""
        days = [each.due for each in self.owed if each.due]
        return min(days, default=self.finding.due)

    @property
    def label(self) -> str:
        """The state for a reader, finer than `state`: what has not arisen is not evidence."""
        if self.state == "overdue" and self.is_before_use:
            return "before"
        if self.state == "overdue" and self.attention:
            return "attention"
        if self.state == "evidenced" and not (self.finding.arises and self.finding.last):
            return "quiet"
        return "open" if self.state == "outside" and self.owed else self.state

    @property
    def is_before_use(self) -> bool:
        """Whether all that is owed is asked for before use, and nothing is used yet."""
        return bool(self.owed) and all(each.before_use for each in self.owed)

    def is_soon(self, today: date) -> bool:
        """Whether it is owed, or due within two weeks."""
        return bool(self.owed) or (self.due is not None and self.due <= today + SOON)

    def as_json(self) -> dict[str, object]:
        """The row as `hokanko board --json` writes it (DESIGN §12)."""
        return {
            "id": self.clause.id,
            "article": self.clause.article,
            "carried": self.clause.carried,
            "state": self.state,
            "due": str(self.due) if self.due else None,
            "owner": "、".join(self.owners) or None,
            "evidence": [_shown(row) for row in self.evidence],
            "owed": [
                {"ja": o.ja, "en": o.en, "due": str(o.due) if o.due else None, "who": list(o.who)}
                for o in self.owed
            ],
            "refusals": self.refusals,
            "attention": self.attention,
            "before_use": self.is_before_use,
        }


def rows(org: Organisation) -> list[Row]:
    """The board of an organisation, in the document's order."""
    scope = Scope(org)
    refused, empty = refusals(org.pk), vacant(scope)
    return [
        _row(scope, clause, refused[clause.id], empty.get(clause.id, []))
        for clause in scope.book.clauses
    ]


def owed(board: Iterable[Row]) -> list[tuple[Row, Owed]]:
    """Everything that is owed, the longest owed first."""
    found = [(row, each) for row in board for each in row.owed]
    return sorted(found, key=lambda pair: (pair[1].due or date.max, pair[0].clause.id))


def reminders(org: Organisation, posts: Collection[str]) -> tuple[int, int, int]:
    """How many clauses these posts owe evidence for now, before use, and within two weeks."""
    late, before, soon, today = 0, 0, 0, clock.today()
    for row in rows(org):
        who = {post for each in row.owed for post in each.who} or set(row.owners)
        if who & set(posts):
            late += bool(row.owed) and not row.is_before_use
            before += row.is_before_use
            soon += not row.owed and row.is_soon(today)
    return late, before, soon


def refused_lines(org: str) -> list[tuple[int, list[str]]]:
    """This month's refusals: each line's id, and the clauses it cites."""
    start = clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = Entry.objects.filter(org=org, kind="refused", at__gte=start).order_by("-at", "-id")
    said = ((pk, json.loads(bytes(body))) for pk, body in lines.values_list("pk", "body"))
    return [(pk, list(line["facts"].get("clauses") or [])) for pk, line in said]


def refusals(org: str) -> Counter[str]:
    """How often each clause has been the reason of a refusal this month."""
    return Counter(clause for _, clauses in refused_lines(org) for clause in clauses)


def _row(scope: Scope, clause: Clause, refused: int, empty: list[Owed]) -> Row:
    below = scope.owed_below(clause)
    finding = Finding(arises=False) if below else find(scope, clause)
    if clause.evidence and clause.evidence.form == MEASURE and not scope.in_use:
        finding = replace(finding, owed=tuple(replace(o, before_use=True) for o in finding.owed))
    if empty:
        finding = together([finding, Finding(tuple(empty))])
    state = clause.carried
    if below:
        state = "outside"
    elif finding.owed and state != "outside":
        state = "overdue"
    # where the clause names no evidence, its own source says who will owe it
    coming = tuple(post for each in finding.coming[:1] for post in each.who)
    owners = clause.evidence.owners if clause.evidence else coming
    shown = () if below else tuple(scope.shown_for(clause))
    return Row(clause, state, finding, owners, shown, refused, _urged(scope, clause))


def _urged(scope: Scope, clause: Clause) -> bool:
    """Whether the document urges rather than demands: a shortfall calls for attention only."""
    effort = scope.values.get("complaint.strength") == "effort"
    complaint = clause.evidence is not None and clause.evidence.due == "each-complaint"
    return clause.kind == "recommendation" or (effort and complaint)


def _shown(row: Evidence) -> dict[str, object]:
    return {
        "id": str(row.pk),
        "register": row.kind,
        "number": row.number,
        "name": f"{REGISTERS[row.kind][0]} 第{row.number}号",
        "about": row.about,
        "spoken_of": str(row.spoken_of),
        "entered": clock.iso(row.entered_at),
        "expires_on": str(row.expires_on) if row.expires_on else None,
        "sha256": row.file_sha256 or None,
    }
