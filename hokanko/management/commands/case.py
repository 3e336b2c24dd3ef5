"""hokanko case: complaints, enquiries and requests of filmed persons, from receipt to closing."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from hokanko import clock
from hokanko.casebook.models import Case
from hokanko.casebook.reports import MEANS
from hokanko.cases import actions, queries, urgent
from hokanko.footage.noted import KINDS
from hokanko.footage.queries import footage
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.models import Person
from hokanko.people.queries import organisation, person, thing_of_org
from hokanko.rules.decide import require


class Command(Base):
    help = "苦情・問い合わせ・本人からの請求を受け付け、対応を記録する"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        begin = verbs.add_parser("open", help="受け付ける")
        begin.add_argument("--org", required=True)
        begin.add_argument("--kind", choices=sorted(KINDS), default="complaint")
        begin.add_argument("--asks", default="other", help="内容の区分（開示なら disclose など）")
        begin.add_argument("--received", type=date.fromisoformat, metavar="YYYY-MM-DD")
        begin.add_argument("--name", default="", help="相手の氏名")
        begin.add_argument("--reach", default="", help="連絡先")
        begin.add_argument("--story", required=True, help="申出の内容")
        begin.add_argument("--explained", default="", help="その場で説明した内容")
        begin.add_argument(
            "--recognised", type=datetime.fromisoformat, help="事案を認知した日時（省けば今）"
        )
        begin.add_argument("--other", default="", help="種別が「等」のときの内容")
        begin.add_argument("--footage", help="映像ファイル番号")
        step = verbs.add_parser("step", help="対応を記録する")
        step.add_argument("case", metavar="受付番号")
        step.add_argument(
            "--what", choices=("looked", "reported", "answered", "confirmed"), default="looked"
        )
        step.add_argument("--text", required=True)
        reporting = _chain(verbs)
        end = verbs.add_parser("close", help="対応を終える")
        end.add_argument("case", metavar="受付番号")
        end.add_argument("--outcome", required=True)
        for name in ("reason", "measures", "identity"):
            end.add_argument(f"--{name}", default="")
        for each in (begin, step, *reporting, end):
            by_option(each, required=True)
        listing = verbs.add_parser("list", help="一覧")
        listing.add_argument("--org", required=True)
        by_option(listing)

    def run(self, given: dict[str, Any]) -> Report:
        if given["verb"] == "list":
            return self._list(given)
        act = {
            "open": self._open,
            "step": self._step,
            "report": self._report,
            "receive": self._receive,
            "close": self._close,
        }[given["verb"]]
        case = act(given, person(given["by"]))
        publish()
        return Report(_as_json(case), [f"{case.number}\t{case.state}\t期限 {case.due_on}"])

    def _open(self, given: dict[str, Any], me: Person) -> Case:
        return actions.open_case(
            organisation(given["org"]),
            kind=given["kind"],
            asks=given["asks"],
            received_on=given["received"] or clock.today(),
            name=given["name"],
            reach=given["reach"],
            story=given["story"],
            footage=footage(given["footage"]) if given["footage"] else None,
            explained=given["explained"],
            recognised_at=_tokyo(given["recognised"]),
            other=given["other"],
            receiver=me,
            by=asker(given),
        )

    def _step(self, given: dict[str, Any], me: Person) -> Case:
        case, by, text = queries.case(given["case"]), asker(given), given["text"]
        if given["what"] == "answered":
            actions.answer(case, text, person=me, by=by)
        elif given["what"] == "confirmed":
            actions.confirm(case, text, person=me, by=by)
        else:
            actions.act(case, given["what"], text, person=me, by=by)
        return case

    def _report(self, given: dict[str, Any], me: Person) -> Case:
        case = queries.case(given["case"])
        urgent.report(
            case,
            whom=given["to_whom"],
            means=given["means"],
            at=_tokyo(given["at"]) or clock.now(),
            text=given["text"],
            person=me,
            by=asker(given),
        )
        return case

    def _receive(self, given: dict[str, Any], me: Person) -> Case:
        case = queries.case(given["case"])
        urgent.receive(case, person=me, by=asker(given))
        return case

    def _close(self, given: dict[str, Any], me: Person) -> Case:
        case = queries.case(given["case"])
        told = {name: given[name] for name in ("outcome", "reason", "measures", "identity")}
        actions.close(case, **told, person=me, by=asker(given))
        return case

    def _list(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        require(asker(given), "case.list", thing_of_org(org))
        rows = [(row.case, row.late) for row in queries.listing(org.pk)]
        found = [_as_json(case) | {"late_days": late} for case, late in rows]
        lines = [f"{case.number}\t{case.kind}\t{case.state}\t{case.due_on}" for case, _ in rows]
        return Report({"org": org.pk, "cases": found}, lines)


def _chain(verbs: Any) -> tuple[ArgumentParser, ArgumentParser]:
    """An urgent report, and its receipt at headquarters."""
    told = verbs.add_parser("report", help="事案を即報したことを記録する")
    told.add_argument("case", metavar="受付番号")
    told.add_argument("--to-whom", required=True, help="報告した相手")
    told.add_argument("--means", required=True, choices=sorted(MEANS))
    told.add_argument("--at", type=datetime.fromisoformat, help="報告した日時（省けば今）")
    told.add_argument("--text", default="", help="報告した内容")
    taken = verbs.add_parser("receive", help="本部で即報を受けたことを記録する")
    taken.add_argument("case", metavar="受付番号")
    return told, taken


def _tokyo(at: datetime | None) -> datetime | None:
    """A moment typed without its zone is Tokyo's."""
    return at.replace(tzinfo=clock.TOKYO) if at and not at.tzinfo else at


def _as_json(case: Case) -> dict[str, object]:
    """A case without its personal texts."""
    return {
        "id": str(case.pk),
        "number": case.number,
        "org": case.org_id,
        "kind": case.kind,
        "asks": case.asks,
        "state": case.state,
        "received": case.received_on.isoformat(),
        "due": case.due_on.isoformat(),
        "owner": case.owner,
        "outcome": case.outcome,
        "footage": case.footage.number if case.footage else None,
    }
