"""hokanko dock: take in from every bay of a unit's dock."""

from __future__ import annotations

import gc
from argparse import ArgumentParser
from pathlib import Path
from time import sleep
from typing import Any

from django.db import close_old_connections

from hokanko.dock.crowd import UNANSWERED, empty_all, unanswered
from hokanko.dock.emptying import Outcome
from hokanko.dock.patience import Patience
from hokanko.errors import Missing, Unavailable
from hokanko.footage.models import Footage
from hokanko.footage.queries import as_json
from hokanko.intake.jobs import examine
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker_or_machine, by_option
from hokanko.people.queries import organisation

LOOK_EVERY_S = 2.0
AT_ONCE = 16  # a card is slower than sealing: more than a whole shift, in some 250 MiB


class Command(Base):
    help = "マルチチャージャーのすべての差込口から取り込む"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--org", required=True)
        parser.add_argument("--bays", required=True, type=Path, metavar="DIR")
        parser.add_argument("--once", action="store_true", help="いまある分だけ取り込んで終わる")
        parser.add_argument(
            "--at-once", type=int, default=AT_ONCE, metavar="N", help="同時に取り込むカメラの数"
        )
        by_option(parser)

    def run(self, given: dict[str, Any]) -> Report:
        bays: Path = given["bays"]
        if not bays.is_dir():
            raise Missing(f"差込口の場所 {bays} がありません。", f"There is no directory {bays}.")
        gc.freeze()  # what is loaded stays: it need not be looked through while cameras wait
        patience = Patience()
        organisation(given["org"])  # what is wrong from the beginning is told at once
        while not given["once"]:
            try:
                self._round(given, patience)
            except (*UNANSWERED, Unavailable) as trouble:
                self._tell(unanswered(bays, trouble))
                close_old_connections()  # one that broke is not asked again
            sleep(LOOK_EVERY_S)
        outcomes = self._round(given, patience)
        done = [o.footage for o in outcomes if o.footage]
        failed = [o for o in outcomes if o.error]
        body = {
            "footage": [as_json(_fresh(f)) for f in done],
            "refused": [
                {"bay": o.bay, "path": o.clip, **o.error.as_json()} for o in failed if o.error
            ],
        }
        code = max((o.error.exit_code for o in failed if o.error), default=0)
        return Report(body, [f"{len(done)} 本を取り込み、カメラから放しました。"], code)

    def _round(self, given: dict[str, Any], patience: Patience) -> list[Outcome]:
        org, by = organisation(given["org"]), asker_or_machine(given)
        bays, at_once, outcomes = given["bays"], max(given["at_once"], 1), []
        for outcome in empty_all(org, bays, at_once=at_once, patience=patience, by=by):
            self._tell(outcome)
            outcomes.append(outcome)
        for done in (outcome.footage for outcome in outcomes if outcome.footage):
            examine(str(done.pk))  # only now: who waits for a camera waits for its copy alone
        if outcomes:
            publish()
        return outcomes

    def _tell(self, outcome: Outcome) -> None:
        said = f"[{outcome.bay}] {outcome.clip}"
        if outcome.footage:
            self.stderr.write(f"{said} → {outcome.footage.number} 確認済み")
        else:
            self.stderr.write(f"{said}\n{outcome.error}")


def _fresh(footage: Footage) -> Footage:
    return Footage.objects.select_related("camera", "wearer").get(pk=footage.pk)
