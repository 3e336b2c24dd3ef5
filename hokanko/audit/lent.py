"""The board's sources on what is lent, taken out or printed: brought back, or owed."""

from __future__ import annotations

from hokanko.audit.entered import last_entry
from hokanko.audit.life import Finding, Owed, Piece, Shown, awaited, stand, together
from hokanko.audit.scope import Scope, wanted
from hokanko.rules.rows import Clause


def lent(scope: Scope, clause: Clause) -> Finding:
    """What was lent, taken out or printed: brought back or shredded by its day, or owed."""
    rows = [row for row in scope.shown_for(clause) if row.kind == clause.asked.form]
    ended = {row.about for row in rows if row.about.startswith("evidence:")}
    waiting = [
        Owed(
            f"第{row.number}号がまだ終わっていません（返却・裁断）",
            f"no. {row.number} has not ended (returned, shredded)",
            row.expires_on,
            clause.owners,
            f"evidence:{row.pk}",
        )
        for row in rows
        if not row.about.startswith("evidence:") and f"evidence:{row.pk}" not in ended
    ]
    return awaited(waiting, scope.today, last_entry(scope, clause), arises=bool(rows))


def keys(scope: Scope, clause: Clause) -> Finding:
    """The key register is looked through in time, and no key lent is late."""
    asked = clause.asked
    looked = [Shown(str(r.pk), "", r.spoken_of) for r in scope.shown_for(clause)]
    whole = [Piece("", scope.since)]
    current = stand(whole, looked, scope.interval(asked), scope.today, wanted(asked))
    return together([current, lent(scope, clause)])
