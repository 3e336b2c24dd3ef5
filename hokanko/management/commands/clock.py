"""hokanko clock: set or advance the clock of a rehearsal home; a real home refuses."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from hokanko import clock as the_clock
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.commands.take_in import moment
from hokanko.rehearsal.actions import move_clock


class Command(Base):
    help = "練習用の時計を動かす"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        to = verbs.add_parser("set", help="この時刻にする")
        to.add_argument("moment", type=moment)
        on = verbs.add_parser("advance", help="進める")
        on.add_argument("--days", type=float, default=0)
        on.add_argument("--hours", type=float, default=0)
        on.add_argument("--minutes", type=float, default=0)
        for one in (to, on):
            by_option(one)
        verbs.add_parser("show", help="いまの時刻")

    def run(self, given: dict[str, Any]) -> Report:
        if given["verb"] == "set":
            move_clock(given["moment"] - the_clock.now(), by=asker(given))
        elif given["verb"] == "advance":
            by = timedelta(days=given["days"], hours=given["hours"], minutes=given["minutes"])
            move_clock(by, by=asker(given))
        publish()
        now = the_clock.iso(the_clock.now())
        return Report({"now": now, "rehearsal": the_clock.is_rehearsal()}, [now])
