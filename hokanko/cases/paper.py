"""苦情・問い合わせ記録 drawn from a case as it stands."""

from __future__ import annotations

from django.utils.translation import override

from hokanko.casebook.models import Case
from hokanko.casebook.texts import steps, texts
from hokanko.cases.words import OUTCOMES, STEPS, matter
from hokanko.footage.noted import KINDS
from hokanko.ledger.read import about
from hokanko.papers import case as paper
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of


def paper_of(case: Case) -> bytes:
    """The paper of a case (PDF), in Japanese whatever the reader's language."""
    book, told = adopted_book(case.org_id), texts(case)
    lines = about(f"case:{case.pk}")
    last = lines[-1].index if lines else None
    sheet = sheet_of(case.org_id, case.org.name, case.number, last)
    named = (
        book.parameter("complaint.owner").clauses or book.parameter("complaint.strength").clauses
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
                name=told.name,
                reach=told.reach,
                story=told.story,
                footage=case.footage.number if case.footage else "",
                acts=tuple(
                    paper.Act(step.at, str(STEPS[step.kind]), step.by, step.text)
                    for step in steps(case)
                ),
                identity=case.identity,
                outcome=str(OUTCOMES[case.kind].get(case.outcome, "")),
                measures=told.measures,
                reason=told.reason,
                closed=case.closed_at,
            )
        )
