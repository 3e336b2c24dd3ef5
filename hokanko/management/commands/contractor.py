"""hokanko contractor: outside firms, their papers, their people, work asked of them."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from hokanko import clock
from hokanko.errors import Missing
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people import contracts
from hokanko.people.attach import Scan
from hokanko.people.models import Contractor
from hokanko.people.queries import organisation, person
from hokanko.people.standing import PAPERS, papers_missing


class Command(Base):
    help = "委託先と、その書類・人・作業"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="委託先を登録する")
        add.add_argument("--org", required=True)
        add.add_argument("--name", required=True)
        add.add_argument("--work", required=True, help="委託する仕事")
        add.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD")
        add.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD")
        paper = verbs.add_parser("paper", help="書類を綴じる")
        paper.add_argument("firm", metavar="ID")
        paper.add_argument("--kind", required=True, choices=sorted(PAPERS))
        paper.add_argument("--file", type=Path, help="写し（PDFか写真）")
        paper.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD")
        paper.add_argument("--valid-until", type=date.fromisoformat, metavar="YYYY-MM-DD")
        paper.add_argument("--complies", action="store_true", help="遵守の条件を確かめた")
        engage = verbs.add_parser("engage", help="登録者を委託先の者とする")
        engage.add_argument("firm", metavar="ID")
        engage.add_argument("person", metavar="LOGIN")
        order = verbs.add_parser("order", help="作業を頼む")
        order.add_argument("firm", metavar="ID")
        order.add_argument("what", metavar="WORK")
        end = verbs.add_parser("end", help="今日で委託を終える")
        end.add_argument("firm", metavar="ID")
        for one in (add, paper, engage, order, end):
            by_option(one)
        verbs.add_parser("list", help="一覧").add_argument("--org", required=True)

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        publish()
        return report

    def _add(self, given: dict[str, Any]) -> Report:
        firm = contracts.register_contractor(
            organisation(given["org"]),
            name=given["name"],
            work=given["work"],
            since=given["since"] or clock.today(),
            until=given["until"],
            by=asker(given),
        )
        return _told(firm, "登録しました。")

    def _paper(self, given: dict[str, Any]) -> Report:
        firm, path = _firm(given["firm"]), given["file"]
        scan = None
        if path is not None:
            scan = Scan(path.read_bytes(), path.name)
        contracts.file_document(
            firm,
            kind=given["kind"],
            signed_on=given["on"] or clock.today(),
            valid_until=given["valid_until"],
            complies=given["complies"],
            scan=scan,
            by=asker(given),
        )
        return _told(firm, "書類を綴じました。")

    def _engage(self, given: dict[str, Any]) -> Report:
        firm, who = _firm(given["firm"]), person(given["person"])
        contracts.engage(who, firm, by=asker(given))
        return _told(firm, f"{who.name}さんを委託先の者としました。")

    def _order(self, given: dict[str, Any]) -> Report:
        firm = _firm(given["firm"])
        contracts.order(firm, given["what"], by=asker(given))
        return _told(firm, "作業を頼みました。")

    def _end(self, given: dict[str, Any]) -> Report:
        firm = _firm(given["firm"])
        contracts.end_engagement(firm, by=asker(given))
        return _told(firm, "今日で委託を終えます。")

    def _list(self, given: dict[str, Any]) -> Report:
        firms = Contractor.objects.filter(org=given["org"]).order_by("since", "name", "pk")
        found = [_as_json(firm) for firm in firms]
        return Report({"contractors": found}, [f"{row['id']}\t{row['name']}" for row in found])


def _firm(written: str) -> Contractor:
    try:
        return Contractor.objects.select_related("org").get(pk=UUID(written))
    except (ValueError, Contractor.DoesNotExist) as gone:
        raise Missing("この委託先は登録されていません。", "There is no such contractor.") from gone


def _told(firm: Contractor, words: str) -> Report:
    return Report(_as_json(firm), [f"{firm.name}（{firm.pk}）: {words}"])


def _as_json(firm: Contractor) -> dict[str, Any]:
    return {
        "id": str(firm.pk),
        "org": firm.org_id,
        "name": firm.name,
        "work": firm.work,
        "in_force": not papers_missing(firm, clock.today()),
    }
