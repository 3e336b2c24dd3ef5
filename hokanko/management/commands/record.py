"""hokanko record: record the live cameras of an organisation."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from types import FrameType
from typing import Any

from django.conf import settings

from hokanko import clock
from hokanko.cameras.recorded import running
from hokanko.errors import Unavailable
from hokanko.footage.models import Footage
from hokanko.footage.queries import as_json
from hokanko.intake.facts import LIVE
from hokanko.intake.jobs import examine
from hokanko.jobs.queue import put_off
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.people.queries import organisation
from hokanko.recorder.recorder import PIECE_S, Recorder


class Command(Base):
    help = "ネットワークカメラを録画する"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--org", required=True)
        parser.add_argument("--leashed", type=int, metavar="PID", help="親の処理が終われば終わる")
        parser.add_argument("--seconds", type=float, metavar="N", help="N 秒で終わる")
        parser.add_argument(
            "--piece", type=float, default=PIECE_S, metavar="S", help="一本の長さ(秒)"
        )

    def run(self, given: dict[str, Any]) -> Report:
        org, began = organisation(given["org"]), clock.now()
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stopper(stopped))
        end = time.monotonic() + given["seconds"] if given["seconds"] else float("inf")
        parent = given["leashed"]

        def is_over() -> bool:
            gone = parent is not None and os.getppid() != parent
            return stopped.is_set() or gone or time.monotonic() > end

        with _alone(org.pk):
            names = ", ".join(camera.number for camera in running(org))
            self.stderr.write(f"録画しています: {names or 'カメラがありません'}")
            leftovers = _put_off if parent is not None else None
            Recorder(org, piece_s=given["piece"], leftovers=leftovers).run(is_over)
        if parent is not None:
            return Report({"stopped": True})  # the worker beside it looks into what was made
        return _made(org.pk, began)


def _put_off() -> None:
    """Leave it to the worker beside us: sealing anew takes memory that recording never needs."""
    put_off("recorder.recover_reels")


def _made(org: str, began: datetime) -> Report:
    """What was recorded, looked into."""
    made = Footage.objects.filter(org=org, created__gte=began, origin__via=LIVE)
    for footage in made:
        examine(str(footage.pk))
    publish()
    rows = made.select_related("camera", "wearer").order_by("created", "number")
    body = {"footage": [as_json(footage) for footage in rows]}
    return Report(body, [f"{len(body['footage'])} 本を録画しました。"])


@contextmanager
def _alone(org: str) -> Iterator[None]:
    """One recorder for an organisation; what an earlier one leaves behind goes with it."""
    with (settings.HOME.path / f"recorder-{org}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Unavailable(
                f"{org} の録画はもう動いています。",
                f"The recorder of {org} runs already.",
                mend_ja="hokanko serve を止めるか、--no-record で始めてください。",
                mend_en="hokanko serve records; stop it, or begin it with --no-record.",
            ) from held
        yield


def _stopper(stopped: Event) -> Any:
    def stop(_: int, __: FrameType | None) -> None:
        stopped.set()

    return stop
