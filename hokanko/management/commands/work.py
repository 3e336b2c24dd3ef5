"""hokanko work: the timetable and put-off work, until it is stopped."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from hokanko.jobs.worker import work
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.schedule import ALARM_JOBS, ALARM_SLOTS, JOBS, LONG_JOBS, PULSES, SLOTS, begin


class Command(Base):
    help = "定時の仕事と後回しの仕事をする"

    def run(self, given: dict[str, Any]) -> Report:
        del given
        stop = threading.Event()

        def stopping(number: int, frame: FrameType | None) -> None:
            del number, frame
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stopping)
        begin()
        threads = [
            threading.Thread(target=work, args=(jobs, slots, (), stop))
            for jobs, slots in ((LONG_JOBS, ()), (ALARM_JOBS, ALARM_SLOTS))
        ]
        for beside in threads:
            beside.start()
        work(JOBS, SLOTS, PULSES, stop)
        for beside in threads:
            beside.join()
        return Report({"stopped": True})
