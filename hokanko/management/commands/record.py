"""hokanko record: record the live cameras of an organisation."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from threading import Event
from types import FrameType
from typing import Any

from hokanko import clock
from hokanko.cameras.recorded import running
from hokanko.footage.models import Footage
from hokanko.footage.queries import as_json
from hokanko.intake.facts import LIVE
from hokanko.intake.jobs import clear_broken, examine
from hokanko.intake.recorder import PIECE_S, Recorder
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.people.queries import organisation


class Command(Base):
    help = "ネットワークカメラを録画する"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--org", required=True)
        parser.add_argument("--seconds", type=float, metavar="N", help="N 秒で終わる")
        parser.add_argument(
            "--piece", type=float, default=PIECE_S, metavar="S", help="一本の長さ(秒)"
        )

    def run(self, given: dict[str, Any]) -> Report:
        org, began = organisation(given["org"]), clock.now()
        clear_broken()
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stopper(stopped))
        end = time.monotonic() + given["seconds"] if given["seconds"] else float("inf")
        names = ", ".join(camera.number for camera in running(org))
        self.stderr.write(f"録画しています: {names or 'カメラがありません'}")
        Recorder(org, piece_s=given["piece"]).run(
            lambda: stopped.is_set() or time.monotonic() > end
        )
        made = Footage.objects.filter(org=org, created__gte=began, origin__via=LIVE)
        for footage in made:
            examine(str(footage.pk))
        publish()
        rows = made.select_related("camera", "wearer").order_by("created", "number")
        body = {"footage": [as_json(footage) for footage in rows]}
        return Report(body, [f"{len(body['footage'])} 本を録画しました。"])


def _stopper(stopped: Event) -> Any:
    def stop(_: int, __: FrameType | None) -> None:
        stopped.set()

    return stop
