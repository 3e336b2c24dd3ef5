"""即報 drawn from an incident as it stands: what happened, when it was known, what was done."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from hokanko.casebook.models import Case
from hokanko.casebook.reports import MEANS, Stage
from hokanko.casebook.texts import steps, texts, told
from hokanko.cases.words import STEPS, matter, matters
from hokanko.ledger.read import about
from hokanko.papers import urgent as paper
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of

MISSING, LOSS = "missing", "紛失"


def paper_of(case: Case, stage: Stage) -> bytes:
    """The report of one leg (PDF), in Japanese whatever the reader's language."""
    book, said = adopted_book(case.org_id), texts(case)
    lines = about(f"case:{case.pk}")
    last = lines[-1].index if lines else None
    named = book.parameter("incident.chain").clauses
    clause = book.clause(named[min(stage.leg.number, len(named)) - 1])
    sent = told(stage.report) if stage.report else None
    with override("ja"):
        return paper.render(
            paper.Urgent(
                sheet=sheet_of(case.org_id, case.org.name, case.number, last),
                organisation=_sender(case, stage),
                unit=case.org.name,
                sender=stage.leg.sender,
                to=stage.leg.to,
                article=f"{book.title_ja}　{clause.article}",
                matter="　".join(filter(None, (_matter(case), said.other))),
                recognised=case.recognised_at,
                story=said.story,
                footage=case.footage.number if case.footage else "",
                acts=tuple(
                    paper.Act(step.at, str(STEPS[step.kind]), step.text) for step in steps(case)
                ),
                due=stage.due,
                received=_received(case, stage),
                told_at=stage.report.at if stage.report else None,
                teller=stage.report.by.name if stage.report else "",
                whom=sent.whom if sent else "",
                means=str(MEANS[stage.report.means]) if stage.report else "",
                words=sent.text if sent else "",
            )
        )


def _matter(case: Case) -> str:
    """Its kind in the rulebook's words, where a fact that opened it is one of them."""
    told = str(matter(case))
    if case.asks != MISSING:
        return told
    listed = map(str, matters(case.org_id, case.kind).values())
    return next((f"{kind}（{told}）" for kind in listed if LOSS in kind), told)


def _sender(case: Case, stage: Stage) -> str:
    """Whose report it is: the unit's, or headquarters' on what the unit told."""
    above = case.org.parent
    return above.name if stage.leg.onward and above else case.org.name


def _received(case: Case, stage: Stage) -> datetime | None:
    first = case.reports.filter(leg=1).first() if stage.leg.onward else None
    return (first.received_at or first.at) if first else None
