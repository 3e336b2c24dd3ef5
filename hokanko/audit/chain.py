"""What the chain of urgent reports and the consultation on doubts owe, for the clause board."""

from __future__ import annotations

from hokanko.audit.life import Finding, Owed, awaited
from hokanko.audit.scope import Scope
from hokanko.casebook.doubts import asked
from hokanko.casebook.reports import chained, stages
from hokanko.clock import day_of
from hokanko.people.models import Organisation
from hokanko.rules import book as books


def first_reports(scope: Scope, clause: books.Clause) -> Finding:
    """Each incident's report to headquarters: made within its hours, or owed."""
    return _reports(scope, clause, onward=False)


def onward_reports(scope: Scope, clause: books.Clause) -> Finding:
    """Each incident's report from headquarters further up: within its hours, or owed."""
    return _reports(scope, clause, onward=True)


def consultations(scope: Scope, clause: books.Clause) -> Finding:
    """Each doubt: taken to the office above by headquarters; it is owed from the day on."""
    rows = list(asked(_orgs(scope)))
    waiting = [
        Owed(
            f"{row.org.name} の疑義（{row.clause}）がまだ報告されていません",
            f"{row.org.name}: the doubt about {row.clause} has not been reported",
            day_of(row.raised_at),
            clause.owners,
        )
        for row in rows
        if row.told_at is None
    ]
    told = [day_of(row.told_at) for row in rows if row.told_at]
    return awaited(waiting, scope.today, max(told, default=None), arises=bool(rows))


def _reports(scope: Scope, clause: books.Clause, *, onward: bool) -> Finding:
    cases = list(chained(_orgs(scope)))
    found = [(case, s) for case in cases for s in stages(case) if s.leg.onward == onward]
    owed = tuple(
        Owed(
            f"{case.number} の即報（{stage.leg.to}へ）がまだです",
            f"{case.number}: not reported to {stage.leg.to}",
            day_of(stage.due),
            clause.owners,
            f"case:{case.pk}",
        )
        for case, stage in found
        if stage.late and stage.due
    )
    made = [day_of(stage.report.at) for _, stage in found if stage.report]
    dues = [day_of(stage.due) for _, stage in found if stage.waiting and stage.due]
    arises = any(stage.due for _, stage in found)
    return Finding(owed, max(made, default=None), min(dues, default=None), arises)


def _orgs(scope: Scope) -> list[str]:
    """The organisation, and its units where it is a headquarters."""
    if not scope.hq:
        return [scope.org.pk]
    units = Organisation.objects.filter(parent=scope.org).order_by("pk")
    return [scope.org.pk, *units.values_list("pk", flat=True)]
