"""The papers of headquarters: a report as issued or as a draft, and the table of statistics."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import override

from hokanko.formats.statistics import Statistics
from hokanko.headquarters.kinds import KINDS
from hokanko.headquarters.models import ProjectReport
from hokanko.headquarters.words import amount, label, lines
from hokanko.ledger.numbers import count
from hokanko.ledger.read import about
from hokanko.papers import commas, register, results, workbook
from hokanko.papers.register import Column, Register
from hokanko.people.models import Organisation
from hokanko.people.queries import with_units
from hokanko.rules.decide import adopted_book
from hokanko.rules.edition import sheet_of

AIM, PUBLICATION = "police-notice-1", "publication"


def report_pdf(report: ProjectReport) -> bytes:
    """A report as PDF, in Japanese; a draft is counted as of now and says that it is one."""
    book, kind = adopted_book(report.org_id), KINDS[report.kind]
    said = [line for line in about(f"report:{report.pk}") if line.kind == "report.issued"]
    number = report.number or "（案）"
    posts = {post.id: post.position_ja for post in book.posts}
    counts = report.counts or count(with_units(report.org), report.begins, report.ends)

    margin = sheet_of(
        report.org_id,
        report.org.name,
        number,
        said[-1].index if said else None,
        report.issued_at,
    )
    if report.kind == PUBLICATION and report.issued_at:
        margin = replace(margin, class_mark="")  # public from here on: no class of inner papers

    def addressed(post: str) -> str:
        return f"{post}（{posts[post]}）" if posts.get(post) else post

    with override("ja"):
        return results.render(
            results.Results(
                sheet=margin,
                title=kind.title,
                to=addressed(kind.to),
                copies=tuple(map(addressed, kind.copies)),
                organisation=report.org.name,
                issuer=kind.issuer,
                purpose=book.clause(AIM).ja,
                begins=report.begins,
                ends=report.ends,
                counts=tuple(lines(report.org_id, counts)),
                effects=report.effects,
                problems=report.problems,
            )
        )


def table(org: Organisation, told: Statistics) -> Register:
    """The statistics as a table: unit, month, number, in Japanese."""
    with override("ja"):
        rows = tuple(
            (unit.name, unit.month, label(org.pk, name), amount(name, n))
            for unit in told.units
            for name, n in unit.numbers.items()
        )
    return Register(
        sheet=sheet_of(org.pk, org.name, f"{org.pk}-統計"),
        title="活用及び取扱いの統計",
        organisation=org.name,
        begins=told.since,
        ends=told.until,
        columns=(Column("所属"), Column("月", 1), Column("項目", 3), Column("数", 1)),
        rows=rows,
    )


def in_form(org: Organisation, told: Statistics, form: str) -> bytes:
    """The table as "pdf", "xlsx" or "csv"."""
    made = {"pdf": register.render, "xlsx": workbook.render, "csv": commas.render}
    return made[form](table(org, told))
