"""The board's source on complaints and on requests of persons filmed: answered in time, or owed."""

from __future__ import annotations

from datetime import date

from hokanko.audit.life import Finding, Owed, awaited
from hokanko.audit.scope import Scope, Source
from hokanko.rules.rows import Clause


def complaints(*kinds: str) -> Source:
    """Cases of these kinds, from the ledger: answered by their day, or owed."""

    def source(scope: Scope, clause: Clause) -> Finding:
        opened = {
            str(line.facts["number"]): line
            for line in scope.lines("case.opened")
            if line.facts["kind"] in kinds
        }
        done = {
            str(line.facts["number"]): line.day
            for line in scope.lines("case.answered", "case.closed")
        }
        waiting = [
            Owed(
                f"{number} に回答がありません",
                f"{number}: no answer",
                date.fromisoformat(line.facts["due"]) if line.facts.get("due") else scope.today,
                (str(line.facts["owner"]),) if line.facts.get("owner") else clause.owners[:1],
                line.about,
            )
            for number, line in opened.items()
            if number not in done
        ]
        answered = [day for number, day in done.items() if number in opened]
        return awaited(waiting, scope.today, max(answered, default=None), arises=bool(opened))

    return source
