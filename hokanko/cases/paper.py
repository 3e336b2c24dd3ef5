"""苦情・問い合わせ記録, or for an incident 事案記録, drawn from a case as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import override

from hokanko.casebook.models import Case
from hokanko.casebook.reports import MEANS
from hokanko.casebook.texts import steps, texts, told
from hokanko.cases.words import OUTCOMES, STEPS, matter
from hokanko.footage.noted import KINDS
from hokanko.ledger.read import about
from hokanko.papers import case as paper
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of

DUTY = {  # on what it rests, the first that the rulebook knows: an incident's, anybody's asking
    True: ("incident.chain",),
    False: ("complaint.owner", "complaint.strength"),
}


def paper_of(case: Case) -> bytes:
    """The paper of a case (PDF), in Japanese whatever the reader's language."""
    book, said = adopted_book(case.org_id), texts(case)
    lines = about(f"case:{case.pk}")
    last = lines[-1].index if lines else None
    sheet = sheet_of(case.org_id, case.org.name, case.number, last)
    named = next(
        (row.clauses for row in map(book.parameter, DUTY[is_incident(case)]) if row.clauses), ()
    )
    with override("ja"):
        return paper.render(
            paper.Case(
                sheet=sheet,
                organisation=case.org.name,
                kind=str(KINDS[case.kind]),
                matter=str(matter(case)),
                received=case.received_on,
                due=case.due_on,
                owner=case.owner,
                article=f"{book.title_ja}　{book.clause(named[0]).article}" if named else "",
                name=said.name,
                reach=said.reach,
                story=said.story,
                footage=case.footage.number if case.footage else "",
                acts=tuple(sorted(_acts(case), key=lambda act: act.at)),
                identity=case.identity,
                outcome=str(OUTCOMES[case.kind].get(case.outcome, "")),
                measures=said.measures,
                reason=said.reason,
                closed=case.closed_at,
                incident=is_incident(case),
            )
        )


def is_incident(case: Case) -> bool:
    """Whether a fact opened it, and not somebody's asking."""
    return case.kind == "incident"


def _acts(case: Case) -> Iterator[paper.Act]:
    """The steps, and the urgent reports (即報) with their receipt."""
    for step in steps(case):
        yield paper.Act(step.at, str(STEPS[step.kind]), step.by, step.text)
    for report in case.reports.select_related("by", "received_by").order_by("leg", "pk"):
        said = told(report)
        words = "\n".join(filter(None, (f"{said.whom}（{MEANS[report.means]}）", said.text)))
        yield paper.Act(report.at, "即報した", report.by.name, words)
        if report.received_at and report.received_by:
            yield paper.Act(report.received_at, "即報を受けた", report.received_by.name, "")
