"""The board's sources on provisions: judged, reported, their papers come, their media ended."""

from __future__ import annotations

from datetime import date

from hokanko.audit.entered import last_entry
from hokanko.audit.life import Finding, Owed, awaited
from hokanko.audit.scope import Line, Scope
from hokanko.rules.duty import report_due
from hokanko.rules.rows import Clause


def necessity(scope: Scope, clause: Clause) -> Finding:
    """Each decision carries its judgement (the verb asks for it): the last one is the evidence."""
    del clause
    last = scope.last("provision.decided")
    return Finding(last=last, arises=last is not None)


def night_reports(scope: Scope, clause: Clause) -> Finding:
    """Provisions granted in night duty (no refusals): reported by the time after it, or owed."""
    night = [ln for ln in scope.lines("provision.decided") if ln.facts.get("night")]
    done = {ln.facts["number"]: ln.day for ln in scope.lines("provision.acknowledged")}
    waiting = [
        (ln.facts["number"], report_due(scope.org.pk, ln.at))
        for ln in night
        if ln.facts["number"] not in done
    ]
    owed = tuple(
        Owed(
            f"{number} の当直中の提供の報告が済んでいません",
            f"{number}: the night provision is not reported",
            due.date(),
            clause.owners,
        )
        for number, due in waiting
        if due < scope.now
    )
    due = min((due.date() for _, due in waiting), default=None)
    return Finding(owed, max(done.values(), default=None), due, bool(night))


def later_papers(scope: Scope, clause: Clause) -> Finding:
    """Urgent provisions granted before their paper: it followed within its days, or is owed."""
    del clause
    came = {ln.facts["number"]: ln.day for ln in scope.lines("provision.papered")}
    granted = [ln for ln in scope.lines("provision.decided") if ln.facts.get("paper_due")]
    deciders = scope.values.get("provision.decider")
    who = tuple(map(str, deciders)) if isinstance(deciders, (list, tuple)) else ()
    waiting = [
        Owed(
            f"{ln.facts['number']} の緊急の提供の書面がそろっていません",
            f"{ln.facts['number']}: the paper of the urgent provision has not come",
            date.fromisoformat(ln.facts["paper_due"]),
            who,
        )
        for ln in granted
        if ln.facts["number"] not in came
    ]
    return awaited(waiting, scope.today, max(came.values(), default=None), arises=bool(granted))


def handed_media(scope: Scope, clause: Clause) -> Finding:
    """What was handed out: by its last day returned or destroyed, by its line or by an entry."""
    issued = scope.lines("provision.issued")
    over = scope.lines("provision.returned", "provision.destroyed")
    ended = {_medium(line) for line in over} | {row.about for row in scope.shown_for(clause)}
    waiting = [_not_back(line, clause.owners) for line in issued if _medium(line) not in ended]
    last = max((line.day for line in over), default=last_entry(scope, clause))
    return awaited(waiting, scope.today, last, arises=bool(issued))


def _medium(line: Line) -> str:
    return f"medium:{line.facts['number']}"[:60]


def _not_back(line: Line, who: tuple[str, ...]) -> Owed:
    name, day = line.facts["number"], line.facts.get("keep_until")
    told = f"{name}（{line.facts['medium']}）" if line.facts.get("medium") else name
    return Owed(
        f"{told}：返却又は廃棄の記録がありません",
        f"{told}: neither returned nor destroyed",
        date.fromisoformat(day) if day else None,
        who,
        _medium(line),
    )
