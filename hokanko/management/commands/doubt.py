"""hokanko doubt: doubts about clauses, from raising to the answer."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hokanko import clock
from hokanko.casebook.doubts import asked, doubt
from hokanko.casebook.models import Doubt
from hokanko.casebook.reports import MEANS
from hokanko.cases import doubts
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.queries import organisation, person, thing_of_org
from hokanko.rules.decide import require


class Command(Base):
    help = "条文への疑義を出し、報告と回答を記録する"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        begin = verbs.add_parser("raise", help="疑義を出す")
        begin.add_argument("clause", metavar="条")
        begin.add_argument("--text", required=True, help="疑義の内容")
        told = verbs.add_parser("report", help="警察庁に報告したことを記録する")
        told.add_argument("doubt", type=UUID)
        told.add_argument("--to-whom", required=True, help="報告した相手")
        told.add_argument("--means", required=True, choices=sorted(MEANS))
        told.add_argument("--at", type=datetime.fromisoformat, help="報告した日時（省けば今）")
        end = verbs.add_parser("answer", help="回答と解釈を記録する")
        end.add_argument("doubt", type=UUID)
        end.add_argument("--on", type=date.fromisoformat, help="回答の日（省けば今日）")
        end.add_argument("--text", required=True, help="回答の内容")
        end.add_argument("--interpretation", required=True, help="条文の解釈")
        for each in (begin, told, end):
            by_option(each, required=True)
        listing = verbs.add_parser("list", help="一覧")
        listing.add_argument("--org", required=True)
        by_option(listing)

    def run(self, given: dict[str, Any]) -> Report:
        if given["verb"] == "list":
            org = organisation(given["org"])
            require(asker(given), "doubt.list", thing_of_org(org))
            rows = [_as_json(row) for row in asked([org.pk])]
            lines = [f"{row['id']}\t{row['clause']}\t{row['answered'] or '-'}" for row in rows]
            return Report({"org": org.pk, "doubts": rows}, lines)
        act = {"raise": self._raise, "report": self._report, "answer": self._answer}
        done = act[given["verb"]](given)
        publish()
        return Report(_as_json(done), [f"{done.pk}\t{done.clause}"])

    def _raise(self, given: dict[str, Any]) -> Doubt:
        me = person(given["by"])
        return doubts.raise_doubt(
            me.org, given["clause"], given["text"], person=me, by=asker(given)
        )

    def _report(self, given: dict[str, Any]) -> Doubt:
        found, at = doubt(given["doubt"]), given["at"]
        told = at.replace(tzinfo=clock.TOKYO) if at and not at.tzinfo else at
        doubts.tell(
            found,
            at=told or clock.now(),
            whom=given["to_whom"],
            means=given["means"],
            by=asker(given),
        )
        return found

    def _answer(self, given: dict[str, Any]) -> Doubt:
        found = doubt(given["doubt"])
        doubts.answer(
            found,
            on=given["on"] or clock.today(),
            text=given["text"],
            interpretation=given["interpretation"],
            by=asker(given),
        )
        return found


def _as_json(row: Doubt) -> dict[str, object]:
    """A doubt without its sealed texts."""
    return {
        "id": str(row.pk),
        "org": row.org_id,
        "clause": row.clause,
        "raised": clock.iso(row.raised_at),
        "told": clock.iso(row.told_at) if row.told_at else None,
        "answered": row.answered_on.isoformat() if row.answered_on else None,
        "interpretation": row.interpretation,
    }
