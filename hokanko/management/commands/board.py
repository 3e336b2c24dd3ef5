"""hokanko board: how every clause of an organisation's rulebook stands today."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from hokanko.audit.board import owed, rows
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.decide import require


class Command(Base):
    help = "遵守状況（条ごとの状態と、求められていること）"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--org", required=True)
        by_option(parser)

    def run(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        require(asker(given), "board.read", thing_of_org(org))
        board = rows(org)
        body = {"org": org.pk, "clauses": [row.as_json() for row in board]}
        lines = [
            f"{each.due or '—'}\t{row.clause.id}\t{'・'.join(each.who) or '—'}\t{each.ja}"
            for row, each in owed(board)
        ]
        return Report(body, [f"求められていること {len(lines)} 件", *lines])
