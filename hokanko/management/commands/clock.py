"""hokanko clock: confirm the clock after a leap, correct wrong dates, move a rehearsal's clock."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from hokanko import clock as the_clock
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.commands.take_in import moment
from hokanko.people.queries import organisation
from hokanko.rehearsal.actions import move_clock
from hokanko.timekeeping.actions import confirm, correct
from hokanko.timekeeping.queries import behind, doubt


class Command(Base):
    help = "時計を確かめる、台帳の日時の誤りを正す、練習用の時計を動かす"

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
        verbs.add_parser("show", help="いまの時刻と、時計が飛んでいないか")
        sure = verbs.add_parser("confirm", help="飛んだ時計が正しいことを確かめる")
        right = verbs.add_parser(
            "correct", help="先の日時を記してしまった台帳に、続きを記せるようにする"
        )
        right.add_argument("--reason", required=True, help="理由（台帳には秘匿して残る）")
        for one in (sure, right):
            by_option(one, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        done: list[str] = []
        if given["verb"] == "set":
            move_clock(given["moment"] - the_clock.now(), by=asker(given))
        elif given["verb"] == "advance":
            by = timedelta(days=given["days"], hours=given["hours"], minutes=given["minutes"])
            move_clock(by, by=asker(given))
        elif given["verb"] == "confirm":
            who = asker(given)
            confirm(organisation(who.org), by=who)
            done = ["時計を確かめました。満了した映像の消去を、また行います。"]
        elif given["verb"] == "correct":
            who = asker(given)
            correct(organisation(who.org), given["reason"], by=who)
            done = ["台帳の続きを記せます。消去されたものは戻りません。"]
        publish()
        now, told = the_clock.iso(the_clock.now()), behind() or doubt()
        body = {"now": now, "rehearsal": the_clock.is_rehearsal(), "doubt": told and told.ja}
        return Report(body, [*done, now, *([str(told)] if told else [])])
