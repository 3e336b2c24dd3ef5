"""Where each clause's facts come from: a table of clauses and of events, each with its source.

What another chapter knows arrives here as ledger lines or from a floor below; what nobody feeds
is shown by entries of the registers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias

from hokanko.audit import chain, edition, locked, recorded, replaced, reported, worn
from hokanko.audit import scope as scopes
from hokanko.audit.life import (
    Finding,
    Interval,
    Owed,
    Piece,
    Shown,
    Term,
    stand,
    terms,
    together,
)
from hokanko.audit.notes import cameras_noted, entrances, removals, sign_removals
from hokanko.audit.persons import (
    contracts,
    credentials,
    departures,
    named,
    oaths,
    readers,
    trainings,
)
from hokanko.audit.scope import Scope, shown, wanted
from hokanko.audit.signs import signed
from hokanko.rules import book as books
from hokanko.rules.duty import report_due
from hokanko.rules.registers import PROJECT_END

AT_ONCE = {"pref-vendor"}  # owed on the sale of a camera, whether it runs or not
LOOK_BACK = {"review", "inspection"}  # registers of what happened since the last entry

Source: TypeAlias = Callable[[Scope, books.Clause], Finding]


def find(scope: Scope, clause: books.Clause) -> Finding:
    """How a clause stands: by its own source, its event's, or the entries alone."""
    own = BY_CLAUSE.get(clause.id)
    if own is not None:
        return own(scope, clause)
    if clause.evidence is None:
        return Finding()
    if clause.evidence.due:
        return BY_EVENT.get(clause.evidence.due, entries_only)(scope, clause)
    return entries(scope, clause)


def entries(scope: Scope, clause: books.Clause) -> Finding:
    """By the registers: due again after its interval, for each thing it is about."""
    asked = _evidence(clause)
    rows, looks_back = shown(scope.shown_for(clause)), asked.form in LOOK_BACK
    interval, pieces = scope.interval(asked), scope.pieces(asked)
    return stand(pieces, rows, interval, scope.today, wanted(asked), looks_back=looks_back)


def terms_of(scope: Scope, clause: books.Clause) -> list[Term]:
    """The same, piece by piece; nothing for a clause that has a source of its own."""
    asked = _evidence(clause)
    if clause.id in BY_CLAUSE or asked.due:
        return []
    rows, looks_back = shown(scope.shown_for(clause)), asked.form in LOOK_BACK
    return terms(scope.pieces(asked), rows, scope.interval(asked), looks_back=looks_back)


def entries_only(scope: Scope, clause: books.Clause) -> Finding:
    """At events that only the registers know of: what is entered is all there is."""
    rows = scope.shown_for(clause)
    last = max((row.spoken_of for row in rows), default=None)
    return Finding(last=last, arises=bool(rows))


def each_camera(scope: Scope, clause: books.Clause) -> Finding:
    """Once for every camera: by what its own record says, or by an entry about it."""
    noted = cameras_noted(scope, clause.id)
    rows = [*noted, *shown(scope.shown_for(clause))]
    pieces = scopes.cameras(scope, at_once=clause.id in AT_ONCE)
    return stand(pieces, rows, Interval(), scope.today, wanted(_evidence(clause)))


def complaints(*kinds: str) -> Source:
    """Cases of these kinds, from the ledger: answered by their day, or owed."""

    def source(scope: Scope, clause: books.Clause) -> Finding:
        opened = [ln for ln in scope.lines("case.opened") if ln.facts["kind"] in kinds]
        done = {
            str(ln.facts["number"]): ln.day for ln in scope.lines("case.answered", "case.closed")
        }
        waiting = [ln for ln in opened if str(ln.facts["number"]) not in done]
        owed, dues = [], []
        for line in waiting:
            due = date.fromisoformat(line.facts["due"]) if line.facts.get("due") else scope.today
            dues.append(due)
            if due < scope.today:
                number = line.facts["number"]
                who = (str(line.facts.get("owner") or _evidence(clause).owners[0]),)
                owed.append(Owed(f"{number} に回答がありません", f"{number}: no answer", due, who))
        answered = [day for number, day in done.items() if number in _numbers(opened)]
        return Finding(
            tuple(owed), max(answered, default=None), min(dues, default=None), bool(opened)
        )

    return source


def necessity(scope: Scope, clause: books.Clause) -> Finding:
    """Each decision carries its judgement (the verb asks for it): the last one is the evidence."""
    del clause
    last = scope.last("provision.decided")
    return Finding(last=last, arises=last is not None)


def night_reports(scope: Scope, clause: books.Clause) -> Finding:
    """Provisions granted in night duty (no refusals): reported by the time after it, or owed."""
    night = [ln for ln in scope.lines("provision.decided") if ln.facts.get("night")]
    done = {ln.facts["number"]: ln.day for ln in scope.lines("provision.acknowledged")}
    open_ = [ln for ln in night if ln.facts["number"] not in done]
    dues = [(ln, report_due(scope.org.pk, ln.at)) for ln in open_]
    now = scope.now
    owed = [
        Owed(
            f"{ln.facts['number']} の当直中の提供の報告が済んでいません",
            f"{ln.facts['number']}: the night provision is not reported",
            due.date(),
            _evidence(clause).owners,
        )
        for ln, due in dues
        if due < now
    ]
    return Finding(
        tuple(owed),
        max(done.values(), default=None),
        min((due.date() for _, due in dues), default=None),
        bool(night),
    )


def later_papers(scope: Scope, clause: books.Clause) -> Finding:
    """Urgent provisions granted before their paper: it followed within its days, or is owed."""
    came = {ln.facts["number"]: ln.day for ln in scope.lines("provision.papered")}
    granted = [ln for ln in scope.lines("provision.decided") if ln.facts.get("paper_due")]
    open_ = [
        (str(ln.facts["number"]), date.fromisoformat(ln.facts["paper_due"]))
        for ln in granted
        if ln.facts["number"] not in came
    ]
    owed = [
        Owed(
            f"{number} の緊急の提供の書面がそろっていません",
            f"{number}: the paper of the urgent provision has not come",
            due,
            _posts(scope.values.get("provision.decider")),
        )
        for number, due in open_
        if due < scope.today
    ]
    due = min((due for _, due in open_), default=None)
    del clause
    return Finding(tuple(owed), max(came.values(), default=None), due, bool(granted))


def handed_media(scope: Scope, clause: books.Clause) -> Finding:
    """What was handed out: by its last day returned or destroyed, by its line or by an entry."""
    pieces = []
    for line in scope.lines("provision.issued"):
        name, day = str(line.facts["number"]), line.facts.get("keep_until")
        kept = date.fromisoformat(day) if day else date.max
        told = f"{name}（{line.facts['medium']}）" if line.facts.get("medium") else name
        pieces.append((Piece(f"medium:{name}"[:60], kept, f"{told}：", f"{told}: "), kept))
    over = list(scope.lines("provision.returned", "provision.destroyed"))
    ended = {f"medium:{line.facts['number']}"[:60] for line in over}
    ended |= {row.about for row in scope.shown_for(clause)}
    open_ = [(piece, kept) for piece, kept in pieces if piece.about not in ended]
    owed = [
        Owed(
            f"{p.ja}返却又は廃棄の記録がありません",
            f"{p.en}neither returned nor destroyed",
            kept,
            _evidence(clause).owners,
            p.about,
        )
        for p, kept in open_
        if kept < scope.today
    ]
    due = min((kept for _, kept in open_ if kept != date.max), default=None)
    last = max((line.day for line in over), default=_last(scope, clause))
    return Finding(tuple(owed), last, due, bool(pieces))


def lent(scope: Scope, clause: books.Clause) -> Finding:
    """What was lent, taken out or printed: brought back or shredded by its day, or owed."""
    rows = [row for row in scope.shown_for(clause) if row.kind == _evidence(clause).form]
    ended = {row.about for row in rows if row.about.startswith("evidence:")}
    open_ = [
        row
        for row in rows
        if row.expires_on
        and not row.about.startswith("evidence:")
        and f"evidence:{row.pk}" not in ended
    ]
    owed = [
        Owed(
            f"第{row.number}号がまだ終わっていません（返却・裁断）",
            f"no. {row.number} has not ended (returned, shredded)",
            row.expires_on,
            _evidence(clause).owners,
            f"evidence:{row.pk}",
        )
        for row in open_
        if row.expires_on and row.expires_on < scope.today
    ]
    due = min((row.expires_on for row in open_ if row.expires_on), default=None)
    return Finding(tuple(owed), _last(scope, clause), due, bool(rows))


def keys(scope: Scope, clause: books.Clause) -> Finding:
    """The key register is looked through in time, and no key lent is late."""
    asked = _evidence(clause)
    looked = [Shown(str(r.pk), "", r.spoken_of) for r in scope.shown_for(clause)]
    current = stand(
        [Piece("", scope.since)], looked, scope.interval(asked), scope.today, wanted(asked)
    )
    return together([current, lent(scope, clause)])


def accounts(scope: Scope, clause: books.Clause) -> Finding:
    """The review of accounts, by its verb's line or by an entry."""
    reviewed = scope.last("person.reviewed")
    lines = [Shown("", "", reviewed)] if reviewed else []
    asked = _evidence(clause)
    rows = [*lines, *shown(scope.shown_for(clause))]
    return stand(scope.pieces(asked), rows, scope.interval(asked), scope.today, wanted(asked))


def wires(scope: Scope, clause: books.Clause) -> Finding:
    """Each terminal's wire: seen as its own record says, with a photograph, or by an entry."""
    shown_by = [t for t in scope.terminals if t.file_sha256]
    seen = [Shown("", f"terminal:{t.pk}", t.wire_checked_on) for t in shown_by]
    asked = _evidence(clause)
    rows = [*seen, *shown(scope.shown_for(clause))]
    return stand(scope.pieces(asked), rows, scope.interval(asked), scope.today, wanted(asked))


def on_a_day(scope: Scope, clause: books.Clause) -> Finding:
    """On the date that the document itself names."""
    return _by(scope, clause, date.fromisoformat(_evidence(clause).due))


def _by(scope: Scope, clause: books.Clause, due: date) -> Finding:
    last = _last(scope, clause)
    if last is not None:
        return Finding(last=last)
    who = _evidence(clause).owners
    late = (Owed("期日までの記録がありません", "nothing by the day it was due", due, who),)
    return Finding(late if due < scope.today else (), None, due, due < scope.today)


def _last(scope: Scope, clause: books.Clause) -> date | None:
    return max((row.spoken_of for row in scope.shown_for(clause)), default=None)


def _posts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


def _numbers(lines: Iterable[scopes.Line]) -> set[str]:
    return {str(line.facts["number"]) for line in lines}


def _evidence(clause: books.Clause) -> books.Evidence:
    assert clause.evidence is not None, clause.id
    return clause.evidence


BY_CLAUSE: dict[str, Source] = {
    "ward-2.1": edition.counted,
    "ward-2.2": signed,
    "ward-3.1": named,
    "ward-3.2": named,
    "ward-5.1": edition.in_their_places,
    "ward-6.1-c": later_papers,
    "ward-5.3": recorded.kept,
    "pref-img-period": recorded.kept,
    "home-2.5-a": recorded.kept,
    "shop-mgmt-4": recorded.kept,
    "ward-7.1": recorded.daily,
    "ward-7.2": removals,
    "ward-7.2-sign": sign_removals,
    "ward-1-date": edition.enacted,
    "pref-sign": entrances,
    "pref-img-password": locked.locked,
    "pref-law": edition.laws_reviewed,
    "shop-rule-adopt": edition.enacted,
    "shop-ops-1": readers,
    "shop-ops-5": lent,
    "shop-ops-5-carry": lent,
    "shop-mgmt-10-key": keys,
    "shop-mgmt-9-person": replaced.undisposed,
    "shop-ops-8": oaths,
    "shop-ops-8-training": trainings,
    "police-notice-5": edition.enacted,
    "police-notice-recordkeep": on_a_day,
    "police-4.2-wire": wires,
    "police-4.3": worn.counts,
    "police-7.1.1": worn.returns,
    "police-5.1.2": accounts,
    "police-5.1.2-revoke": credentials,
    "police-7.2.7": handed_media,
    "police-9.1.1": chain.first_reports,
    "police-9.1.2": chain.onward_reports,
    "police-9.2": chain.consultations,
    "police-10": trainings,
}
BY_EVENT: dict[str, Source] = {
    "each-camera": each_camera,
    "each-checkout": worn.checkouts,
    "each-appointment": oaths,
    "each-dismissal": departures,
    "each-edition": readers,
    "each-contract": contracts,
    "each-maintenance": contracts,
    "each-complaint": complaints("complaint", "enquiry"),
    "each-request": complaints("subject"),
    "each-provision": necessity,
    "each-night-provision": night_reports,
    PROJECT_END: reported.at_the_end,
}
