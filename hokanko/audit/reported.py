"""The board's source on reports of the project: due at its end, or by the notice that asks for one.

A report issued from the headquarters' pages is known by its ledger line; one that was written
elsewhere, by an entry.
"""

from __future__ import annotations

from datetime import date, timedelta

from hokanko.audit.life import Finding, Owed
from hokanko.audit.models import Evidence
from hokanko.audit.scope import Scope
from hokanko.clock import add_months
from hokanko.rules.rows import Clause

ISSUED = "report.issued"
KINDS = {
    "police-notice-7.1": "results",
    "police-11": "commission",
    "police-11-publish": "publication",
}
DAY = timedelta(days=1)


def at_the_end(scope: Scope, clause: Clause) -> Finding:
    """Owed once the project has ended, or a notice's day has passed; before it, nothing is."""
    notice, ends = _notice(scope, clause), _end(scope)
    due = notice.expires_on if notice else ends
    done = [row.spoken_of for row in scope.shown_for(clause) if row.kind != clause.asked.dated_by]
    if notice is not None:
        done = [day for day in done if day >= notice.spoken_of]
    done += _issued(scope, clause, notice.spoken_of if notice else None, ends)
    if done or due is None:
        return Finding(last=max(done, default=None), arises=bool(done))
    told = f"（別途通知 第{notice.number}号）" if notice else ""
    told_en = f" (separate notice no. {notice.number})" if notice else ""
    late = Owed(
        f"期日までの記録がありません{told}",
        f"nothing by the day it was due{told_en}",
        due,
        clause.owners,
    )
    is_late = due < scope.today
    return Finding((late,) if is_late else (), None, due, is_late or notice is not None)


def _notice(scope: Scope, clause: Clause) -> Evidence | None:
    """The newest notice that sets the day."""
    rows = (row for row in scope.shown_for(clause) if row.kind == clause.asked.dated_by)
    return next(rows, None)


def _end(scope: Scope) -> date | None:
    """The project's last day as the rules have it; of one told in months, the day after it."""
    start, months = scope.values.get("project.start"), scope.values.get("project.months")
    if isinstance(last := scope.values.get("project.end"), date):
        return last
    if not isinstance(start, date) or not months:
        return None
    return add_months(start, int(str(months)))


def _issued(scope: Scope, clause: Clause, since: date | None, ends: date | None) -> list[date]:
    """The days on which a report for this clause was issued: since the notice, or of the whole."""
    kind = KINDS.get(clause.id)
    lines = [line for line in scope.lines(ISSUED) if line.facts["kind"] == kind]
    if since is not None:
        return [line.day for line in lines if line.day >= since]
    whole = [line for line in lines if ends and str(line.facts["ends"]) >= str(ends - DAY)]
    return [line.day for line in whole]
