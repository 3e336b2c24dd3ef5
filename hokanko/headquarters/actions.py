"""Verbs of headquarters' reports: drafted by either post, issued by the principal alone."""

from __future__ import annotations

from datetime import date

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.formats.canon import JSON
from hokanko.headquarters.kinds import KINDS
from hokanko.headquarters.models import ProjectReport
from hokanko.ledger.numbers import count
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import thing_of_org, with_units
from hokanko.people.unnamed import require_nobody_named
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

WRITTEN = "report.drafted"


@verb("report.draft")
def draft(
    org: Organisation,
    kind: str,
    *,
    begins: date,
    ends: date,
    effects: str = "",
    problems: str = "",
    url: str = "",
    author: Person,
    by: Actor,
) -> ProjectReport:
    """Write a report as a draft; it has neither number nor counts yet."""
    permit = require(by, "report.draft", thing_of_org(org))
    _require_sound(org, begins, ends, f"{effects}\n{problems}\n{url}")
    report = ProjectReport.objects.create(
        org=org,
        kind=kind,
        begins=begins,
        ends=ends,
        effects=effects.strip(),
        problems=problems.strip(),
        url=url.strip(),
        drafted_by=author,
        drafted_at=clock.now(),
    )
    permit.write(WRITTEN, about=f"report:{report.pk}", facts=_facts(report))
    return report


@verb("report.draft")
def revise(
    report: ProjectReport,
    *,
    begins: date,
    ends: date,
    effects: str = "",
    problems: str = "",
    url: str = "",
    author: Person,
    by: Actor,
) -> None:
    """Write a draft anew. Raises Conflict once it has been issued."""
    permit = require(by, "report.draft", thing_of_org(report.org))
    _require_draft(report)
    _require_sound(report.org, begins, ends, f"{effects}\n{problems}\n{url}")
    report.begins, report.ends, report.url = begins, ends, url.strip()
    report.effects, report.problems = effects.strip(), problems.strip()
    report.drafted_by, report.drafted_at = author, clock.now()
    report.save()
    permit.write(WRITTEN, about=f"report:{report.pk}", facts=_facts(report))


@verb("report.issue")
def issue(report: ProjectReport, *, issuer: Person, by: Actor) -> None:
    """Count, number and issue a draft: from now on it stands as it is (police-notice-4.2.b).

    Raises Conflict for what was issued already, for a period that is not over, and where the
    results are told without their effects or their problems (police-notice-1).
    """
    permit = require(by, "report.issue", thing_of_org(report.org), kind=report.kind)
    report.refresh_from_db()  # in its turn: two who press at once issue one
    _require_draft(report)
    _require_complete(report)
    kind = KINDS[report.kind]
    serial = ProjectReport.objects.filter(org=report.org, kind=report.kind).exclude(number="")
    report.number = f"{report.org_id}-{report.kind}-{serial.count() + 1:04d}"
    report.counts = count(with_units(report.org), report.begins, report.ends)
    report.issued_by, report.issued_at = issuer, clock.now()
    report.save()
    permit.write(
        "report.issued",
        about=f"report:{report.pk}",
        facts=_facts(report)
        | {
            "number": report.number,
            "to": kind.to or None,
            "copies": list(kind.copies),
            "counts": report.counts,
            "url": report.url or None,
            "on": clock.today().isoformat(),
        },
    )


def _facts(report: ProjectReport) -> dict[str, JSON]:
    return {
        "kind": report.kind,
        "begins": report.begins.isoformat(),
        "ends": report.ends.isoformat(),
    }


def _require_draft(report: ProjectReport) -> None:
    if report.issued_at is not None:
        raise Conflict(
            "発出した報告書は変えられません。",
            "An issued report is not altered.",
            mend_ja="新しい案を作ってください。",
            mend_en="Draft a new one.",
        )


def _require_sound(org: Organisation, begins: date, ends: date, text: str) -> None:
    if begins > ends:
        raise Conflict("期間の初日が末日より後です。", "The period ends before it begins.")
    require_nobody_named(with_units(org), text)


def _require_complete(report: ProjectReport) -> None:
    if report.ends > clock.today():
        raise Conflict(
            "報告する期間がまだ終わっていません。",
            "The period to be reported is not over.",
            mend_ja="期間の末日を過ぎてから発出してください。",
            mend_en="Issue it after its last day.",
        )
    if report.kind == "results" and not (report.effects and report.problems):
        raise Conflict(
            "「効果」と「課題」の両方を書いてください。",
            "Both the effects and the problems must be told.",
        )
    if report.kind == "publication" and not report.url:
        raise Conflict(
            "公表するウェブサイトのアドレスを書いてください。",
            "Say at which address it is published.",
        )
    require_nobody_named(with_units(report.org), f"{report.effects}\n{report.problems}")
